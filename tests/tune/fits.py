"""Fits all weights on the seeds and some of our own sentences into the folder OUT/weights: run by test_tune.py."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tune import __main__ as names
from tune import place, time

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
    names.put(names.fit([TOP], quick=True), weights)
    place.RULES = weights
    sys.argv = ["place", str(TOP), "--write"]
    place.main()
    time.shipped = lambda name: out
    time.main([str(TOP)])


if __name__ == "__main__":
    main()
