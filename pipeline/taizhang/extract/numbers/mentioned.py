"""Numbers: 两 at the first mention of what it counts: object of a verb, subject of a headline, things of a place.

Elsewhere it takes up what was named before (两家公司表示), sums up a pair (中美两个大国) or belongs to a formula.
"""

from __future__ import annotations

from collections.abc import Container

from taizhang.extract.numbers.grammar import turn
from taizhang.extract.numbers.measure import Measure
from taizhang.lexicon.load import Lexicon
from taizhang.rules import RuleSet

_VERBS = range(4, 0, -1)  # characters of a verb, the longest first
_NOUN = 2  # characters by which two mentions of a thing are known to be the same
_REACH = 200  # characters of its line before it and behind


def comes_up(text: str, found: Measure, rules: RuleSet, places: Container[int] = ()) -> bool:
    """Whether ``found``, a count that is a bare 两, is of things that the text names here for the first time.

    ``places`` are where the names of places end.

    >>> from taizhang.extract.numbers import find_numbers
    >>> [[q.quote for q in find_numbers(text, RuleSet())[0]] for text in ("打捞两艘渔船。", "他说，两艘渔船已返航。")]
    [['两艘'], []]
    """
    if found.match is None or turn("article.common", rules).match(text, found.start):
        return False
    start, end = found.start, found.end
    low = max(0, start - _REACH)
    line = max(text.rfind("\n", low, start) + 1, low)
    headline = _is_headline(text, line, end)
    if (headline and _opens(text, line, start, rules)) or _is_new(text, line, found, rules):
        return True
    if turn("article.times", rules).match(text, start):
        done = turn("article.times-done", rules).search(text, line, start)
        return done is not None and _verb_begins(text, end, rules)
    if _takes_up(text, line, found, rules):
        return False
    return headline or start in places or _led(text, line, start, rules)


def _opens(text: str, line: int, start: int, rules: RuleSet) -> bool:
    """Whether a headline begins at ``start``, behind its number or a clause and a blank."""
    return start == line or turn("article.headline", rules).fullmatch(text, line, start) is not None


def _is_new(text: str, line: int, found: Measure, rules: RuleSet) -> bool:
    """Whether people come to harm, something is opened, or what is left over is told of."""
    if turn("article.harm", rules).match(text, found.end) or turn("list.opened", rules).match(
        text, found.start + 1
    ):
        return True
    return turn("article.rest", rules).search(text, line, found.start) is not None


def _takes_up(text: str, line: int, found: Measure, rules: RuleSet) -> bool:
    """Whether it takes up people or things that were named, or stands before no noun."""
    assert found.match is not None
    start, end = found.start, found.end
    if found.match.entry.noun or turn("article.persons", rules).match(text, start):
        return True
    if turn("article.pair", rules).search(text, line, start) or not turn("article.noun", rules).match(
        text, end
    ):
        return True
    return text.find(text[start : end + _NOUN], line, start) >= 0


def _led(text: str, line: int, start: int, rules: RuleSet) -> bool:
    """Whether a place, a description or a verb stands before the number."""
    if turn("article.described", rules).search(text, line, start):
        return True
    if turn("article.bound-verb", rules).search(text, line, start):
        return False
    done = turn("article.done", rules).search(text, line, start)
    return verb_ends(text, done.start() if done else start, rules)


def _is_headline(text: str, line: int, end: int) -> bool:
    """Whether no sentence ends in the line."""
    high = min(len(text), end + _REACH)
    stop = text.find("\n", end, high)
    return text.find("。", line, high if stop < 0 else stop) < 0


def verb_ends(text: str, at: int, rules: RuleSet) -> bool:
    """Whether a verb of the lexicon ends at ``at``."""
    return any(_is_verb(text[max(0, at - size) : at], rules) for size in _VERBS)


def _verb_begins(text: str, at: int, rules: RuleSet) -> bool:
    if turn("article.before-verb", rules).match(text, at):
        return True
    return any(_is_verb(text[at : at + size], rules) for size in _VERBS)


def _is_verb(word: str, rules: RuleSet) -> bool:
    return any(e.table == "verbs" and e.tag.startswith("v") for e in Lexicon.of(rules).entries(word))
