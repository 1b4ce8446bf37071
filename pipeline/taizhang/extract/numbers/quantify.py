"""Numbers: one numeral with its surroundings as a quantity: bound words, multiplier, unit, base, kind."""

from __future__ import annotations

import re
from decimal import Decimal

from taizhang.extract.numbers.forms import NumeralSpan
from taizhang.extract.numbers.grammar import MINUS, minus_ends, turn
from taizhang.extract.numbers.joined import read_joined
from taizhang.extract.numbers.lexicon import NumberLexicon, lexicon
from taizhang.extract.numbers.measure import Measure, read_inside, read_unit
from taizhang.extract.numbers.numeral import Writing, tidy, writing
from taizhang.extract.numbers.ranges import read_range, read_share_range, share_unit
from taizhang.rules import RuleSet

_BEFORE = 4  # bound words, a currency and a sign before one number
_SIGN_REACH = 8
_TAKEN_IN = 10  # characters between it and the number up to which both are one quote
_BASE_REACH = 28  # characters before a number in which what it is for may be told
_PERCENT = "%"
_HUNDREDTH = Decimal("0.01")
_PAIR = "form.adjacent"
_CLOSING = {"）", ")"}
_DASHES = tuple("-−－﹣—–")


def measure(text: str, run: NumeralSpan, rules: RuleSet) -> Measure | None:
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
        read_share_range(found, rules)
    else:
        _spelt(found, rules, signs)
        read_inside(found, words, signs)
        read_unit(found, words)
        read_joined(found, rules, words)
        share_unit(found, rules, words)
        read_range(found, rules, words)
    _after(found, rules, words)
    _compound(found, rules, words)
    _before(found, rules, words, signs)
    _named_base(found, words)
    _money(found, words)
    return found


def _spelt(found: Measure, rules: RuleSet, signs: Writing) -> None:
    """A multiplier in English letters: $3.5 million."""
    match = turn("number.spelt", rules).match(found.text, found.end) if found.digits else None
    if match is not None:
        found.value, found.end = tidy(found.value * signs.spelt[match["word"]]), match.end()


def _after(found: Measure, rules: RuleSet, words: NumberLexicon) -> None:
    text = found.text
    inclusive = turn("bound.inclusive", rules).match(text, found.end)
    at = inclusive.end() if inclusive else found.end
    for form, entry in words.after.get(text[at : at + 1], ()):
        end = at + len(form)
        if text.startswith(form, at) and not (end < len(text) and text[end] in entry.not_before):
            found.bounds["after"] = (entry.bound, entry.id)
            found.end = end
            return


def _compound(found: Measure, rules: RuleSet, words: NumberLexicon) -> None:
    """元/亩, 升/分, 微克/立方米, 元/月, 公里/百平方公里."""
    if (
        found.match is None
        or "after" in found.bounds
        or not turn("rate.written", rules).match(found.text, found.end)
    ):
        return
    scale = turn("rate.scale", rules).match(found.text, found.end + 1)
    at = scale.end() if scale else found.end + 1
    unit = words.unit_at(found.text, at)
    base = unit.form if unit else next((form for form in words.bases if found.text.startswith(form, at)), "")
    if not base:
        return
    found.unit = f"{found.unit}/{scale[0] if scale else ''}{(unit.entry.normal if unit else None) or base}"
    found.end, found.kind, found.kind_rule = at + len(base), "rate", "rate.compound"
    _after(found, rules, words)


def _before(found: Measure, rules: RuleSet, words: NumberLexicon, signs: Writing) -> None:
    """Bound words and the base (每年, 人均) before the number."""
    text = found.text
    for _ in range(_BEFORE):
        if not (_takes(found, rules, words, signs) or _over_blank(found, rules, words, signs)):
            break
    anchor = found.start
    low = max(0, anchor - _BASE_REACH)
    signed = turn("rate.sign", rules).search(text, low, anchor)
    per = turn("rate.base", rules).search(text, low, anchor) if signed else None
    pattern, entries = words.loose
    match = pattern.search(text, max(0, anchor - 10), anchor) if "before" not in found.bounds else None
    if match:
        entry = entries[int((match.lastgroup or "")[1:])]
        found.bounds["before"] = (entry.bound, entry.id)
        found.start = match.start()
    if per is not None and (per["even"] or not words.levels.search(per["gap"])):
        start = found.start
        _base(found, per, words)
        if found.start < start and "before" not in found.bounds:  # 突破每吨3000元
            taken = _bound_before(found, rules, words, signs)
            found.start = found.start if taken is None else taken


def _takes(found: Measure, rules: RuleSet, words: NumberLexicon, signs: Writing) -> bool:
    """Take in the bound word, the currency or the sign that stands straight before the number."""
    start = found.start
    taken = _bound_before(found, rules, words, signs)
    if taken is not None:
        found.start = taken
    elif not _currency(found, words):
        _minus(found, rules)
    return found.start != start


