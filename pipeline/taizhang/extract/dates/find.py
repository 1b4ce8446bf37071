"""Dates: every date, time of day and period in a clean text, with its ISO 8601 value."""

from __future__ import annotations

import re

from taizhang.extract.dates.calendar import Point, parse
from taizhang.extract.dates.context import DateContext
from taizhang.extract.dates.patterns import DatePatterns, date_rules
from taizhang.extract.dates.readings import read
from taizhang.extract.numbers.fold import fold
from taizhang.extract.numbers.numeral import writing
from taizhang.records import Date
from taizhang.rules import RuleSet

_BREAK = re.compile(r"[\n。！？]")
_YEAR = re.compile(r"\d{4}")
_YEARS = re.compile(r"\d{4}/\d{4}")
_OPENING = re.compile(r"(?:^|[\n。！？；])[\s　—-]*$")
_COMMA = ("，", ",")
_OPEN, _NOW = "..", "now"
_DAY = len("2024-06-20")
_JOINT = 4  # characters that join two dates at most
_ENDS = {
    "calendar",
    "part-of-year",
    "this-month",
    "this-quarter",
    "week",
    "feast",
    "lunar",
    _NOW,
}  # of a period


def find_dates(text: str, rules: RuleSet, published: str | None = None, lengths: bool = False) -> list[Date]:
    """Every date, time of day and period, in order and without overlap.

    Args:
        text: clean text.
        rules: the rule set in force.
        published: the article's own date, ISO 8601, as precise as it is known. Relative words and dates
            without a year are worked out from it, or from a year named before in the text where that one
            governs them; no other clock is read.
        lengths: whether lengths of time from that date on (30天后) count, which in an article are quantities.

    Returns:
        Dates whose ``value`` is ISO 8601, as precise as the text and at most to the day (a time of day gives
        its day); empty where text and article date do not say.

    >>> [(d.quote, d.value) for d in find_dates("截至2019年9月底完工，10月起供水", RuleSet())]
    [('2019年9月底', '2019-09'), ('10月起', '2019-10/..')]
    """
    compiled = date_rules(rules)
    finder = _DateFinder(text, rules, compiled, parse(published))
    for number, match in (compiled.scan if lengths else compiled.articles).over(finder.folded):
        finder.take(number, match)
    return finder.found


class _DateFinder:
    """The dates of one text, match by match."""

    def __init__(self, text: str, rules: RuleSet, compiled: DatePatterns, article: Point | None) -> None:
        self.text, self.folded = text, fold(text, rules)
        self.found: list[Date] = []
        self._compiled, self._article, self._signs = compiled, article, writing(rules)
        self._anchors = _Anchors(self.folded, article is None, tuple(compiled.words["year-word"]))
        self._cutoffs = tuple(compiled.words["cutoff-word"])

    def take(self, number: int, match: re.Match[str]) -> None:
        """One match of the pattern with this number: a date, or the end of the period that the last one began."""
        found, begin = self.found, match.start()
        rule = self._compiled.patterns[number]
        if rule.follows and not (found and found[-1].end == begin - 1):
            return
        first = _opening(found, self.folded, match, rule.reads, self._compiled)
        value = read(rule.reads, match, self._context(begin, first))
        start, end, name = begin, match.end(), rule.id
        self._anchors.add(begin, end, match[0], value)
        whole = _joined(first, value, rule.reads) if first else ""
        if first and whole:
            found.pop()
            start, value, name = first.start, whole, first.rule
        found.append(Date.known(start=start, end=end, quote=self.text[start:end], value=value, rule=name))

    def _context(self, begin: int, first: Date | None) -> DateContext:
        """What a date that begins there is read against; ``first``: the date that it closes a period with."""
        closes = (
            self._article is not None
            and self.folded.endswith(self._cutoffs, 0, begin)
            and self._compiled.month.match(self.folded, begin)
        )
        return DateContext(
            self._article,
            None if closes else self._anchors.at(begin),
            self._compiled.words,
            self._signs,
            parse(first.value.partition("/")[0]) if first else None,
            self._anchors.told,
            self._anchors.subject,
            self._anchors.day,
        )


