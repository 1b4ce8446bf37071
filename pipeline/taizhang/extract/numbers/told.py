"""Numbers: whether a numeral that nothing excludes counts: by unit or bound, or by what stands around it."""

from __future__ import annotations

from taizhang.extract.numbers.forms import NumeralSpan
from taizhang.extract.numbers.grammar import turn
from taizhang.extract.numbers.lexicon import lexicon
from taizhang.extract.numbers.measure import Measure
from taizhang.extract.numbers.mentioned import verb_ends
from taizhang.extract.numbers.numeral import writing
from taizhang.records import Quantity
from taizhang.rules import RuleSet

_DECIMALS = 2  # figures behind 点 with which it is a decimal point and no point on a list
_WRITTEN_OUT = 3  # characters of a Chinese numeral that is no part of a word
_SCALED = 2  # and of one in figures with a multiplier: 7百
_DASHES = ("-", "－", "—", "–")
_COPULA = 2  # characters
_GROUPING = ","
_POINT = "."
_LARGE = 1000
_FAR = 20  # characters before a figure in which it is said to be compared


def is_measured(run: NumeralSpan, found: Measure) -> bool:
    """Whether a unit, a word of bound or its own form says that the numeral counts."""
    if run.rule == "form.scale":
        return bool(found.bounds.keys() & {"before", "inside"}) or (
            found.match is not None and "after" in found.bounds
        )
    if found.match is not None or found.unit or found.bounds:
        return True
    return run.unit is not None or run.value_max is not None or found.value_max is not None


def is_told(
    run: NumeralSpan, found: Measure, last: Quantity | None, rules: RuleSet, all_counts: bool
) -> bool:
    """Whether a bare numeral counts all the same.

    Args:
        run: the numeral.
        found: what was read around it.
        last: the quantity before it.
        rules: the rule set in force.
        all_counts: whether what is no record of an article counts.
    """
    text, signs = found.text, writing(rules)
    plain = text[run.start : run.end]
    if run.rule == "form.scale":
        return _is_scaled(run, found, rules)
    if plain[-1] in signs.myriads or (plain[-1].isdigit() and any(c in signs.scales for c in plain)):
        return True
    if all_counts and (_written_out(text, run, rules) or is_predicate(text, run, rules)):
        return True
    if text.endswith(_DASHES, 0, run.start):
        return False
    after = text[run.end : run.end + 1]
    noun = _chinese(after) and not turn("list.function-word", rules).match(after)
    led = found.digits and text.endswith(lexicon(rules).leads, 0, run.start)
    led = led or (
        _POINT in plain
        and turn("told.compared", rules).search(text, max(0, run.start - _FAR), run.start) is not None
    )
    return _goes_on(text, run, last, rules) or led or (noun and (found.digits or found.value >= _LARGE))


def _is_scaled(run: NumeralSpan, found: Measure, rules: RuleSet) -> bool:
    """Whether a bare 百 or 万亿 is a number: 产值达百亿元, 资助百名学生, 百米长的."""
    text, match = found.text, found.match
    if match is None or match.entry.noun or turn("scale.class", rules).match(text, run.end):
        return False
    if text.endswith(lexicon(rules).leads, 0, run.start):
        return True
    if found.kind == "length" and turn("scale.size", rules).match(text, found.end):
        return True
    return found.kind not in {"money", "duration", "length"} and verb_ends(text, run.start, rules)


def _chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _goes_on(text: str, run: NumeralSpan, last: Quantity | None, rules: RuleSet) -> bool:
    """Whether a bare figure goes on a list whose first is a count: 达到177.1、155.0和129.4."""
    if last is None or text[run.start - 1 : run.start] not in lexicon(rules).joiners:
        return False
    bare = last.rules["unit"] == "unit.none" and last.rules["value"] == "form.plain"
    return run.digits and bare and last.end == run.start - 1 and _POINT in last.quote


def is_predicate(text: str, run: NumeralSpan, rules: RuleSet) -> bool:
    """Whether a numeral is what something is: 得数是四，不是五."""
    if not turn("told.predicate", rules).search(text, max(0, run.start - _COPULA), run.start):
        return False
    return run.end == len(text) or turn("told.predicate-end", rules).match(text, run.end) is not None


def _written_out(text: str, run: NumeralSpan, rules: RuleSet) -> bool:
    """Whether a numeral with a multiplier, a point or groups (三百五, 二点六, 5,236) stands before no word."""
    signs, plain = writing(rules), text[run.start : run.end]
    told = any(c in signs.scales or c in signs.points or c in _GROUPING for c in plain)
    after = text[run.end : run.end + 1]
    decimal = any(c in signs.points for c in plain[:-_DECIMALS])
    ends = decimal or after in lexicon(rules).joiners or not _chinese(after)
    return told and len(plain) >= (_SCALED if run.digits else _WRITTEN_OUT) and ends