def _over_blank(found: Measure, rules: RuleSet, words: NumberLexicon, signs: Writing) -> bool:
    """The same with a blank between (新台币 30亿元, 约 300人, 零下 5℃); a dash before it is no minus."""
    if not found.text.endswith(" ", 0, found.start) or found.text.endswith(_DASHES, 0, found.start - 1):
        return False
    found.start -= 1
    if _takes(found, rules, words, signs):
        return True
    found.start += 1
    return False


def _currency(found: Measure, words: NumberLexicon) -> bool:
    """A currency's sign or name before the number (￥300, $5万, 港币30元), or a scale's (摄氏37度)."""
    for sign, entry in words.prefixes.get(found.text[found.start - 1 : found.start], ()):
        fits = not found.unit or (found.match is not None and found.match.form in entry.joined)
        if fits and found.text.endswith(sign, 0, found.start):
            found.start -= len(sign)
            if entry.kind == "money" and found.kind == "score":  # 人民币5分
                found.value *= _HUNDREDTH
            found.unit, found.kind = entry.normal or entry.forms[0], entry.kind
            found.unit_rule = found.kind_rule = entry.id
            found.match = (
                None if found.match is None else found.match._replace(entry=entry, form=entry.forms[0])
            )
            return True
    return False


def _minus(found: Measure, rules: RuleSet) -> None:
    """A written minus: -3.2%, 零下12度, 负300万元, 净利润-2亿元. Between two numbers a dash is no minus."""
    if found.value < 0 or not minus_ends(rules).match(found.text[found.start - 1 : found.start]):
        return
    signed = found.kind == "ratio" or (found.match is not None and found.match.entry.signed)
    if found.value_max is not None and not signed:
        return
    low = max(0, found.start - _SIGN_REACH)
    for name in MINUS[:1] if signed else MINUS[1:]:
        sign = turn(name, rules).search(found.text, low, found.start)
        if sign is not None:
            found.start = sign.end("word") if "word" in sign.groupdict() else sign.start()
            if found.value_max is not None and found.rule.startswith(_PAIR):  # 零下七八度
                found.value, found.value_max = -found.value_max, -found.value
            else:
                found.value = -found.value
            return


def _bound_before(found: Measure, rules: RuleSet, words: NumberLexicon, signs: Writing) -> int | None:
    text, at = found.text, found.start
    if text[at - 1 : at] in _CLOSING:
        inclusive = turn("bound.inclusive-before", rules).search(text, max(0, at - _SIGN_REACH), at)
        at = inclusive.start() if inclusive else at
    last = text[at - 1 : at]
    forms = words.before.get(last, ())
    if text[found.start] in signs.scales or (
        found.unit == _PERCENT and found.match is not None and not found.digits
    ):
        forms = words.power.get(last, ()) + forms
    for form, entry in forms:
        start = at - len(form)
        if start >= 0 and text.startswith(form, start) and not (start and text[start - 1] in entry.not_after):
            found.bounds["before"] = (entry.bound, entry.id)
            return start
    return None


def _base(found: Measure, per: re.Match[str], words: NumberLexicon) -> None:
    """What the figure is for: a person, a year, a household."""
    if (
        found.kind == "ratio"
        or (found.kind == "duration" and not _of_period(per, words))
        or "/" in found.unit
        or not found.unit
    ):
        return
    found.kind, found.kind_rule = "rate", "rate.base"
    each = per["each"]
    if not per["period"]:
        found.base = each or per["even"]
        found.unit = f"{found.unit}/{per['many'] or ''}{found.base}"
    gap = per["gap"]
    if per["one"] or per["one_noun"] or (per["many"] or "")[:1].isdigit():
        return
    if (each and len(gap) <= _TAKEN_IN) or (len(gap) <= 4 and not words.indicators.search(gap)):
        found.start = min(found.start, per.start())


def _of_period(per: re.Match[str], words: NumberLexicon) -> bool:
    """Whether the base is itself a period, so that a length of time is told of each: 每月下乡5天."""
    form = per["each"] or ""
    entry = next((entry for unit, entry in words.units.get(form[:1], ()) if unit == form), None)
    return form in words.bases or (entry is not None and entry.kind == "duration")


def _named_base(found: Measure, words: NumberLexicon) -> None:
    """时速120公里: the indicator's name holds the base."""
    for pattern, rule in words.named_bases if found.match is not None else ():
        if found.kind == rule.kind and pattern.search(found.text, max(0, found.start - 8), found.start):
            found.unit, found.kind, found.kind_rule = f"{found.unit}/{rule.base}", "rate", rule.id
            return


def _money(found: Measure, words: NumberLexicon) -> None:
    if found.unit or found.kind != "count" or found.value < 10000 or found.match is not None:
        return
    before = words.money.search(found.text, max(0, found.start - 10), found.start)
    if before or words.money_noun.match(found.text, found.end):
        found.kind, found.kind_rule = "money", "money.without-unit"
