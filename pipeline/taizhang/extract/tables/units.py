"""Tables: units as heads, captions and unit columns write them, with the multiplier that they bring."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from taizhang.extract.numbers import find_quantities
from taizhang.extract.tables.shapes import REMEMBERED, TableWords, squeezed
from taizhang.records import Kind
from taizhang.rules import RuleSet, once

SYMBOL = re.compile(r"(?=.*(?:[a-zμµ]|[²³/]))[A-Za-zμµΩ℃°²³·/]{1,10}[0-9]?")


class ScaledUnit(NamedTuple):
    """A unit without its multiplier, and the multiplier."""

    unit: str
    factor: Decimal
    kind: Kind
    rule: str


class UnitReader:
    """Reads units by the rules for numbers: 万元 is what 1万元 is."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules, self._words = rules, TableWords.of(rules)
        self.read = lru_cache(maxsize=4096)(self._read)
        self._counted = lru_cache(maxsize=REMEMBERED)(self._of_name)

    @staticmethod
    @once
    def of(rules: RuleSet) -> UnitReader:
        """The reader of a rule set."""
        return UnitReader(rules)

    def _read(self, text: str) -> ScaledUnit | None:
        """What ``text`` is as a unit; None where it is none that the rules know."""
        text = squeezed(text).strip("±+-")
        if not text or len(text) > 12 or any(c.isdecimal() for c in text):
            return None
        written = "1" + text
        found = find_quantities(written, self._rules)
        if len(found) != 1 or found[0].quote != written or not found[0].unit:
            return None
        q = found[0]
        return ScaledUnit(q.unit, q.value, q.kind, q.rules["unit"])

    @property
    def per_cent(self) -> ScaledUnit:
        """Of shares and growth."""
        return ScaledUnit("%", Decimal(1), "ratio", "table.unit.ratio")

    @property
    def none(self) -> ScaledUnit:
        """No unit."""
        return ScaledUnit("", Decimal(1), "count", "unit.none")

    def counted(self, name: str) -> ScaledUnit | None:
        """The unit that a name ends in: 户数, 参训人次."""
        return self._counted(name)

    def told(self, name: str) -> ScaledUnit | None:
        """The one unit in which what a name ends in is told: 得分."""
        plain = squeezed(name)
        named = next((unit for end, unit in self._words.named.items() if plain.endswith(end)), "")
        return self.read(named) if named else None

    def _of_name(self, name: str) -> ScaledUnit | None:
        plain = squeezed(name)
        told = self.told(name)
        if told:
            return told
        for size in (2, 1):
            body = plain.removesuffix(self._words.number)
            unit = body[-size:]
            if body != plain and unit in self._words.counted:
                return self.read(unit)
        ends = next((u for u in self._words.counted if len(u) > 1 and plain.endswith(u)), "")
        return self.read(ends) if ends else None

    def kinds(self, name: str) -> tuple[str, ...]:
        """The kinds of unit that what a name ends in is told in, by the rules; the surest first."""
        return self._words.told_in(name)

    def said(self, text: str) -> ScaledUnit:
        """What is said to be a unit is one, whether or not the rules know it: 万标准箱."""
        known = self.read(text)
        if known:
            return known
        text = squeezed(text)
        for scale, factor in self._words.scales:
            if text.startswith(scale) and len(text) > len(scale):
                return ScaledUnit(text[len(scale) :], factor, "count", "table.unit-said")
        return ScaledUnit(text, Decimal(1), "rate" if "/" in text else "count", "table.unit-said")

    def scale(self, text: str) -> ScaledUnit | None:
        """A multiplier without a unit, as some heads have: 人口（万）."""
        factor = dict(self._words.scales).get(squeezed(text))
        return ScaledUnit("", factor, "count", "table.unit.scale") if factor else None

    def scaled(self, multiplier: ScaledUnit, name: str) -> ScaledUnit:
        """A multiplier without a unit, with the unit that what it is of is counted in."""
        ends = next((unit for end, unit in self._words.alone.items() if squeezed(name).endswith(end)), "")
        unit = self.counted(name) or (self.read(ends) if ends else None)
        return unit._replace(factor=multiplier.factor) if unit else multiplier

    def symbol(self, text: str) -> ScaledUnit | None:
        """A unit in signs that the rules do not know: μg/m³, hm²; none of capitals alone, which name things: GDP."""
        return self.said(text) if SYMBOL.fullmatch(squeezed(text)) else None
