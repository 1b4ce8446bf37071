"""One numeral with its surroundings as a quantity: bound words, multiplier, unit, base, kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from taizhang.extract.numbers.forms import Run, run_at
from taizhang.extract.numbers.grammar import turn
from taizhang.extract.numbers.lexicon import Lexicon, UnitMatch, lexicon
from taizhang.extract.numbers.numeral import Writing, writing
from taizhang.records import Bound, Kind, Quantity
from taizhang.rules import RuleSet


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
        return Quantity(
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


def measure(text: str, run: Run, rules: RuleSet) -> Measure | None:
    """What ``run`` counts; None where its characters make no number."""
    if run.value is None:
        return None
    words, signs = lexicon(rules), writing(rules)
    found = Measure(
        text, run.start, run.end, run.value or Decimal(0), run.value_max, digits=run.digits, rule=run.rule
    )
    if run.bound and run.bound != "range":
        found.bounds["form"] = (run.bound, run.rule)
    if run.unit is not None:
        found.unit, found.kind = run.unit, "ratio"
        found.unit_rule = found.kind_rule = run.rule
    else:
        _inside(found, words, signs)
        _unit(found, words)
        _shared_unit(found, rules, words)
        _range(found, rules, words)
    _after(found, words)
    _compound(found, rules, words)
    _before(found, rules, words, signs)
    _money(found, words)
    return found


def _inside(found: Measure, words: Lexicon, signs: Writing) -> None:
    """多 and 余 after the numeral, and a multiplier after them: 400余万元."""
    text = found.text
    for form, entry in words.inside:
        if text.startswith(form, found.end) and not words.unit_at(text, found.end):
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


def _unit(found: Measure, words: Lexicon) -> None:
    unit = words.unit_at(found.text, found.end, found.value)
    if unit is None:
        return
    entry = unit.entry
    found.match, found.end = unit, unit.end
    found.unit = unit.form if entry.normal is None else entry.normal
    found.kind, found.unit_rule, found.kind_rule = entry.kind, entry.id, entry.id
    found.value = found.value * entry.factor + entry.plus
    if found.value_max is not None:
        found.value_max *= entry.factor
    for form, bound in words.inside:
        if form in unit.form and entry.normal is not None:
            found.bounds["inside"] = (bound.bound, bound.id)


def _shared_unit(found: Measure, rules: RuleSet, words: Lexicon) -> None:
    """1.2个和0.8个百分点: the longer unit of the second number is that of the first, too."""
    if found.match is None or found.text[found.end : found.end + 1] not in words.joiners:
        return
    other = run_at(found.text, found.end + 1, rules)
    unit = words.unit_at(found.text, other.end) if other else None
    if unit is not None and unit.entry.kind == "ratio" and unit.form.startswith(found.match.form):
        found.unit, found.kind = unit.entry.normal or unit.form, unit.entry.kind
        found.unit_rule = found.kind_rule = unit.entry.id


def _range(found: Measure, rules: RuleSet, words: Lexicon) -> None:
    """A second numeral after 至, 到 or a dash makes a range; the second's unit holds for both."""
    joint = turn("range.joint", rules).match(found.text, found.end)
    if joint is None or found.value_max is not None:
        return
    other = run_at(found.text, joint.end(), rules)
    if other is None or other.value is None or other.rule != "form.plain" or other.digits != found.digits:
        return
    second = Measure(found.text, other.start, other.end, other.value, digits=other.digits)
    _inside(second, words, writing(rules))
    _unit(second, words)
    change = (
        found.match
        and turn("range.to", rules).search(joint[0])
        and turn("range.change", rules).search(found.text, max(0, found.start - 10), found.start)
    )
    if change or (found.match and found.unit != second.unit):
        return
    raised = _shared_scale(found, second, writing(rules)) if found.match is None else Decimal(1)
    if found.value * raised >= second.value:  # 3000到30万元
        raised = Decimal(1)
    low = found.value * raised * (second.match.entry.factor if second.match and not found.match else 1)
    if low >= second.value:
        return
    found.value, found.value_max, found.end = low, second.value, second.end
    found.match, found.unit, found.kind = second.match, second.unit, second.kind
    found.unit_rule, found.kind_rule = second.unit_rule, second.kind_rule


