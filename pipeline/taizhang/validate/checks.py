"""Validate: warnings that a record carries: what does not fit together in it or between it and its neighbours.

A warning never changes a value. ``CHECKS`` says what each one means.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from taizhang.article import Cleaned
from taizhang.extract.answers import Answers
from taizhang.extract.candidates import Candidate
from taizhang.extract.metrics.name_rules import CHANGED, SHARED
from taizhang.extract.tables.parts import SUMMED, adds_up, step
from taizhang.records import Quantity
from taizhang.rules import RuleSet

CHECKS = {
    "no-metric": "nothing in the text names what is counted",
    "no-place": "no administrative place was found",
    "open-place": "the name fits several places and nothing decides between them",
    "over-100": "a share above 100 % that is no growth",
    "part-over-total": "a part is more than its total",
    "parts-over-total": "the parts of a total add up to more than it",
    "sum-mismatch": "the rows or columns of a table do not add up to their total",
    "solved-over-found": "more was solved than found, of the same thing in the same sentence",
    "rate-mismatch": "the rate that the text gives is not the share of what was solved in what was found",
    "two-values": "the same metric at the same place and time has two values in the article",
    "magnitude": "the number is too large for what it counts",
    "near-rival": "another metric or phase is nearly as likely; `taizhang explain` shows it",
    "repair-nearby": "cleaning repaired the text beside the number",
}

NEAR = 10  # characters within which a repair makes a number worth a look
UNSURE = 0.5  # a phase that is less probable than this has a rival that is near
LARGEST = {"count": Decimal("1e11"), "money": Decimal("1e15"), "duration": Decimal("1e5")}


def checks(candidates: Sequence[Candidate], cleaned: Cleaned, rules: RuleSet) -> dict[int, tuple[str, ...]]:
    """The warnings of each candidate that has any, by its number, in the order of ``CHECKS``."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    every = (_in_turn(candidates, cleaned), _sums(candidates), _rates(candidates, rules))
    for number, name in chain(*every):
        found[number].add(name)
    alike: dict[tuple[str, ...], tuple[str, ...]] = {}
    told = {n: tuple(name for name in CHECKS if name in names) for n, names in found.items()}
    return {number: alike.setdefault(names, names) for number, names in told.items()}


def _in_turn(candidates: Sequence[Candidate], cleaned: Cleaned) -> Iterator[tuple[int, str]]:
    """What one pass tells: of each by itself, with the one before it, and with all before it."""
    values: dict[tuple[str, ...], Decimal] = {}
    before: Candidate | None = None
    for number, candidate in enumerate(candidates):
        yield from ((number, name) for name in _own(candidate, cleaned))
        if before and _solved_over_found(before, candidate):
            yield number, "solved-over-found"
        if _has_another_value(candidate, values):
            yield number, "two-values"
        before = candidate


def _own(candidate: Candidate, cleaned: Cleaned) -> Iterator[str]:
    quantity = candidate.quantity
    if not candidate.metric.name:
        yield "no-metric"
    if not candidate.place.code:
        yield "open-place" if candidate.place.candidates else "no-place"
    grows = candidate.rules["metric"] in CHANGED or candidate.phase == "target"
    if quantity.unit == "%" and quantity.value > 100 and not candidate.metric.action and not grows:
        yield "over-100"
    if any(choice.sure < UNSURE for name, choice in candidate.choices.items() if name != "time"):
        yield "near-rival"
    if quantity.value > LARGEST.get(quantity.kind, quantity.value):
        yield "magnitude"
    # The spans are in order and apart, so only the last that begins near enough counts.
    index = bisect_left(cleaned.uncertain, (quantity.end + NEAR,))
    if index and quantity.start < cleaned.uncertain[index - 1][1] + NEAR:
        yield "repair-nearby"


def _sums(candidates: Sequence[Candidate]) -> Iterator[tuple[int, str]]:
    """Parts against their totals: one by one, and added up."""
    parts: dict[int, list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        if candidate.part_of is not None:
            parts[candidate.part_of].append(number)
    for total, members in parts.items():
        whole = candidates[total].quantity
        if whole.bound in {"over", "range", "about"}:
            continue
        summed: dict[str, list[Quantity]] = defaultdict(list)
        for number in members:
            part = candidates[number]
            if part.quantity.value > whole.value >= 0:
                yield number, "part-over-total"
            summed[part.rules["part_of"]].append(part.quantity)
        if not _adds_up(whole, summed):
            yield total, "sum-mismatch"
        if sum(quantity.value for quantity in summed["part.among"]) > whole.value:
            yield total, "parts-over-total"


def _adds_up(whole: Quantity, parts: dict[str, list[Quantity]]) -> bool:
    """Whether the parts that a table's total is the sum of add up to it, each rounded as it is written."""
    for rule in SUMMED:
        summed = parts[rule]
        room = max(step(q) for q in [whole, *summed])
        if summed and not adds_up([q.value for q in summed], whole.value, room):
            return False
    return True


def _solved_over_found(found: Candidate, solved: Candidate) -> bool:
    """Whether a solved figure that follows a found one of the same object and unit at the same place is more."""
    same = (found.quantity.unit, found.metric.object, found.place.code) == (
        solved.quantity.unit,
        solved.metric.object,
        solved.place.code,
    )
    phases = (found.phase, solved.phase) == ("problem", "result") and found.quantity.bound == "exact"
    return same and phases and found.metric.object != "" and solved.quantity.value > found.quantity.value


def _rates(candidates: Sequence[Candidate], rules: RuleSet) -> Iterator[tuple[int, str]]:
    """A rate of what was solved against the two numbers that it is made of; a rounded rate may be cut off, too."""
    for number, solved in Answers.of(rules).rates(candidates):
        answered = candidates[solved].answers
        quantities = [candidates[n].quantity for n in (number, solved, answered) if n is not None]
        rate, part, whole = quantities
        if any(quantity.bound != "exact" for quantity in quantities) or not whole.value:
            continue
        share = Fraction(part.value) / Fraction(whole.value) * 100
        step = Fraction(10) ** min(int(rate.value.as_tuple().exponent), 0)
        if abs(share - Fraction(rate.value)) >= step:
            yield from ((number, "rate-mismatch"), (solved, "rate-mismatch"))


def _has_another_value(c: Candidate, seen: dict[tuple[str, ...], Decimal]) -> bool:
    """One metric, place, unit, phase and time with two values: one of them may be misread."""
    own = not c.row and c.rules["metric"] not in SHARED  # 分别节水9吨和8吨 are no two values
    if not own or not c.metric.name:
        return False
    key = (c.metric.name, c.place.name, c.quantity.unit, c.phase, c.time)
    return seen.setdefault(key, c.quantity.value) != c.quantity.value
