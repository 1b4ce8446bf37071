"""Dates: feasts, and months and days of the Chinese calendar, as solar days (by borax, for 1900 to 2100)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from borax.calendars.lunardate import InvalidLunarDateError, LCalendars, LunarDate, TermUtils

from taizhang.extract.dates.calendar import Point, count_of, nth_weekday
from taizhang.extract.dates.context import DateContext, Groups, edged, figure, year_of

_OVER = 9  # months that a feast lies back at most where no year is named
_EVE = 30  # the last day of a lunar year, where the year's last month has so many
_SOLAR, _TERM, _WEEK = "solar", "term", "week"


def feast(groups: Groups, context: DateContext) -> str:
    """A feast by its day, its time or its holidays by their month.

    "Before" a feast that opens its month is the month before; before one by the moon, whose day shifts, is its month.
    """
    point = feast_day(groups, context)
    if point is None:
        return ""
    before = context.words["before"].get(groups.get("f") or "")
    if before and meaning_of(groups.get("p") or groups.get("q") or "", context.words).startswith(_SOLAR):
        return str(Point(point.year, point.month).months_on(int(before)))
    month = bool(before or groups.get("f") or groups.get("holidays"))
    found = Point(point.year, point.month) if month else point
    return edged(groups, found, found)


def feast_day(groups: Groups, context: DateContext) -> Point | None:
    """The day of a feast; of the new year's, said when the old one is nearly over, that which is to come."""
    calendar, _, rest = meaning_of(groups.get("p") or groups.get("q") or "", context.words).partition(":")
    if calendar != _SOLAR:
        return nearest(calendar, rest, year_named(groups, context), context)
    month, day = (int(n) for n in rest.split("-"))
    year, now = year_of(groups, month, context), context.published
    told = year_named(groups, context) or context.anchor or context.begins
    if now and not told and (now.month or 0) - month > _OVER:
        year = now.year + 1
    return Point(year, month, day) if year else None


def year_named(groups: Groups, context: DateContext) -> int | None:
    """The year that stands before a feast."""
    return year_of(groups, None, context) if groups.get("y") or groups.get("yw") else None


def nearest(calendar: str, rest: str, year: int | None, context: DateContext) -> Point | None:
    """The feast of a year; with none that nearest to the article's day, or the next after what it closes."""
    if year is not None:
        return _feast_of(calendar, rest, year)
    near = context.begins or context.published
    if near is None:
        return None
    around = range(near.year - 1, near.year + 2)
    found = [point for point in (_feast_of(calendar, rest, y) for y in around) if point]
    here = _day(near)
    if context.begins:
        found = [point for point in found if _day(point) >= here]
    return min(found, key=lambda point: abs((_day(point) - here).days), default=None)


def _day(point: Point) -> date:
    return date(point.year, point.month or 1, point.day or 1)


def _feast_of(calendar: str, rest: str, year: int) -> Point | None:
    if calendar == _WEEK:
        return nth_weekday(year, *(int(n) for n in rest.split("-")))
    if calendar == _TERM:
        try:
            day = TermUtils.day_start_from_term(year, rest)
        except (ValueError, IndexError):
            return None
        return Point(day.year, day.month, day.day)
    month, day = (int(n) for n in rest.split("-"))
    if day == _EVE:  # the eve belongs to the year before the one that it opens
        return solar(year - 1, month, day) or solar(year - 1, month, day - 1)
    return solar(year, month, day)


def solar(year: int, month: int, day: int, leap: bool = False) -> Point | None:
    """The solar day of a lunar one; None where the calendar has no such day or the tables end.

    >>> solar(2021, 8, 15)
    Point(year=2021, month=9, day=21)
    """
    try:
        found = LunarDate(year, month, day, int(leap)).to_solar_date()
    except InvalidLunarDateError:
        return None
    return Point(found.year, found.month, found.day)


def lunar(groups: Groups, context: DateContext) -> str:
    """A month or a day of the Chinese calendar; without a year that which is nearest to the article's day."""
    month = context.words["lunar-month"].get(groups.get("mw") or groups.get("nw") or "")
    number = int(month) if month else figure(groups.get("m"), context)
    if number is None:
        return ""
    day, leap = _lunar_day(groups, context), bool(groups.get("leap"))
    if groups.get("y") or groups.get("yw"):
        year = year_of(groups, None, context)
        years = [year] if year else []
    elif context.published is None:
        return ""
    else:
        years = [context.published.year + shift for shift in (-1, 0, 1)]
    found = [span for span in (_lunar_span(y, number, day, leap) for y in years) if span]
    if not found:
        return ""
    here = _day(context.published or found[0][0])
    first, last = min(found, key=lambda span: abs((_day(span[0]) - here).days))
    return edged(groups, first, last)


def _lunar_day(groups: Groups, context: DateContext) -> int | None:
    return count_of(groups["ld"] or "", context.signs) if groups.get("ld") else None


def _lunar_span(year: int, month: int, day: int | None, leap: bool) -> tuple[Point, Point] | None:
    first = solar(year, month, day or 1, leap)
    if first is None or day:
        return (first, first) if first else None
    last = solar(year, month, LCalendars.ndays(year, month, int(leap)), leap)
    return (first, last) if last else None


def meaning_of(name: str, words: Mapping[str, Mapping[str, str]]) -> str:
    """What a feast's name means: its calendar and its day there."""
    lists = (words[each] for each in ("feast-alone", "feast", "sun-term") if each in words)
    return next(meanings[name] for meanings in lists if name in meanings)
