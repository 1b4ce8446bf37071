"""Dates: what a matched date means: one reading for each kind of pattern in ``dates.toml``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable

from taizhang.extract.dates.calendar import (
    Point,
    count_of,
    nth_weekday,
    parse,
    period,
    since,
    year_number,
)
from taizhang.extract.dates.context import BACKWARD, DateContext, Groups, edged, figure, nearest_year, year_of
from taizhang.extract.dates.feasts import feast, lunar
from taizhang.extract.dates.holidays import holidays, travel_rush
from taizhang.extract.dates.near import (
    ago,
    ahead,
    days_ahead,
    days_back,
    days_to_come,
    now,
    this_month,
    this_quarter,
    this_year,
    week,
    years_ago,
    years_ahead,
    years_back,
)

HALF_MONTH = 15
DECADE = 10
CENTURY = 100
WHOLE = "year"  # what a part of the year means that stands for all of it
YEAR = 12  # months
LISTED = "、"
LEAP = 8  # years within which a 29 February comes again


def calendar(groups: Groups, context: DateContext) -> str:
    """Years, months and days, one or a range, perhaps open at the end."""
    first = _point(groups, context)
    if first is None:
        return ""
    if not any(groups.get(f"{g}2") for g in ("y", "yw", "m", "d")):
        return edged(groups, first, first)
    second = _second(groups, first, context)
    if second and groups.get("list") and not _neighbours(groups["list"] or "", first, second):
        return ""
    return edged(groups, first, second) if second is None or str(first) <= str(second) else ""


def _neighbours(listed: str, first: Point, second: Point) -> bool:
    """Whether a list from the first month or day to the second leaves none between them out: 3、4、5月, not 3、6月."""
    step = (second.day or 0) - (first.day or 0) if second.day else (second.month or 0) - (first.month or 0)
    return listed.count(LISTED) == step


def _point(groups: Groups, context: DateContext) -> Point | None:
    word = groups.get("dw")
    if word:
        return _day_word(word, groups, context)
    same = groups.get("same")
    if same:
        return context.day.days_on(int(context.words["same-day-word"][same])) if context.day else None
    month = figure(groups.get("m"), context)
    day = figure(groups.get("d"), context)
    if day and not month:
        return _bare_day(day, context)
    last = figure(groups.get("m2"), context) if not groups.get("y2") and not groups.get("yw2") else None
    year = year_of(groups, month if _under_way(month, last, context) else last or month, context)
    if year and month and last and _turns(groups, month, last, context):
        year = _winter(year, month, last, context)
    if (month, day) == (2, 29) and year and not (groups.get("y") or groups.get("yw")):
        year = next((y for y in range(year, year - LEAP, -1) if monthrange(y, 2)[1] == day), year)
    point = Point(year, month, day) if year else None
    return point if point and point.real else None


def _under_way(first: int | None, last: int | None, context: DateContext) -> bool:
    """Whether the article appeared in one of the months from the first to the last; from January on they add up."""
    now = context.published.month if context.published else None
    return first is not None and last is not None and now is not None and 1 < first <= now <= last


def _turns(groups: Groups, first: int, last: int, context: DateContext) -> bool:
    """Whether a period goes on into the next year, and nothing but the article's day says which one that is."""
    named = groups.get("y") or groups.get("yw") or context.anchor or context.begins
    return last < first and not named and context.published is not None


def _winter(year: int, first: int, last: int, context: DateContext) -> int:
    """The year in which that of two such periods begins which is nearer to the article's month."""
    now = context.published
    if now is None or now.month is None:
        return year

    def away(begin: int) -> int:
        here = now.year * YEAR + (now.month or 1)
        return max(begin * YEAR + first - here, here - ((begin + 1) * YEAR + last), 0)

    return min((now.year - 1, now.year), key=away)


