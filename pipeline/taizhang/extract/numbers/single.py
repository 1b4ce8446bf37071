"""Numbers: 一 where it is a number all the same: how long something lasted, one of so many, one of the casualties."""

from __future__ import annotations

from taizhang.extract.numbers.grammar import turn
from taizhang.extract.numbers.measure import Measure
from taizhang.rules import RuleSet

_REACH = 60  # characters before and behind in which the rest is told
_CASUALTIES = 2


def lasts(text: str, found: Measure, rules: RuleSet) -> bool:
    """Whether a length of time is how long what stands before it went on: 停留了一个小时."""
    led = turn("article.lasting", rules).search(text, max(0, found.start - _REACH), found.start)
    return led is not None and turn("article.time-on", rules).match(text, found.end) is None


def is_part(text: str, found: Measure, rules: RuleSet) -> bool:
    """Whether it is one of so many of the same kind that were counted just before: 两架飞机，其中一架."""
    low = max(0, found.start - _REACH)
    if found.match is None or not turn("article.among", rules).search(text, low, found.start):
        return False
    counted = turn("article.several", rules).finditer(text, low, found.start)
    return any(text.startswith(found.match.form, several.end()) for several in counted)


def is_harmed(text: str, found: Measure, rules: RuleSet) -> bool:
    """Whether it is one person among casualties of which others are counted: 三人遇难，一人失踪."""
    if not turn("article.harm", rules).match(text, found.end):
        return False
    low, high = max(0, found.start - _REACH), found.end + _REACH
    return sum(1 for _ in turn("article.casualty", rules).finditer(text, low, high)) >= _CASUALTIES
