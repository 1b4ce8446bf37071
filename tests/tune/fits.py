"""Fits all weights on the seeds and some of our own sentences into the folder OUT/weights: run by test_tune.py."""

from __future__ import annotations

import shutil
import sys
from functools import cache
from pathlib import Path

from tune import __main__ as names
from tune import gold, place, time

from taizhang.rules import RuleSet

TOP = Path(__file__).parents[2]
TABLES = ("metrics_parts.toml", "metrics_rates.toml")


def main() -> None:
    out = Path(sys.argv[1])
    weights, own = out / "weights", out / "own"
    for folder in (weights, own):
        folder.mkdir(parents=True)
    for table in TABLES:
        shutil.copy(names.OWN / table, own)
    names.OWN = own
    _share()
    names.put(names.fit([TOP], quick=True), weights)
    place.RULES = weights
    sys.argv = ["place", str(TOP), "--write"]
    place.main()
    time.shipped = lambda name: out
    time.main([str(TOP)])


def _share() -> None:
    """All three fit on what one set of rules read in the seeds, which is what each would read in them again."""
    rules = RuleSet()

    @cache
    def read(folder: Path, ids: frozenset[str] | None) -> list[gold.Read]:
        return list(gold.articles(folder, rules, ids))

    for module in (names, place, time):
        module.RuleSet = lambda: rules
        module.articles = lambda folder, _rules, ids=None: read(folder, ids)


if __name__ == "__main__":
    main()