def _day_word(word: str, groups: Groups, context: DateContext) -> Point | None:
    month, day = figure(groups.get("m"), context), figure(groups.get("d"), context)
    if month and day:
        year = nearest_year(month, context.published)
        return Point(year, month, day) if year and Point(year, month, day).real else None
    if context.published is None or not context.published.day:
        return None
    here = context.published.days_on(int(context.words["day-word"][word]))
    shift = int(context.words["year-word"][groups["yw"] or ""][1:]) if groups.get("yw") else 0
    point = Point(here.year + shift, here.month, here.day)
    return point if point.real else None


def _bare_day(day: int, context: DateContext) -> Point | None:
    """A day of the month last named, or of the article's month."""
    anchor = context.begins or context.anchor
    base = anchor if anchor and anchor.month else context.published
    if base is None or not base.month:
        return None
    if base is context.published and base.day and day - base.day > HALF_MONTH:
        base = base.months_on(-1)
    point = Point(base.year, base.month, day)
    return point if point.real else None


def _second(groups: Groups, first: Point, context: DateContext) -> Point | None:
    """The end of a range: what it does not name is the same as at the beginning."""
    month = figure(groups.get("m2"), context) or (first.month if groups.get("d2") else None)
    day = figure(groups.get("d2"), context)
    named = groups.get("y2") or groups.get("yw2")
    year = _later_year(groups, first, month, context) if named else first.year
    if year and not named and (month or 0) < (first.month or 0):
        year += 1
    point = Point(year, month, day) if year else None
    return point if point and point.real else None


def _later_year(groups: Groups, first: Point, month: int | None, context: DateContext) -> int | None:
    """The year that the end of a range names; 次年 and 同年 count from that of its beginning."""
    meaning = context.words["year-word"].get(groups.get("yw2") or "", "")
    if meaning[:1] in {"a", "b"}:
        return first.year + int(meaning[1:])
    return year_of(groups, month, context, "2")


def part_of_year(groups: Groups, context: DateContext) -> str:
    """Halves, quarters, seasons, terms and the edges of a year."""
    name = groups["p"] or ""
    lists = ("part-of-year", "season", "season-short", "half-sign")
    meaning = next(context.words[words][name] for words in lists if name in context.words[words])
    if meaning == WHOLE:
        whole = parse(full_year(groups, context))
        return edged(groups, whole, whole)
    months = [int(n) for n in meaning.split("-")]
    year = year_of(groups, months[-1], context)
    if year is None:
        return ""
    side = context.words["edge-of-part"].get(groups.get("e") or "")
    if side and len(months) > 1:
        months = months[:1] if side == "first" else months[-1:]
    return edged(groups, Point(year, months[0]), Point(year, months[-1]))


def quarters(groups: Groups, context: DateContext) -> str:
    """From one quarter of a year to another, or one quarter."""
    first = int(context.words["quarter-figure"][groups["q"] or ""])
    last = int(context.words["quarter-figure"][groups.get("r") or groups["q"] or ""])
    year = year_of(groups, 3 * last, context)
    if not year or (groups.get("r") and first >= last):
        return ""
    return period(Point(year, 3 * first - 2), Point(year, 3 * last))


def weekday_of_month(groups: Groups, context: DateContext) -> str:
    """The n-th Monday of a month."""
    month, count = figure(groups.get("m"), context), count_of(groups["n"] or "", context.signs)
    year = year_of(groups, month, context)
    if not year or not month:
        return ""
    wanted = [int(n) for n in context.words["weekday"][groups["p"] or ""].split("-")]
    first = nth_weekday(year, month, count, wanted[0])
    return period(first, first.days_on(wanted[-1] - wanted[0])) if first.month == month else ""


def first_months(groups: Groups, context: DateContext) -> str:
    """The first N months of a year, or its last."""
    last = count_of(groups["n"] or "", context.signs)
    year = year_of(groups, last, context)
    if groups.get("back"):
        return period(Point(year, 13 - last), Point(year, 12)) if year else ""
    return period(Point(year, 1), Point(year, last)) if year else ""


