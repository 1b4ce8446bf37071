"""Tables: which figure is a part of which: rows and columns that are sums, and those that begin with 其中."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from taizhang.extract.places.gazetteer import within
from taizhang.extract.tables.facts import Side
from taizhang.records import Quantity

ROWS, COLUMNS, AMONG = "part.table-rows", "part.table-columns", "part.table-among"
SUMMED = (ROWS, COLUMNS)
UNSUMMED = frozenset({"ratio", "rate", "score", "duration"})


class PartFigure(NamedTuple):
    """A figure on its way: its number among the candidates, where it stands, its value with what one unit of its
    last digit is worth, and what its row (or column) says; ``code``: its row's in a classification, 10101."""

    number: int
    order: int
    value: Decimal
    step: Decimal
    unit: str
    kind: str
    side: Side
    indent: int = 0
    group: int = -1
    code: str = ""


Found = dict[int, tuple[int, str]]


def linked(lines: Iterable[Sequence[PartFigure]], rule: str) -> Found:
    """The total of each part, by number, with the rule.

    ``lines``: figures of one column down its rows (``rule``: ``ROWS``), or of one row along its columns; of these the
    others are parts of a total only where they add up to it.
    """
    found: Found = {}
    for line in lines:
        entries = [e for e in line if e.kind not in UNSUMMED]
        if len(entries) < 2:
            continue
        _among(entries, found)
        _coded(entries, found)
        _places(entries, found)
        _totals(entries, found, rule)
    return found


def _among(entries: Sequence[PartFigure], found: Found) -> None:
    """What begins with 其中 is a part of what stands before; so is what follows it and is moved in as far."""
    parent: PartFigure | None = None
    depth: int | None = None
    for entry in entries:
        if entry.side.among and parent and parent.unit == entry.unit:
            found[entry.number] = (parent.number, AMONG)
            depth = entry.indent or None
        elif (
            depth and parent and entry.indent >= depth and parent.unit == entry.unit and parent.indent < depth
        ):
            found[entry.number] = (parent.number, AMONG)
        else:
            parent, depth = entry, None


def _coded(entries: Sequence[PartFigure], found: Found) -> None:
    """What has a longer code than a row above, and begins with it, is a part of that: 10101 of 101."""
    open_: list[PartFigure] = []
    for entry in entries:
        if not entry.code:
            continue
        while open_ and not (entry.code.startswith(open_[-1].code) and entry.code != open_[-1].code):
            open_.pop()
        if open_ and entry.number not in found and open_[-1].unit == entry.unit:
            found[entry.number] = (open_[-1].number, AMONG)
        open_.append(entry)


def _places(entries: Sequence[PartFigure], found: Found) -> None:
    """A county below its city is a part of it, where a table has both."""
    open_: list[PartFigure] = []
    for entry in entries:
        code = entry.side.spot.code
        if not code or entry.side.total:
            continue
        while open_ and not (within(code, open_[-1].side.spot.code) and _below(entry, open_[-1])):
            open_.pop()
        if open_ and entry.number not in found and open_[-1].unit == entry.unit and _same(entry, open_[-1]):
            found[entry.number] = (open_[-1].number, AMONG)
        open_.append(entry)


def _below(inner: PartFigure, outer: PartFigure) -> bool:
    a, b = inner.side.spot, outer.side.spot
    return a.code != b.code or (bool(a.township) and not b.township)


def _same(a: PartFigure, b: PartFigure) -> bool:
    return (a.side.words, a.side.time) == (b.side.words, b.side.time)


def _totals(entries: Sequence[PartFigure], found: Found, rule: str) -> None:
    totals = [e for e in entries if e.side.total and e.number not in found]
    for total in totals:
        rest = [
            e for e in entries
            if e.number != total.number and e.number not in found and not e.side.total and e.unit == total.unit
            and (total.group < 0 or e.group == total.group)
        ]  # fmt: skip
        if len(totals) > 1 and total.group < 0:
            rest = _section(rest, total, totals)
        chosen = _adding_up(rest, total)
        if chosen is None and rule == ROWS:
            chosen = rest
        for e in chosen or ():
            found[e.number] = (total.number, rule)
    grand = [t for t in totals if t.number not in found]
    if len(grand) > 1:
        for total in grand:
            others = [t for t in grand if t is not total]
            chosen = _adding_up(others, total)
            if chosen and len(chosen) > 1:
                for e in chosen:
                    found[e.number] = (total.number, rule)
                return


def _section(rest: Sequence[PartFigure], total: PartFigure, totals: Sequence[PartFigure]) -> list[PartFigure]:
    """Of the figures between a total and the next one those that can be its own: before it, or else after."""
    orders = sorted(t.order for t in totals)
    before = max((o for o in orders if o < total.order), default=-1)
    after = min((o for o in orders if o > total.order), default=None)
    left = [e for e in rest if before < e.order < total.order]
    right = [e for e in rest if e.order > total.order and (after is None or e.order < after)]
    for choice in (left, right, list(rest)):
        if choice and _adding_up(choice, total) is not None:
            return choice
    return left or right


def _adding_up(rest: Sequence[PartFigure], total: PartFigure) -> list[PartFigure] | None:
    """All of ``rest``, or those that are moved in least or numbered highest, if they add up to a total."""
    least = min((e.indent for e in rest), default=0)
    level = min((e.side.level for e in rest if e.side.level), default=0)
    tries: list[Callable[[PartFigure], bool]] = [lambda e: True, lambda e: e.indent == least]
    if level:
        tries.append(lambda e: e.side.level == level)
    for fits in tries:
        chosen = [e for e in rest if fits(e)]
        if len(chosen) > 1 and adds_up(
            [e.value for e in chosen], total.value, max(e.step for e in [*chosen, total])
        ):
            return chosen
    return None


def adds_up(parts: Sequence[Decimal], total: Decimal, step: Decimal) -> bool:
    """Whether parts add up to a total, each rounded to ``step``; whole ones must do so exactly.

    >>> adds_up([Decimal(3), Decimal(4)], Decimal(7), Decimal(1)), adds_up([Decimal(3)], Decimal(4), Decimal(1))
    (True, False)
    """
    room = Decimal(0) if step == 1 else step * (len(parts) + 1) / 2
    return abs(sum(parts) - total) <= room


def step(quantity: Quantity) -> Decimal:
    """What one unit of the last digit of a quantity is worth, as it is written: 0.1万元 is 1000.

    >>> step(Quantity(start=0, end=3, quote="1.5", value=Decimal(15000)))
    Decimal('1000')
    """
    digits = "".join(c for c in quantity.quote if c.isdigit() or c == ".").strip(".")
    if not digits or not quantity.value:
        return Decimal(1)
    try:
        written = Decimal(digits)
    except InvalidOperation:
        return Decimal(1)
    last = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    return last * abs(quantity.value) / written if written else Decimal(1)