def _shared_scale(first: Measure, second: Measure, signs: Writing) -> Decimal:
    """10—20万元 is 10万 to 20万."""
    written = first.text[second.start : second.end]
    if any(c in signs.myriads for c in first.text[first.start : first.end]):
        return Decimal(1)
    scale = Decimal(1)
    unit = second.match.form if second.match else ""
    for c in written.removesuffix(unit):
        scale *= signs.myriads.get(c, 1)
    return scale


def _after(found: Measure, words: Lexicon) -> None:
    text = found.text
    for form, entry in words.after.get(text[found.end : found.end + 1], ()):
        end = found.end + len(form)
        if text.startswith(form, found.end) and not (end < len(text) and text[end] in entry.not_before):
            found.bounds["after"] = (entry.bound, entry.id)
            found.end = end
            return


def _compound(found: Measure, rules: RuleSet, words: Lexicon) -> None:
    """元/亩, 升/分, 微克/立方米."""
    at = found.end
    if (
        found.match is None
        or "after" in found.bounds
        or not turn("rate.written", rules).match(found.text, at)
    ):
        return
    base = words.unit_at(found.text, at + 1)
    if base is not None:
        found.unit = f"{found.unit}/{base.entry.normal or base.form}"
        found.end, found.kind = base.end, "rate"
        found.kind_rule = "rate.compound"
        _after(found, words)


def _before(found: Measure, rules: RuleSet, words: Lexicon, signs: Writing) -> None:
    """Bound words and the base (每年, 人均) before the number."""
    text = found.text
    for _ in range(2):
        taken = _bound_before(found, words, signs)
        if taken is None:
            break
        found.start = taken
    _minus(found, signs)
    anchor = found.start
    low = max(0, anchor - 18)
    signed = turn("rate.sign", rules).search(text, low, anchor)
    per = turn("rate.base", rules).search(text, low, anchor) if signed else None
    pattern, entries = words.loose
    match = pattern.search(text, max(0, anchor - 10), anchor) if "before" not in found.bounds else None
    if match:
        entry = entries[int((match.lastgroup or "")[1:])]
        found.bounds["before"] = (entry.bound, entry.id)
        found.start = match.start()
    if per is not None and not words.levels.search(per["gap"]):
        _base(found, per, words)


def _minus(found: Measure, signs: Writing) -> None:
    """A written minus: -3.2%. Between two numbers, and before anything but a share, a dash is no minus."""
    text, at = found.text, found.start - 1
    if found.kind != "ratio" or at < 0 or text[at] not in signs.minus or text[at - 1 : at].isdigit():
        return
    found.value, found.start = -found.value, at


def _bound_before(found: Measure, words: Lexicon, signs: Writing) -> int | None:
    text, at = found.text, found.start
    last = text[at - 1 : at]
    forms = words.before.get(last, ())
    if text[at] in signs.scales:
        forms = words.power.get(last, ()) + forms
    for form, entry in forms:
        start = at - len(form)
        if start >= 0 and text.startswith(form, start) and not (start and text[start - 1] in entry.not_after):
            found.bounds["before"] = (entry.bound, entry.id)
            return start
    return None


def _base(found: Measure, per: re.Match[str], words: Lexicon) -> None:
    """What the figure is for: a person, a year, a household."""
    if found.kind in {"ratio", "duration"} or "/" in found.unit:
        return
    found.kind, found.kind_rule = "rate", "rate.base"
    each = per["each"]
    if not per["period"]:
        found.base = each or per["even"]
        found.unit = f"{found.unit}/{per['many'] or ''}{found.base}"
    gap = per["gap"]
    if each or (len(gap) <= 4 and not words.indicators.search(gap)):
        found.start = min(found.start, per.start())


def _money(found: Measure, words: Lexicon) -> None:
    if found.unit or found.kind != "count" or found.value < 10000 or found.match is not None:
        return
    if words.money.search(found.text, max(0, found.start - 10), found.start):
        found.kind, found.kind_rule = "money", "money.without-unit"