def full_year(groups: Groups, context: DateContext) -> str:
    """The whole year: the one named, that of a text about a past year, or the last that was (nearly) over by then."""
    if groups.get("y") or groups.get("yw") or context.anchor:
        year = year_of(groups, None, context)
        return str(Point(year)) if year else ""
    if context.published is None:
        return ""
    if context.subject and context.subject.year < context.published.year:
        return str(context.subject)
    return str(Point(context.published.year - ((context.published.month or 12) <= BACKWARD)))


def dynastic_year(groups: Groups, context: DateContext) -> str:
    """A year of an era of the dynasties."""
    number = figure(groups["n"], context)
    return str(Point(int(context.words["dynastic-era"][groups["p"] or ""]) + number)) if number else ""


def school_year(groups: Groups, context: DateContext) -> str:
    """A school year, September to August."""
    year = year_number(groups["y"] or "", context.signs)
    return period(Point(year, 9), Point(year + 1, 8))


def plan(groups: Groups, context: DateContext) -> str:
    """A five-year plan: all of it, or what is behind since it began."""
    years = context.words["plan"][groups.get("p") or groups.get("p2") or groups.get("p3") or ""]
    end = groups.get("f") or groups.get("f2") or groups.get("f3") or ""
    first, last = (Point(int(y)) for y in years.split("/"))
    sides = {"since": since(first), "first": str(first), "last": str(last)}
    return sides.get(context.words["plan-edge"].get(end, ""), period(first, last))


def event(groups: Groups, context: DateContext) -> str:
    """A period since a known event."""
    return since(parse(context.words["event"][groups["p"] or ""]))


def decade(groups: Groups, context: DateContext) -> str:
    """A decade of a century, or two of them together; without a decade the whole century, or none."""
    if groups.get("y"):  # 2010年代
        first = year_number(groups["y"] or "", context.signs)
        return "" if first % DECADE else period(Point(first), Point(first + DECADE - 1))
    tens = [context.words["decade"].get(c) for c in groups.get("p") or groups.get("q") or ""]
    found = [int(t) for t in tens if t]
    century = _century(groups, context)
    if not found:
        return edged(groups, Point(century), Point(century + CENTURY - 1)) if groups.get("whole") else ""
    return edged(groups, Point(century + found[0] * 10), Point(century + found[-1] * 10 + 9))


def _century(groups: Groups, context: DateContext) -> int:
    """The first year of the century that is named, as it is spoken of: 1800 of the nineteenth; 1900 where none is."""
    number = groups.get("cn") or groups.get("ch")
    if number:
        return (count_of(number, context.signs) - 1) * CENTURY
    return int(context.words["century"].get(groups.get("c") or "", "1900"))


def nothing(groups: Groups, context: DateContext) -> str:
    """A time that the text does not tell."""
    return ""


READINGS: dict[str, Callable[[Groups, DateContext], str]] = {
    "calendar": calendar,
    "part-of-year": part_of_year,
    "first-months": first_months,
    "full-year": full_year,
    "dynastic-year": dynastic_year,
    "school-year": school_year,
    "this-month": this_month,
    "this-quarter": this_quarter,
    "quarters": quarters,
    "weekday-of-month": weekday_of_month,
    "ago": ago,
    "ahead": ahead,
    "lunar": lunar,
    "week": week,
    "feast": feast,
    "holidays": holidays,
    "travel-rush": travel_rush,
    "plan": plan,
    "event": event,
    "decade": decade,
    "this-year": this_year,
    "years-ago": years_ago,
    "years-back": years_back,
    "years-ahead": years_ahead,
    "days-ahead": days_ahead,
    "days-back": days_back,
    "days-to-come": days_to_come,
    "now": now,
    "nothing": nothing,
}


def read(reads: str, match: re.Match[str], context: DateContext) -> str:
    """The ISO 8601 value of one match."""
    return READINGS[reads](match.groupdict(), context)
