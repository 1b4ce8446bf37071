"""Fits ``rules/weights/time.tsv``: ``python -m tune.time FOLDER[::REST/MODULUS]…``, folders as of ``tune.gold``.

With ``::2/3`` the articles whose position in the sorted list of ids is 2 by the modulus 3 are left out. Prints the
share of times that are right on articles that the weights have not seen (five parts, by article), then fits on all and
writes the table. A quantity is told what gold gave the one before it while fitting, and what was chosen for it while
measuring. The cases of the project's own tests are fitted on as well, and not measured: each is a contrast of grammar.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from taizhang.extract.dates.find import find_dates
from taizhang.extract.times.dateline import written
from taizhang.extract.times.last import start
from taizhang.extract.times.resolve import Times
from taizhang.judge import choose, likeliest
from taizhang.judge.choice import SCALE
from taizhang.records import Quantity
from taizhang.rules import RuleSet, shipped
from taizhang.segment.boundaries import Boundaries
from tune.gold import OWN, SEED, Read, articles, is_seed, judged, prose
from tune.model import Case, fit_choice, folds
from tune.table import write

PENALTY = 4.0  # of the squared weights; the best of 1, 2, 3, 4, 6 by cross-validation
LEAST = 8  # options in which a feature must be seen
OURS = (
    0.3  # weight of a quantity of our own articles, whose authors let dates hold farther than real pages do
)
SMALLEST = 0.05  # a weight that is less moves nothing
CASES = Path(__file__).parent.parent / "tests" / "extract" / "cases" / "times.toml"
MARKED = re.compile("⟨(.*?)⟩")
ABOUT = "What speaks for and against each time that is offered to a quantity. Written by make tune."


class TimeText(NamedTuple):
    """One article: what is offered, and for each quantity of gold the times that are right."""

    id: str
    count: int
    times: Times
    right: Mapping[int, frozenset[str]]
    weight: float = 1.0


def text_of(read: Read, rules: RuleSet) -> TimeText:
    """An article as it was read."""
    extraction = read.trace.extraction
    published = written(extraction.layout, rules, extraction.cleaned.document.published)
    quantities = [candidate.quantity for candidate in extraction.candidates]
    right = {}
    for gold, candidate in read.pairs:
        if not judged(read.gold[gold], "time"):
            continue
        also = (read.gold[gold].get("also") or {}).get("time", [])
        right[candidate] = frozenset(reading or "" for reading in (read.gold[gold].get("time"), *also))
    times = Times(extraction.layout, quantities, extraction.dates, rules, published)
    weight = OURS if read.has(OWN) else SEED if is_seed(read) else 1.0
    return TimeText(read.id, len(quantities), times, right, weight)


def chosen(folder: str) -> tuple[Path, set[str] | None]:
    """A folder and the articles of it that are not left out."""
    path, _, part = folder.partition("::")
    if not part:
        return Path(path), None
    rest, modulus = map(int, part.split("/"))
    ids = sorted(entry["id"] for entry in json.loads((Path(path) / "meta.json").read_text("utf-8")))
    return Path(path), {one for place, one in enumerate(ids) if place % modulus != rest}


def own(rules: RuleSet) -> Iterator[TimeText]:
    """The cases of the project's own tests, each a text with its quantities in ⟨ ⟩."""
    for number, case in enumerate(tomllib.loads(CASES.read_text("utf-8"))["case"]):
        quantities = []
        for taken, match in enumerate(MARKED.finditer(case["text"])):
            begin = match.start() - 2 * taken
            end = begin + len(match[1])
            quantities.append(Quantity(start=begin, end=end, quote=match[1], value=Decimal(1)))
        plain = MARKED.sub(r"\1", case["text"])
        layout = Boundaries.of(rules).layout(plain, 0)
        published = case.get("published")
        times = Times(layout, quantities, find_dates(plain, rules, published), rules, published)
        right = {place: frozenset((time,)) for place, time in enumerate(case["times"])}
        yield TimeText(f"own/{number}", len(quantities), times, right)


def cases(text: TimeText) -> Iterator[Case]:
    """The choices of an article, each told what gold says of the quantity before."""
    last = start()
    for index in range(text.count):
        options = text.times.options(index, last)
        right = text.right.get(index)
        if right is not None:
            features = tuple(option.features for option in options)
            rights = tuple(option.value in right for option in options)
            yield Case(features, rights, text.id, text.weight)
        last = text.times.after(last, index, min(right) if right else last.value)


def hits(text: TimeText, table: Mapping[str, int]) -> int:
    """How many of an article's times are right by a table of weights in thousandths."""
    last, count = start(), 0
    for index in range(text.count):
        value = likeliest(choose(text.times.options(index, last), table)).winner.value
        count += value in text.right.get(index, ())
        last = text.times.after(last, index, value)
    return count


def crossed(
    texts: Sequence[TimeText], taught: Sequence[Case], ours: Sequence[Case]
) -> dict[str, tuple[int, int]]:
    """For each set of articles how many times are right and how many there are, each article by weights without it."""
    found: dict[str, tuple[int, int]] = {}
    for held in folds(taught):
        fitted = fit_choice([*(c for c in taught if c.article not in held), *ours], PENALTY, LEAST)
        table = {feature: round(weight * SCALE) for feature, weight in fitted.items()}
        for text in texts:
            if text.id in held:
                name = text.id.split("/")[0]
                right, total = found.get(name, (0, 0))
                found[name] = (right + hits(text, table), total + len(text.right))
    return found


def main(folders: Sequence[str]) -> None:
    """Measure, fit on all and write."""
    rules = RuleSet()
    texts = [
        text_of(prose(read), rules)
        for folder in folders
        for read in articles(chosen(folder)[0], rules, chosen(folder)[1])
    ]
    taught = [case for text in texts for case in cases(text)]
    ours = [case for text in own(rules) for case in cases(text)]
    found = crossed(texts, taught, ours)
    right, total = (sum(counts) for counts in zip(*found.values(), strict=True))
    shares = "  ".join(f"{name} {hit / count:.3f}" for name, (hit, count) in found.items())
    print(f"time, cross-validated by article: {right / total:.3f}  ({shares})")
    weights = {feature: (weight,) for feature, weight in fit_choice([*taught, *ours], PENALTY, LEAST).items()}
    path = shipped("rules") / "weights" / "time.tsv"
    print(f"{path.name}: {write(path, ('time',), weights, ABOUT, SMALLEST)} features")


if __name__ == "__main__":
    main(sys.argv[1:])
