"""Numbers: two numbers that share a unit or a multiplier: 3至5个, 10—20万元, 1.2个和0.8个百分点."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from taizhang.extract.numbers.forms import run_at, share_at
from taizhang.extract.numbers.grammar import JOINTS, joints, turn
from taizhang.extract.numbers.lexicon import NumberLexicon, lexicon
from taizhang.extract.numbers.measure import Measure, read_inside, read_unit
from taizhang.extract.numbers.numeral import Writing, writing
from taizhang.rules import RuleSet


def share_unit(found: Measure, rules: RuleSet, words: NumberLexicon) -> None:
    """1.2个和0.8个百分点: the longer unit of the second number is that of the first, too."""
    if found.match is None or found.text[found.end : found.end + 1] not in words.joiners:
        return
    other = run_at(found.text, found.end + 1, rules)
    unit = words.unit_at(found.text, other.end) if other else None
    if unit is not None and unit.entry.kind == "ratio" and unit.form.startswith(found.match.form):
        found.unit, found.kind = unit.entry.normal or unit.form, unit.entry.kind
        found.unit_rule = found.kind_rule = unit.entry.id


def read_range(found: Measure, rules: RuleSet, words: NumberLexicon) -> None:
    """A second numeral after 至, 到 or a dash makes a range; the second's unit holds for both."""
    if found.value_max is not None or _below_nothing(found, rules, words):
        return
    joint = _joint(found, rules)
    if joint is None:
        return
    other = run_at(found.text, joint.end + _repeated(found, joint.end, words), rules)
    if other is None or other.value is None or other.rule != "form.plain" or other.digits != found.digits:
        return
    second = Measure(found.text, other.start, other.end, other.value, digits=other.digits)
    read_inside(second, words, writing(rules))
    read_unit(second, words)
    if joint.closer is not None:
        closer = joint.closer.match(found.text, second.end)
        if closer is None:
            return
        second.end = closer.end()
    change = found.match is not None and _tells_change(found, joint.written, rules)
    if change or (found.match and found.unit != second.unit):
        return
    shared = turn("minus.shared", rules).search(found.text, max(0, found.start - 3), found.start)
    if shared and found.match is None and second.match is not None and second.match.entry.signed:
        _both_below(found, second)
        return
    _join(found, second, writing(rules), below_nothing=_signed(found, second, rules))


def _repeated(found: Measure, at: int, words: NumberLexicon) -> int:
    """How long the currency's sign is that stands before both ends: $200-$300."""
    signs = words.prefixes.get(found.text[found.start - 1 : found.start], ())
    both = (s for s, _ in signs if found.text.endswith(s, 0, found.start) and found.text.startswith(s, at))
    return max(map(len, both), default=0)


def _join(found: Measure, second: Measure, signs: Writing, below_nothing: bool) -> None:
    """Make ``found`` the range up to ``second``, if it is one."""
    raised = _shared_scale(found, second, signs) if found.match is None else Decimal(1)
    if found.value * raised >= second.value:  # 3000到30万元
        raised = Decimal(1)
    low = found.value * raised * (second.match.entry.factor if second.match and not found.match else 1)
    if low >= second.value and not below_nothing:
        return
    found.value, found.value_max, found.end = low, second.value, second.end
    found.match, found.unit, found.kind = second.match, second.unit, second.kind
    found.unit_rule, found.kind_rule = second.unit_rule, second.kind_rule


def _signed(found: Measure, second: Measure, rules: RuleSet) -> bool:
    """-5℃至3℃: below nothing the larger figure comes first."""
    if second.match is None or not (second.match.entry.signed or second.kind == "ratio"):
        return False
    low = max(0, found.start - 3)
    return turn("minus.signed", rules).search(found.text, low, found.start) is not None


def _below_nothing(found: Measure, rules: RuleSet, words: NumberLexicon) -> bool:
    """-10℃~-5℃, 零下10度到零下5度: both ends have a sign; the larger figure is the lower end. True where it is one."""
    joint = turn("range.below-nothing", rules).match(found.text, found.end)
    other = run_at(found.text, joint.end(), rules) if joint else None
    if joint is None or other is None or other.value is None or other.rule != "form.plain":
        return False
    second = Measure(found.text, other.start, other.end, other.value, digits=other.digits)
    read_unit(second, words)
    if second.match is None or not (second.match.entry.signed or second.kind == "ratio"):
        return False
    signed = turn("minus.signed", rules).search(found.text, max(0, found.start - 3), found.start)
    if signed is None or (found.match and found.unit != second.unit) or _tells_change(found, joint[0], rules):
        return False
    _both_below(found, second)
    return True


def _both_below(found: Measure, second: Measure) -> None:
    """Make ``found`` the range of two figures below nothing; its own sign is worked into ``value`` later."""
    found.value, found.value_max = max(found.value, second.value), -min(found.value, second.value)
    found.match, found.unit, found.kind, found.end = second.match, second.unit, second.kind, second.end
    found.unit_rule, found.kind_rule = second.unit_rule, second.kind_rule


class _Joint(NamedTuple):
    """What joins the two numbers of a range; ``closer`` must follow the second where one is given."""

    written: str
    end: int
    closer: re.Pattern[str] | None


def _joint(found: Measure, rules: RuleSet) -> _Joint | None:
    start = found.end
    if not joints(rules).match(found.text, start):
        return None
    inclusive = turn("bound.inclusive", rules).match(found.text, start)
    if inclusive is not None:
        start = inclusive.end()
    for name, closer in JOINTS:
        joint = turn(name, rules).match(found.text, start)
        if joint is not None:
            return _Joint(joint[0], joint.end(), turn(closer, rules) if closer else None)
    return None


def read_share_range(found: Measure, rules: RuleSet) -> None:
    """百分之三到百分之五, 百分之三到五: the second share is written like the first, or only its number is."""
    joint = _joint(found, rules)
    if joint is None or _tells_change(found, joint.written, rules):
        return
    other = share_at(found.text, joint.end, rules)
    if other is None and found.unit:
        other = run_at(found.text, joint.end, rules)
        if other is not None and (
            other.rule != "form.plain" or lexicon(rules).unit_at(found.text, other.end)
        ):
            return
    elif other is not None and other.unit != found.unit:
        return
    closer = joint.closer.match(found.text, other.end) if joint.closer and other else None
    if other is None or other.value is None or (joint.closer and closer is None):
        return
    if found.value < other.value:
        found.value_max, found.end = other.value, closer.end() if closer else other.end


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
