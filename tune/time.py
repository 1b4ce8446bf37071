"""Fits ``rules/weights/time.tsv``: ``python -m tune.time FOLDER…``, folders in the form of ``tune.gold``.

Prints the share of times that are right on articles that the weights have not seen (five parts, by article), then fits
on all and writes the table. A quantity is told what gold gave the one before it while fitting, and what was chosen for
it while measuring.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from taizhang.extract.times import START, Times
from taizhang.extract.times_dateline import written
from taizhang.judge import choose
from taizhang.rules import RuleSet, shipped
from tune.gold import Read, articles
from tune.model import Case, fit_choice, folds

PENALTY = 3.0  # of the squared weights; the best of 1, 2, 3, 4, 8 by cross-validation
LEAST = 8  # options in which a feature must be seen
SMALLEST = 0.05  # a weight that is less moves nothing
HEAD = """\
# What speaks for and against each time that is offered to a quantity (extract/times_features.py); written by
# `make tune` (tune/time.py). The sum of an option's weights is its score, the highest wins.
"""


class Text(NamedTuple):
    """One article: what is offered, and for each quantity of gold the times that are right."""

    id: str
    count: int
    times: Times
    right: Mapping[int, frozenset[str]]


def text_of(read: Read, rules: RuleSet) -> Text:
    """An article as it was read."""
    extraction = read.trace.extraction
    published = written(extraction.layout, rules, extraction.cleaned.document.published)
    quantities = [candidate.quantity for candidate in extraction.candidates]
    right = {}
    for gold, candidate in read.pairs:
        also = (read.gold[gold].get("also") or {}).get("time", [])
        right[candidate] = frozenset(reading or "" for reading in (read.gold[gold].get("time"), *also))
    times = Times(extraction.layout, quantities, extraction.dates, rules, published)
    return Text(read.id, len(quantities), times, right)


def cases(text: Text) -> Iterator[Case]:
    """The choices of an article, each told what gold says of the quantity before."""
    last = START
    for index in range(text.count):
        options = text.times.options(index, last)
        right = text.right.get(index)
        if right is not None:
            features = tuple(option.features for option in options)
            yield Case(features, tuple(option.value in right for option in options), text.id)
        last = text.times.after(index, min(right) if right else last.value)


def hits(text: Text, table: Mapping[str, float]) -> int:
    """How many of an article's times are right by a table of weights."""
    last, count = START, 0
    for index in range(text.count):
        value = choose(text.times.options(index, last), table).winner.value
        count += value in text.right.get(index, ())
        last = text.times.after(index, value)
    return count


def crossed(texts: Sequence[Text], all_cases: Sequence[Case]) -> dict[str, tuple[int, int]]:
    """For each set of articles how many times are right and how many there are, each article by weights without it."""
    found: dict[str, tuple[int, int]] = {}
    for held in folds(all_cases):
        table = fit_choice([c for c in all_cases if c.article not in held], PENALTY, LEAST)
        for text in texts:
            if text.id in held:
                name = text.id.split("/")[0]
                right, total = found.get(name, (0, 0))
                found[name] = (right + hits(text, table), total + len(text.right))
    return found


def rounded(table: Mapping[str, float]) -> dict[str, float]:
    """The weights that count, to two decimals, in the order of their features."""
    return {f: round(w, 2) for f, w in sorted(table.items()) if abs(w) >= SMALLEST}


def main(folders: Sequence[str]) -> None:
    """Measure, fit on all and write."""
    rules = RuleSet()
    texts = [text_of(read, rules) for folder in folders for read in articles(Path(folder), rules)]
    all_cases = [case for text in texts for case in cases(text)]
    found = crossed(texts, all_cases)
    for name, (right, total) in [*found.items(), ("all", tuple(map(sum, zip(*found.values(), strict=True))))]:
        print(f"time, by articles not seen: {name} {right} of {total}, {right / total:.4f}")
    table = rounded(fit_choice(all_cases, PENALTY, LEAST))
    lines = "".join(f"{feature}\t{weight:g}\n" for feature, weight in table.items())
    path = shipped("rules") / "weights" / "time.tsv"
    path.write_text(f"{HEAD}feature\ttime\n{lines}", encoding="utf-8")
    print(f"{len(table)} weights, {path}")


if __name__ == "__main__":
    main(sys.argv[1:])
