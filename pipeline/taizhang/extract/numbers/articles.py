"""Numbers: 一 and 两: where the text plainly counts with them, and where they are articles. And sums of lists."""

from __future__ import annotations

import re
from collections.abc import Container

from taizhang.extract.numbers.forms import NumeralSpan
from taizhang.extract.numbers.grammar import turn
from taizhang.extract.numbers.lexicon import lexicon
from taizhang.extract.numbers.measure import Measure
from taizhang.extract.numbers.mentioned import comes_up
from taizhang.extract.numbers.single import is_harmed, is_part, lasts
from taizhang.rules import RuleSet

_CLAUSE = re.compile(r"[，。；！？\n,;!?：:]")
_SENTENCE = re.compile(r"[。！？\n!?]")
_OPENING = {"", "“", "‘", "「"}
_REACH = 60


def is_article(text: str, rules: RuleSet) -> bool:
    """Whether a numeral is one that may be an article."""
    return turn("article.character", rules).fullmatch(text) is not None


def counts(text: str, run: NumeralSpan, found: Measure, rules: RuleSet, places: Container[int] = ()) -> bool:
    """Whether ``run``, which is a bare 一 or 两, is a count; ``places`` are where names of places end."""
    # 每村一名, but 每年的庙会是一项传统; 平均每3分钟一班
    based = found.kind == "rate" and (found.start < run.start or found.unit.partition("/")[2][:1].isdigit())
    if found.bounds or based or found.value % 1 or found.rule != run.rule:
        return True
    if found.match is None or found.kind == "ratio" or (found.kind != "count" and run.value == 2):
        return found.match is not None
    clause = _back(_CLAUSE, text, run.start)
    made = lexicon(rules).making.search(text, clause, run.start)
    if found.kind != "count":
        near = made is not None and run.start - made.end() <= 2
        return near or (found.kind == "duration" and lasts(text, found, rules))
    if run.value == 2:
        return made is not None or _others(text, run, found, rules) or comes_up(text, found, rules, places)
    if is_part(text, found, rules) or is_harmed(text, found, rules):
        return True
    return _founded(text, clause, run, rules) and _others(text, run, found, rules)


def _founded(text: str, clause: int, run: NumeralSpan, rules: RuleSet) -> bool:
    """Whether what is counted comes into being: a verb of founding stands straight before the number."""
    verbs = lexicon(rules).founding.finditer(text, clause, run.start)
    return any(text[m.end() : run.start] in _OPENING for m in verbs)


def _others(text: str, run: NumeralSpan, found: Measure, rules: RuleSet) -> bool:
    start, end = _back(_SENTENCE, text, run.start), _ahead(_SENTENCE, text, found.end)
    count = turn("article.other-count", rules)
    return bool(count.search(text, start, run.start) or count.search(text, found.end, end))


def sums_up(text: str, run: NumeralSpan, rules: RuleSet) -> bool:
    """Whether the number only sums up the list before it: 甲、乙、丙三个窗口, with nothing made."""
    clause = _back(_CLAUSE, text, run.start)
    listing = text[clause : run.start]
    if any(turn(name, rules).match(text, run.end) for name in ("list.opened", "list.events")):
        return False
    commas = [m.start() for m in turn("list.comma", rules).finditer(listing)]
    if not commas:
        return (
            run.value == 2
            and turn("list.two", rules).search(listing) is not None
            and not _made(text, clause, rules)
        )
    if any(turn(name, rules).search(listing) for name in ("list.open", "list.numeral")):
        return False
    items = len(commas) + 1
    joined = items + bool(turn("list.and", rules).search(listing, commas[-1]))
    if run.value not in (items, joined) or (run.digits and run.value == 2):
        return False
    return not _made(text, clause, rules)


def _made(text: str, clause: int, rules: RuleSet) -> bool:
    """Whether the clause begins with a verb of making, behind who makes it: what it lists is new."""
    opening = turn("list.maker", rules).match(text, clause)
    made = lexicon(rules).making.match(text, opening.end() if opening else clause)
    return made is not None and turn("list.unmade", rules).match(text, made.end()) is None


def _back(pattern: re.Pattern[str], text: str, at: int) -> int:
    low = max(0, at - _REACH)
    ends = [m.end() for m in pattern.finditer(text, low, at)]
    return ends[-1] if ends else low


def _ahead(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.search(text, at, min(len(text), at + _REACH))
    return found.start() if found else min(len(text), at + _REACH)