def _opening(
    found: list[Date], text: str, match: re.Match[str], reads: str, compiled: DatePatterns
) -> Date | None:
    """The date straight before, where this one closes a period with it: 上周五到昨天."""
    last = found[-1] if found else None
    if last is None or last.end >= match.start() or last.end < match.start() - _JOINT:
        return None
    if reads not in _ENDS or not last.value or _OPEN in last.value:
        return None
    if not compiled.joint.fullmatch(text, last.end, match.start()):
        return None
    own = any(name.endswith("2") and group for name, group in match.groupdict().items())
    return None if own or compiled.reads[last.rule] not in _ENDS - {_NOW} else last


def _joined(first: Date, value: str, reads: str) -> str:
    """The period from one date to another; empty where there is none."""
    begin, end = first.value.partition("/")[0], value.rpartition("/")[-1]
    if reads == _NOW:
        return f"{begin}/{_OPEN}"
    return f"{begin}/{end}" if end and end != _OPEN and begin <= end else ""


class _Anchors:
    """The date that completes one without a year or month, as the text goes on.

    It is the last one of the same sentence, or the one that opened an earlier sentence of the paragraph and
    so governs what follows. A period open at its end completes nothing, nor do several years. A relative word
    completes others of its sentence where it names a month (明年3月开工，8月完工); a bare one (今年) ends that. In a
    text without a date of its own the year that was named last completes what nothing else does. Of what year that year
    is (当年, 次年) tells any date of the paragraph, even one that governs nothing but its own sentence.
    """

    def __init__(self, text: str, undated: bool, years: tuple[str, ...]) -> None:
        self._text, self._undated, self._years = text, undated, years
        self._named: Point | None = None
        self._near: Point | None = None
        self._opening: Point | None = None
        self._borrowed = False
        self._seen = 0
        self.told: Point | None = None  # the date last named in the paragraph, by its year or in figures
        self.day: Point | None = None  # the day last named
        self.subject: Point | None = None  # the year that the first line names, if it is a title
        self._titled = True

    def at(self, offset: int) -> Point | None:
        """The date in force for one that begins at ``offset``; offsets must not go back."""
        for mark in _BREAK.finditer(self._text, self._seen, offset):
            self._near, self._titled = None, False
            if mark[0] == "\n":
                self._opening = self.told = None
        self._seen = max(self._seen, offset)
        return self._near or self._opening or self._named

    def add(self, start: int, end: int, quote: str, value: str) -> None:
        """Take note of a date that was found."""
        if self._titled and _YEAR.fullmatch(value):
            self.subject = parse(value)
        if not value or value.endswith(".."):
            return
        if len(value) == _DAY and "/" not in value:
            self.day = parse(value)
        if not _YEARS.fullmatch(value) and (quote.startswith(self._years) or any(map(str.isdigit, quote))):
            self.told = parse(value.rpartition("/")[-1])
        if not quote[0].isdigit():
            self._relative(quote, value)
            return
        if _YEARS.fullmatch(value):
            self._near = None
            return
        self._near, self._borrowed = parse(value.rsplit("/", maxsplit=1)[-1]), False
        if self._undated and self._near:
            self._named = Point(self._near.year)
        opens = _OPENING.search(self._text[max(0, start - 8) : start])
        if opens and self._text[end : end + 1] in _COMMA:
            self._opening = self._near

    def _relative(self, quote: str, value: str) -> None:
        if any(sign.isdigit() for sign in quote):
            self._near = parse(value.rsplit("/", maxsplit=1)[-1])
            self._borrowed = True
        elif self._borrowed:
            self._near, self._borrowed = None, False
