"""Numbers: one quantity in several pieces: 2小时30分, 3元5角, 1米8, 三岁半."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from taizhang.extract.numbers.forms import run_at
from taizhang.extract.numbers.grammar import turn
from taizhang.extract.numbers.lexicon import NumberLexicon
from taizhang.extract.numbers.measure import Measure
from taizhang.extract.numbers.numeral import positional, tidy, writing
from taizhang.extract.numbers.shapes import UnitDivision
from taizhang.rules import RuleSet

_HALF = Decimal("0.5")


class SmallerPart(NamedTuple):
    """What follows a unit: so many of the smaller ``form``, of which ``parts`` make one of the larger."""

    value: Decimal
    parts: Decimal
    form: str
    end: int


def read_joined(found: Measure, rules: RuleSet, words: NumberLexicon) -> None:
    """Add the pieces that follow the unit: in the larger unit where it is divided by tens, else in the smaller."""
    if found.match is None or "inside" in found.bounds or found.value_max is not None:
        return
    half = turn("joined.half", rules).match(found.text, found.end) if found.match.entry.halves else None
    if half is not None:
        found.value, found.end = found.value + _HALF * found.match.entry.factor, half.end()
        return
    last, worth = found.match.form, found.match.entry.factor
    while (step := _piece(found, words.divisions.get(last, ()), rules, words)) is not None:
        division, piece = step
        if division.unit:
            found.value, found.unit = found.value * piece.parts + piece.value, division.unit
            found.kind, found.unit_rule, found.kind_rule = division.kind, division.id, division.id
        else:
            worth /= piece.parts
            found.value = tidy(found.value + piece.value * worth)
        found.end, found.rule, last = piece.end, division.id, piece.form


def _piece(
    found: Measure, divisions: tuple[UnitDivision, ...], rules: RuleSet, words: NumberLexicon
) -> tuple[UnitDivision, SmallerPart] | None:
    """The next piece, with the division that it is of."""
    for division in divisions:
        piece = _smaller(found, division, rules) or _tail(found, division, rules, words)
        if piece is not None:
            return division, piece
    return None


def _smaller(found: Measure, division: UnitDivision, rules: RuleSet) -> SmallerPart | None:
    joint = turn("joined.and", rules).match(found.text, found.end)
    other = run_at(found.text, joint.end() if joint else found.end, rules)
    if other is None or other.value is None or other.rule != "form.plain":
        return None
    for form, parts in division.into.items():
        if found.text.startswith(form, other.end) and other.value < parts:
            return SmallerPart(other.value, parts, form, other.end + len(form))
    return None


def _tail(found: Measure, division: UnitDivision, rules: RuleSet, words: NumberLexicon) -> SmallerPart | None:
    """1米8: figures after the unit are its decimals, if no unit follows them."""
    match = turn("joined.tail", rules).match(found.text, found.end) if division.tail else None
    if match is None or words.unit_at(found.text, match.end()) is not None:
        return None
    figures = positional(match[0], writing(rules))
    return SmallerPart(Decimal(int(figures)), Decimal(10 ** len(figures)), "", match.end())
