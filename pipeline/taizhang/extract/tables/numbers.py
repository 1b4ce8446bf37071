"""Tables: the figures in one cell, with what the cell itself says of unit and bound."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from taizhang.extract.candidates import Exclusion
from taizhang.extract.dates.find import find_dates
from taizhang.extract.numbers import find_numbers, find_quantities
from taizhang.extract.numbers.seen import numerals
from taizhang.extract.tables.kinds import BRACKETED, PLAIN
from taizhang.extract.tables.shapes import REMEMBERED
from taizhang.records import Bound, Kind
from taizhang.rules import RuleSet

MINUS = frozenset("-−－–↓▼↘")
ONE = re.compile(r"[0-9][0-9,，.]*+")
SIDE_BY_SIDE = re.compile(
    r"(?:[^\s0-9|]?+[0-9][0-9,，.]*+[%％‰]?+[\s|]++)++[^\s0-9|]?+[0-9][0-9,，.]*+[%％‰]?+"
)
UNNAMED = frozenset({"name.bare-digits", "idiom.no-measure"})  # what no rule could say anything of
PERCENT = {"%": "%", "％": "%", "‰": "‰"}


class Figure(NamedTuple):
    """One figure of a cell, half-open in the cell's text. ``kind`` is empty where the cell names no unit."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    kind: Kind | None
    bound: Bound
    rules: dict[str, str]


class CellNumbers(NamedTuple):
    """What a cell's text holds: figures, and numbers that are none, with reasons."""

    figures: tuple[Figure, ...]
    others: tuple[Exclusion, ...] = ()


def plain(text: str) -> Figure | None:
    """A cell that is one number and nothing else: 1,234.5, -3.2%, (12).

    >>> plain("1,234.5").value, plain("－3.2%").unit, plain("约5")
    (Decimal('1234.5'), '%', None)
    """
    m = PLAIN.fullmatch(text)
    loss = None if m else BRACKETED.fullmatch(text)
    found = m or loss
    if found is None:
        return None
    digits = found["digits"]
    value = Decimal(digits.replace(",", "").replace("，", "").replace(" ", "").replace("．", "."))
    if loss or (m and not MINUS.isdisjoint((m["sign"], m["arrow"]))):
        value = -value
    percent = m["percent"] if m else None
    start = len(text) - len(text.lstrip())
    unit, kind = (PERCENT[percent], "ratio") if percent else ("", None)
    rules = {"value": "table.plain", "unit": "table.cell" if unit else "", "bound": "bound.exact"}
    return Figure(start, len(text.rstrip()), value, None, unit, kind, "exact", rules)  # type: ignore[arg-type]


class Figures:
    """Reads the cells of one article; equal texts once."""

    def __init__(self, rules: RuleSet, published: str | None) -> None:
        self._rules, self._published = rules, published
        self.read = lru_cache(maxsize=REMEMBERED)(self._read)
        self.label = lru_cache(maxsize=REMEMBERED)(self._label)

    def _read(self, text: str) -> CellNumbers:
        """The figures of a cell in a column of figures."""
        single = plain(text)
        if single:
            return CellNumbers((single,))
        if SIDE_BY_SIDE.fullmatch(text):
            several = (Exclusion(*m.span(), "table", "table.cell.several") for m in ONE.finditer(text))
            return CellNumbers((), tuple(several))
        dates = find_dates(text, self._rules, self._published)
        counted, others = find_numbers(text, self._rules, dates)
        bare = [e for e in others if e.reason in ("name", "idiom") and _digits(text, e)]
        more = {(q.start, q.end): q for q in find_quantities(text, self._rules, dates)}
        taken = [(q.start, q.end) for q in counted]
        for e in bare:
            found = next((q for (a, b), q in more.items() if a < e.end and e.start < b), None)
            if found and not any(a < found.end and found.start < b for a, b in taken):
                counted.append(found)
                taken.append((found.start, found.end))
        figures = [
            Figure(
                q.start,
                q.end,
                q.value,
                q.value_max,
                q.unit,
                q.kind if q.unit else None,
                q.bound,
                dict(q.rules),
            )
            for q in counted
        ]
        for e in bare:
            if not any(a < e.end and e.start < b for a, b in taken):
                alone = plain(text[e.start : e.end])
                if alone:
                    figures.append(alone._replace(start=e.start, end=e.end))
                    taken.append((e.start, e.end))
        rest = tuple(e for e in others if not any(a < e.end and e.start < b for a, b in taken))
        return CellNumbers(tuple(sorted(figures, key=lambda f: f.start)), rest)

    def _label(self, text: str) -> tuple[Exclusion, ...]:
        """The numbers of a cell that names something, each with its reason; one that counts has ``table``."""
        if not numerals(text, self._rules):
            return ()
        dates = find_dates(text, self._rules, self._published)
        counted, others = find_numbers(text, self._rules, dates)
        made = [Exclusion(q.start, q.end, "table", "table.label") for q in counted]
        made += [e._replace(reason="table", rule="table.label") if e.rule in UNNAMED else e for e in others]
        return tuple(sorted(made))


def _digits(text: str, exclusion: Exclusion) -> bool:
    return any(c.isdigit() for c in text[exclusion.start : exclusion.end])
