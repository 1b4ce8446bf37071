"""Numbers: 两 at the first mention of what it counts: the object of a verb, the subject of a headline, things of a place.

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
_REACH = 200  # characters of its line in which it may have been named


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
    line = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    headline = _is_headline(text, line, end)
    if headline and turn("article.headline", rules).fullmatch(text, line, start):
        return True
    if turn("article.harm", rules).match(text, end):
        return True
    persons = turn("article.persons", rules).match(text, start) is not None
    if found.match.entry.noun or persons or turn("article.pair", rules).search(text, line, start):
        return False
    if turn("article.times", rules).match(text, start):
        done = turn("article.times-done", rules).search(text, line, start)
        return done is not None and _verb_begins(text, end, rules)
    again = text.find(text[start : end + _NOUN], line, start) >= 0
    if again or not turn("article.noun", rules).match(text, end):
        return False
    return headline or start in places or _led(text, line, start, rules)


def _led(text: str, line: int, start: int, rules: RuleSet) -> bool:
    """Whether a place, a description or a verb stands before the number."""
    if turn("article.described", rules).search(text, line, start):
        return True
    if turn("article.bound-verb", rules).search(text, line, start):
        return False
    done = turn("article.done", rules).search(text, line, start)
    return _verb_ends(text, done.start() if done else start, rules)


def _is_headline(text: str, line: int, end: int) -> bool:
    """Whether no sentence ends in the line."""
    stop = text.find("\n", end)
    return text.find("。", line, len(text) if stop < 0 else stop) < 0


def _verb_ends(text: str, at: int, rules: RuleSet) -> bool:
    return any(_is_verb(text[max(0, at - size) : at], rules) for size in _VERBS)


def _verb_begins(text: str, at: int, rules: RuleSet) -> bool:
    if turn("article.before-verb", rules).match(text, at):
        return True
    return any(_is_verb(text[at : at + size], rules) for size in _VERBS)


def _is_verb(word: str, rules: RuleSet) -> bool:
    return any(e.table == "verbs" and e.tag.startswith("v") for e in Lexicon.of(rules).entries(word))
