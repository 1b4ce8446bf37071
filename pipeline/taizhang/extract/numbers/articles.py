"""一 and 两: where the text plainly counts with them, and where they are articles. Also numbers that sum up a list."""

from __future__ import annotations

import re

from taizhang.extract.numbers.forms import Run
from taizhang.extract.numbers.lexicon import lexicon
from taizhang.extract.numbers.measure import Measure
from taizhang.rules import RuleSet

_CLAUSE = re.compile(r"[，。；！？\n,;!?：:]")
_SENTENCE = re.compile(r"[。！？\n!?]")
_COUNT = re.compile(r"\d[多余几]?[万亿]?[\u4e00-\u9fff]|[三四五六七八九十][个项条名家件所座支批次类]")
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十]")
_REACH = 60


def counts(text: str, run: Run, found: Measure, rules: RuleSet) -> bool:
    """Whether ``run``, which is a bare 一 or 两, is a count."""
    words = lexicon(rules)
    if found.bounds or found.kind == "rate" or found.value % 1:
        return True
    if found.match is None:
        return False
    clause = _back(_CLAUSE, text, run.start)
    made = words.making.search(text, clause, run.start)
    if found.kind != "count":
        return run.value == 2 or made is not None and run.start - made.end() <= 2
    others = _others(text, run, found)
    if run.value == 2:
        return made is not None or others
    near = any(run.start - m.end() <= 1 for m in words.making.finditer(text, clause, run.start))
    return near and others


def _others(text: str, run: Run, found: Measure) -> bool:
    start, end = _back(_SENTENCE, text, run.start), _ahead(_SENTENCE, text, found.end)
    return bool(_COUNT.search(text, start, run.start) or _COUNT.search(text, found.end, end))


def sums_up(text: str, run: Run, rules: RuleSet) -> bool:
    """Whether the number only sums up the list before it: 甲、乙、丙三个窗口, and nothing is made or set up."""
    clause = _back(_CLAUSE, text, run.start)
    listing = text[clause : run.start]
    if "、" not in listing or listing.endswith(("等", "、", "的")) or _NUMERAL.search(listing):
        return False
    items = listing.count("、") + 1
    joined = items + bool(re.search("[和及与]", listing[listing.rfind("、") :]))
    if run.value not in (items, joined) or (run.digits and run.value == 2):
        return False
    return lexicon(rules).making.match(text, clause) is None


def _back(pattern: re.Pattern[str], text: str, at: int) -> int:
    low = max(0, at - _REACH)
    ends = [m.end() for m in pattern.finditer(text, low, at)]
    return ends[-1] if ends else low


def _ahead(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.search(text, at, min(len(text), at + _REACH))
    return found.start() if found else min(len(text), at + _REACH)
