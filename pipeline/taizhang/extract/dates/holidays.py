"""Dates: the days off of a feast and the days of travel about the Spring Festival, all of them or a part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from taizhang.extract.dates.calendar import Point, count_of, parse, period, since
from taizhang.extract.dates.context import DateContext, Groups
from taizhang.extract.dates.feasts import feast, feast_day, meaning_of, nearest, year_named

TABLE = "holidays.tsv"
WEEK = 7
SPRING = ("lunar", "1-1")  # the Spring Festival
HOLIDAY = "holiday"  # the list of words that the table is looked up in


def days_off(rows: Iterable[Sequence[str]], words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The table by the meaning of the feast and its year, with the period.

    >>> days_off([["国庆", "2024-10-01", "2024-10-07"]], {"feast": {"国庆": "solar:10-1"}})
    {'solar:10-1 2024': '2024-10-01/2024-10-07'}
    """
    return {f"{meaning_of(name, words)} {last[:4]}": f"{first}/{last}" for name, first, last in rows}


def holidays(groups: Groups, context: DateContext) -> str:
    """The days off of a feast, or the first of them; where the table ends, the month of the feast.

    Of a feast that is not named: of the one that began last before the article, if it is no more than a week over.
    """
    if not groups.get("p"):
        span = _nearest_span(context)
    else:
        day, meaning = feast_day(groups, context), meaning_of(groups["p"] or "", context.words)
        span = context.words[HOLIDAY].get(f"{meaning} {day.year}") if day else None
        if span is None:
            return feast({**groups, "holidays": "all"}, context)
    if span is None:
        return ""
    first, _, last = span.partition("/")
    return _part(groups, parse(first), parse(last), context)


def _nearest_span(context: DateContext) -> str | None:
    """The days off in which the article was published, or in the week after which it was."""
    now = context.published
    if now is None or not now.day:
        return None
    week_ago, today = str(now.days_on(-WEEK)), str(now)
    spans = context.words[HOLIDAY].values()
    return next(
        (span for span in spans if span[: len(today)] <= today and span[-len(today) :] >= week_ago), None
    )


def travel_rush(groups: Groups, context: DateContext) -> str:
    """The days of travel about the Spring Festival, the first of them, or all since they began."""
    before, _, after = context.words["travel-rush"][groups["p"] or ""].partition("/")
    new_year = nearest(*SPRING, year_named(groups, context), context)
    if new_year is None:
        return ""
    first = new_year.days_on(int(before))
    return (
        since(first) if groups.get("since") else _part(groups, first, new_year.days_on(int(after)), context)
    )


def _part(groups: Groups, first: Point | None, last: Point | None, context: DateContext) -> str:
    """What is named of a span: its first N days, its N-th or first day, a week in place of each day; else all."""
    if first is None or last is None:
        return ""
    step = WEEK if groups.get("weeks") else 1
    if groups.get("first"):
        return period(first, first.days_on(step * count_of(groups["n"] or "", context.signs) - 1))
    if groups.get("nth"):
        first = first.days_on(step * (count_of(groups["n2"] or "", context.signs) - 1))
    elif not groups.get("opening"):
        return period(first, last)
    return period(first, first.days_on(step - 1))
