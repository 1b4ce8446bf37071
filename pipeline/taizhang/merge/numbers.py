"""The merge room's numbers: a value in its base unit, how much it says, and from where to where it may lie."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from taizhang.merge.shapes import UnitClass
from taizhang.records import Bound, Kind


class Amount(NamedTuple):
    """A value and its unit as merging compares them.

    Attributes:
        value: the digits in the base unit, without zeros that say nothing; a range has both ends.
        unit: the base unit; empty where the article names none.
        digits: significant digits, those before the zeros at the end.
        low, high: the interval that the number may lie in, both ends included; equal where the article says
            the number itself.
        leads: how the ends begin, see ``leads``, as one text.
    """

    value: str
    unit: str
    digits: int
    low: float
    high: float
    leads: str


class UnitClasses:
    """The classes of units that ``rules/merge.toml`` lists."""

    def __init__(self, classes: tuple[UnitClass, ...]) -> None:
        self._by_form = {(form, entry.kind): entry for entry in classes for form in entry.forms}

    def of(self, unit: str, kind: Kind) -> tuple[str, Decimal]:
        """The base unit of ``unit`` and the factor to it; the unit itself where no class lists it."""
        entry = self._by_form.get((unit, kind)) or self._by_form.get((unit, None))
        return (entry.base, entry.factor) if entry else (unit, Decimal(1))


def significant(value: Decimal) -> int:
    """How many digits of a number say something.

    >>> significant(Decimal("18013")), significant(Decimal("400")), significant(Decimal("0.50"))
    (5, 1, 1)
    """
    return len(value.normalize().as_tuple().digits)


def plain(value: Decimal) -> str:
    """The number without an exponent and without zeros that say nothing.

    >>> plain(Decimal("2.190E+8")), plain(Decimal("0.50"))
    ('219000000', '0.5')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def leads(low: Decimal, high: Decimal) -> list[str]:
    """First digit and magnitude of both ends: numbers between two ends that are close begin like one of them.

    >>> leads(Decimal(600), Decimal(700)), leads(Decimal(614), Decimal(614))
    (['6e2', '7e2'], ['6e2'])
    """
    ends = {end: None for end in (low, high)}
    return list(dict.fromkeys(f"{end.normalize().as_tuple().digits[0]}e{end.adjusted()}" for end in ends))


def interval(value: Decimal, bound: Bound, rounded: bool, share: Decimal) -> tuple[Decimal, Decimal]:
    """From where to where a number may lie that is said to be about, over or under ``value``, or is rounded.

    It leads as far as one in the last digit that is written, and no farther than ``share`` of the value: 600余 is
    at most 700, and 1000余 is at most 1200.

    >>> [int(end) for end in interval(Decimal(600), "over", False, Decimal("0.2"))]
    [600, 700]
    >>> [int(end) for end in interval(Decimal(16000), "under", False, Decimal("0.2"))]
    [15000, 16000]
    """
    if bound in {"exact", "range"} and not rounded:
        return value, value
    step = min(Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)), abs(value) * share)
    if bound == "over":
        return value, value + step
    if bound == "under":
        return value - step, value
    return value - step / 2, value + step / 2
