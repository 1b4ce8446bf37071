"""Two numbers that share a unit or a multiplier: 3至5个, 10—20万元, 1.2个和0.8个百分点."""

from __future__ import annotations

from decimal import Decimal

from taizhang.extract.numbers.forms import run_at, share_at
from taizhang.extract.numbers.grammar import turn
from taizhang.extract.numbers.lexicon import Lexicon
from taizhang.extract.numbers.measure import Measure, read_inside, read_unit
from taizhang.extract.numbers.numeral import Writing, writing
from taizhang.rules import RuleSet


def share_unit(found: Measure, rules: RuleSet, words: Lexicon) -> None:
    """1.2个和0.8个百分点: the longer unit of the second number is that of the first, too."""
    if found.match is None or found.text[found.end : found.end + 1] not in words.joiners:
        return
    other = run_at(found.text, found.end + 1, rules)
    unit = words.unit_at(found.text, other.end) if other else None
    if unit is not None and unit.entry.kind == "ratio" and unit.form.startswith(found.match.form):
        found.unit, found.kind = unit.entry.normal or unit.form, unit.entry.kind
        found.unit_rule = found.kind_rule = unit.entry.id


def read_range(found: Measure, rules: RuleSet, words: Lexicon) -> None:
    """A second numeral after 至, 到 or a dash makes a range; the second's unit holds for both."""
    joint = turn("range.joint", rules).match(found.text, found.end)
    if joint is None or found.value_max is not None:
        return
    other = run_at(found.text, joint.end(), rules)
    if other is None or other.value is None or other.rule != "form.plain" or other.digits != found.digits:
        return
    second = Measure(found.text, other.start, other.end, other.value, digits=other.digits)
    read_inside(second, words, writing(rules))
    read_unit(second, words)
    change = found.match is not None and _tells_change(found, joint[0], rules)
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


def read_share_range(found: Measure, rules: RuleSet) -> None:
    """百分之三到百分之五: the second share is written like the first."""
    joint = turn("range.joint", rules).match(found.text, found.end)
    if joint is None or _tells_change(found, joint[0], rules):
        return
    other = share_at(found.text, joint.end(), rules)
    if other is None or other.value is None or other.unit != found.unit:
        return
    if found.value < other.value:
        found.value_max, found.end = other.value, other.end


def _tells_change(found: Measure, joint: str, rules: RuleSet) -> bool:
    """从三成到五成, 增加4万人至47万人: what something was or gained, and what it became."""
    if not turn("range.to", rules).search(joint):
        return False
    low = max(0, found.start - 10)
    delta = found.kind != "ratio" and turn("range.delta", rules).search(found.text, low, found.start)
    return bool(delta or turn("range.change", rules).search(found.text, low, found.start))


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
