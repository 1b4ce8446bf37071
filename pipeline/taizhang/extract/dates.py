"""Extract: every date, time of day and period in a clean text, with its ISO 8601 value."""

from __future__ import annotations

import re

from taizhang.extract.dates_calendar import Point, parse
from taizhang.extract.dates_readings import Context, read
from taizhang.extract.dates_rules import Compiled, date_rules
from taizhang.records import Date
from taizhang.rules import RuleSet

_BREAK = re.compile(r"[\n。！？]")
_PARAGRAPH = re.compile(r"\n")
_OPENING = re.compile(r"(?:^|[\n。！？；])[\s　——-]*$")


def find_dates(text: str, rules: RuleSet, published: str | None = None) -> list[Date]:
    """Every date, time of day and period, in order and without overlap.

    Args:
        text: clean text.
        rules: the rule set in force.
        published: the article's own date, ISO 8601, as precise as it is known. Relative words and dates without a
            year are worked out from it, or from a year named before in the text where that one governs them;
            no other clock is read.

    Returns:
        Dates whose ``value`` is ISO 8601, only as precise as the text to the day; empty where text and article
        date do not say. A time of day gives its day.

    >>> [(d.quote, d.value) for d in find_dates("截至2019年9月底完工，10月起供水", RuleSet())]
    [('2019年9月底', '2019-09'), ('10月起', '2019-10/..')]
    """
    compiled = date_rules(rules)
    found: list[Date] = []
    for match in compiled.scan.finditer(text):
        date = _resolved(match, text, compiled, parse(published), found)
        found.append(date)
    return found


def _resolved(
    match: re.Match[str], text: str, compiled: Compiled, published: Point | None, before: list[Date]
) -> Date:
    pattern, expression = compiled.patterns[int((match.lastgroup or "r0")[1:])]
    exact = expression.match(text, match.start())
    assert exact is not None and exact.end() == match.end()
    context = Context(published, _anchor(text, match.start(), before), compiled.words)
    value = read(pattern.reads, exact, context)
    return Date(start=match.start(), end=match.end(), quote=match[0], value=value, rule=pattern.id)


def _anchor(text: str, start: int, before: list[Date]) -> Point | None:
    """The date that completes one named at ``start``.

    The last one of the same sentence, or the one that opened an earlier sentence of the paragraph and so governs
    what follows. A period open at its end, or a date that only qualifies a noun (2017年的), completes nothing.
    """
    for date in reversed(before):
        between = text[date.end : start]
        if _PARAGRAPH.search(between):
            return None
        if not date.value or date.value.endswith("..") or not date.quote[0].isdigit():
            continue
        if _BREAK.search(between) and not (_OPENING.search(text[: date.start][-8:]) and between[:1] in "，,"):
            continue
        return parse(date.value.split("/")[-1])
    return None
