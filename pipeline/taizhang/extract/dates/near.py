"""Dates: times told from the article's own day: months, weeks, quarters, and lengths of time ahead."""

from __future__ import annotations

from taizhang.extract.dates.calendar import Point, count_of, period
from taizhang.extract.dates.context import BACKWARD, DateContext, Groups, edged, figure

QUARTER = 3  # months
TOLD = "told"  # what a month is called that the text has named
WEEK = 7  # days that may lie between an article and the day that it tells of


def this_month(groups: Groups, context: DateContext) -> str:
    """The article's own month and its neighbours, that which the text named last, or a day of one."""
    published = context.published
    if published is None or not published.month:
        return ""
    meaning = context.words["month-word"].get(groups.get("p") or "", "0")
    told = context.told if meaning == TOLD and context.told and not groups.get("yw") else None
    month = told if told and told.month else published.months_on(0 if meaning == TOLD else int(meaning))
    if groups.get("yw"):
        month = Point(month.year + int(context.words["year-word"][groups["yw"] or ""][1:]), month.month)
    day = figure(groups.get("d"), context)
    point = Point(month.year, month.month, day)
    return edged(groups, point, point) if point.real else ""


def this_quarter(groups: Groups, context: DateContext) -> str:
    """The article's own quarter and its neighbours."""
    published = context.published
    if published is None or not published.month:
        return ""
    begins = (published.month - 1) // QUARTER * QUARTER + 1
    shift = QUARTER * int(context.words["quarter-word"][groups["p"] or ""])
    first = Point(published.year, begins).months_on(shift)
    last = first.months_on(QUARTER - 1)
    side = context.words["edge-of-part"].get(groups.get("e") or "")
    return edged(groups, last if side == "last" else first, first if side == "first" else last)


def week(groups: Groups, context: DateContext) -> str:
    """A week near the article's own, Monday to Sunday, a day of it, or from one such day to another."""
    published = context.published
    if published is None or not published.month or not published.day:
        return ""
    monday = published.days_on(7 * _weeks(groups.get("w"), context) - published.weekday)
    days = context.words["weekday"].get(groups.get("p") or "", "0-6").split("-")
    first, last = monday.days_on(int(days[0])), monday.days_on(int(days[-1]))
    if groups.get("q"):
        weeks = (
            _weeks(groups.get("w2"), context) - _weeks(groups.get("w"), context) if groups.get("w2") else 0
        )
        last = monday.days_on(7 * weeks + int(context.words["weekday"][groups["q"] or ""].split("-")[-1]))
    return edged(groups, first, last) if str(first) <= str(last) else ""


def _weeks(word: str | None, context: DateContext) -> int:
    return int(context.words["week-word"][word]) if word else 0


def _count(groups: Groups, context: DateContext) -> int:
    """How many of the unit; one where the unit has no number before it (半年后)."""
    number = groups.get("n")
    return count_of(number, context.signs) if number else 1


def _length(groups: Groups, context: DateContext) -> tuple[int, str, int]:
    """A length of time in days or months, which of the two, and how many of them its unit has (两周: 14, day, 7)."""
    unit, _, worth = context.words["length-short"][groups["u"] or ""].partition("-")
    return _count(groups, context) * int(worth), unit, int(worth)


def ago(groups: Groups, context: DateContext) -> str:
    """A length of time back from the article's day: the day, week or month in which it begins."""
    published = context.published
    if published is None or not published.month:
        return ""
    length, unit, worth = _length(groups, context)
    if unit == "month":
        return str(published.months_on(-length))
    if not published.day:
        return ""
    day = published.days_on(-length)
    monday = day.days_on(-day.weekday)
    return str(day) if worth == 1 else period(monday, monday.days_on(worth - 1))


def ahead(groups: Groups, context: DateContext) -> str:
    """A length of time from the article's day on: the day, week, month or year in which it ends, or all of it."""
    published = context.published
    if published is None:
        return ""
    count = _count(groups, context)
    unit, _, worth = context.words["length"][groups["u"] or ""].partition("-")
    if unit == "year":
        end = Point(published.year + count)
    elif not published.month:
        return ""
    elif unit == "month":
        end = published.months_on(count * int(worth))
    elif not published.day:
        return ""
    else:
        end = published.days_on(count * int(worth))
    if groups.get("within"):
        return period(published, end)
    if unit == "day" and worth != "1":
        monday = end.days_on(-end.weekday)
        return period(monday, monday.days_on(int(worth) - 1))
    return str(end)


def this_year(groups: Groups, context: DateContext) -> str:
    """The article's own year."""
    return str(Point(context.published.year)) if context.published else ""


def years_ago(groups: Groups, context: DateContext) -> str:
    """The year N years before the article; "more than N" has no year."""
    if context.published is None or groups.get("m"):
        return ""
    back = count_of(groups["n"] or "", context.signs)
    return str(Point(context.published.year - back))


def years_back(groups: Groups, context: DateContext) -> str:
    """N years up to the article; one of the first months looks back on the N years that are over."""
    if context.published is None or groups.get("m"):
        return ""
    back = count_of(groups.get("n") or groups.get("n3") or groups.get("n2") or "", context.signs)
    year = context.published.year
    over = (context.published.month or 12) <= BACKWARD
    return period(Point(year - back), Point(year - over))


def years_ahead(groups: Groups, context: DateContext) -> str:
    """N years, the article's own the first of them."""
    if context.published is None:
        return ""
    year = context.published.year
    return period(Point(year), Point(year + count_of(groups["n"] or "", context.signs) - 1))


def days_ahead(groups: Groups, context: DateContext) -> str:
    """N days, the article's own the first of them."""
    published = context.published
    if published is None or not published.day:
        return ""
    return period(published, published.days_on(count_of(groups["n"] or "", context.signs) - 1))


def days_back(groups: Groups, context: DateContext) -> str:
    """N days or weeks, the day that the text tells of the last of them; months up to that of the article.

    That day is the one named last where it is near (on the 10th they said that in the past week); else the article's.
    """
    published = context.published
    if published is None or not published.month:
        return ""
    length, unit, _ = _length(groups, context)
    if unit == "month":
        return period(published.months_on(-length), published.months_on(0))
    if not published.day:
        return ""
    near = {published.days_on(-days) for days in range(WEEK)}
    last = context.day if context.day in near else published
    return period(last.days_on(1 - length), last)


def days_to_come(groups: Groups, context: DateContext) -> str:
    """N days, the first of them the one after the article's."""
    published = context.published
    if published is None or not published.day:
        return ""
    return period(published.days_on(1), published.days_on(_count(groups, context)))


def now(groups: Groups, context: DateContext) -> str:
    """The article's own date."""
    return str(context.published) if context.published else ""
