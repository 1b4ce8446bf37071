"""Numbers: a quantity while it is being read: its numeral, the bound word and multiplier after it, its unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from taizhang.extract.numbers.fold import folding
from taizhang.extract.numbers.lexicon import NumberLexicon, UnitMatch, lexicon
from taizhang.extract.numbers.numeral import Writing, tidy
from taizhang.records import Bound, Kind, Quantity
from taizhang.rules import RuleSet

_TENTHS = Decimal(10)
_FEN = "unit.fen"
_WRITTEN = 2  # characters of a Chinese numeral that a blank may part from its unit


@dataclass(slots=True)
class Measure:
    """A quantity while it is being read, from its numeral outwards."""

    text: str
    start: int
    end: int
    value: Decimal
    value_max: Decimal | None = None
    unit: str = ""
    kind: Kind = "count"
    match: UnitMatch | None = None
    digits: bool = False
    rule: str = ""
    bounds: dict[str, tuple[Bound, str]] = field(default_factory=dict)
    unit_rule: str = "unit.none"
    kind_rule: str = "unit.none"
    base: str = ""

    def quantity(self) -> Quantity:
        """The finished record of it."""
        bound, bound_rule = self._bound()
        return Quantity.known(
            start=self.start,
            end=self.end,
            quote=self.text[self.start : self.end],
            value=self.value,
            value_max=self.value_max,
            unit=self.unit,
            bound=bound,
            kind=self.kind,
            rules={"value": self.rule, "unit": self.unit_rule, "bound": bound_rule, "kind": self.kind_rule},
        )

    def _bound(self) -> tuple[Bound, str]:
        if self.value_max is not None:
            return "range", "bound.range"
        for place in ("before", "after", "inside", "form"):
            if place in self.bounds:
                return self.bounds[place]
        return "exact", "bound.exact"


def read_inside(found: Measure, words: NumberLexicon, signs: Writing) -> None:
    """多 and 余 after the numeral, and a multiplier after them: 400余万元."""
    text = found.text
    for form, entry in words.inside:
        if text[found.end - 1] in entry.not_after or not text.startswith(form, found.end):
            continue
        begins_word = text[found.end + len(form) : found.end + len(form) + 1] in (*entry.not_before,)
        if not (begins_word or words.unit_at(text, found.end)):  # M2|余额
            found.bounds["inside"] = (entry.bound, entry.id)
            found.end += len(form)
            break
    else:
        return
    scale, at = Decimal(1), found.end
    while at < len(text) and text[at] in (signs.myriads.keys() | signs.powers.keys()):
        if words.unit_at(text, at):
            break
        scale *= signs.myriads.get(text[at]) or signs.powers[text[at]]
        at += 1
    found.value, found.end = found.value * scale, at


def read_unit(found: Measure, words: NumberLexicon) -> None:
    """The unit after the numeral, and what it does to the value."""
    unit = words.unit_at(found.text, found.end, found.value)
    written = found.digits or found.end - found.start >= _WRITTEN
    if unit is None and written and found.text.startswith(" ", found.end):  # 5 kg, 三百 人
        unit = words.unit_at(found.text, found.end + 1, found.value)
    if unit is None:
        return
    entry = unit.entry
    found.match, found.end = unit, unit.end
    found.unit = unit.form if entry.normal is None else entry.normal
    found.kind, found.unit_rule, found.kind_rule = entry.kind, entry.id, entry.id
    found.value = (
        tidy(found.value * entry.factor) + entry.plus if entry.factor != 1 else found.value + entry.plus
    )
    if entry.tens and found.digits and found.value % 1 == 0 and _TENTHS < found.value < _TENTHS**2:
        found.value /= _TENTHS
    if found.value_max is not None:
        found.value_max *= entry.factor
    _read_currency(found, words)
    for form, bound in words.inside:
        if form in unit.form and entry.normal is not None:
            found.bounds["inside"] = (bound.bound, bound.id)


def written_fen(quantity: Quantity, rules: RuleSet) -> Quantity:
    """柒分: in the cheque writing 分 is a hundredth of a 元 and no score."""
    if quantity.kind != "score" or folding(rules).formal_signs.isdisjoint(quantity.quote):
        return quantity
    entry = next(e for forms in lexicon(rules).units.values() for _, e in forms if e.id == _FEN)
    high = quantity.value_max
    return quantity.model_copy(
        update={
            "value": quantity.value * entry.factor,
            "value_max": None if high is None else high * entry.factor,
            "unit": entry.normal,
            "kind": entry.kind,
            "rules": quantity.rules | {"unit": entry.id, "kind": entry.id},
        }
    )


def _read_currency(found: Measure, words: NumberLexicon) -> None:
    """三万元欧元: after a currency's 元 the currency may be named."""
    if found.match is None or found.kind != "money":
        return
    named = words.unit_at(found.text, found.end)
    if named is not None and found.match.form in named.entry.joined:
        found.match, found.end = named, named.end
        found.unit, found.unit_rule = named.entry.normal or named.form, named.entry.id
