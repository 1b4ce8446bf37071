"""Extract: what a matched date means: one reading for each kind of pattern in ``dates.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from taizhang.extract.dates_calendar import Point, count_of, parse, period, since, year_number
from taizhang.extract.numbers.numeral import Writing

Groups = Mapping[str, str | None]
Words = Mapping[str, Mapping[str, str]]

HALF_YEAR = 6  # months that a date without a year may lie ahead of the article
BACKWARD = (
    3  # an article of the first three months looks back on the year before when it says "the whole year"
)
HALF_MONTH = 15


@dataclass(frozen=True, slots=True)
class Context:
    """What a date without its year or month is read against.

    Attributes:
        published: the article's date.
        anchor: the date named just before that the grammar lets govern this one.
        words: the meanings of the word lists.
        signs: the characters of numerals.
    """

    published: Point | None
    anchor: Point | None
    words: Words
    signs: Writing


def year_of(groups: Groups, month: int | None, context: Context, number: str = "") -> int | None:
    """The year that the groups name, or that the context gives to a bare month."""
    figures, word = groups.get(f"y{number}"), groups.get(f"yw{number}")
    if figures:
        return year_number(figures, context.signs)
    if word:
        meaning = context.words["year-word"][word]
        from_point = context.published
        if meaning[0] != "p":
            from_point = context.anchor or (context.published if meaning[0] == "b" else None)
        return from_point.year + int(meaning[1:]) if from_point else None
    if context.anchor:
        return context.anchor.year
    return nearest_year(month, context.published)


def nearest_year(month: int | None, published: Point | None) -> int | None:
    """The published year, or the one before where the month would lie more than half a year ahead."""
    if published is None:
        return None
    ahead = (month or 0) - (published.month or 12)
    return published.year - (ahead > HALF_YEAR)


def calendar(groups: Groups, context: Context) -> str:
    """Years, months and days, one or a range, perhaps open at the end."""
    first = _point(groups, context)
    if first is None:
        return ""
    if groups.get("since"):
        return since(first)
    if not any(groups.get(f"{g}2") for g in ("y", "yw", "m", "d")):
        return str(first)
    return period(first, _second(groups, first, context))


def _point(groups: Groups, context: Context) -> Point | None:
    word = groups.get("dw")
    if word:
        return _day_word(word, groups, context)
    month = _figure(groups.get("m"), context)
    day = _figure(groups.get("d"), context)
    if day and not month:
        return _bare_day(day, context)
    last = _figure(groups.get("m2"), context) if not groups.get("y2") and not groups.get("yw2") else None
    year = year_of(groups, last or month, context)
    point = Point(year, month, day) if year else None
    return point if point and point.real else None


def _day_word(word: str, groups: Groups, context: Context) -> Point | None:
    month, day = _figure(groups.get("m"), context), _figure(groups.get("d"), context)
    if month and day:
        year = nearest_year(month, context.published)
        return Point(year, month, day) if year and Point(year, month, day).real else None
    if context.published is None or not context.published.day:
        return None
    return context.published.days_on(int(context.words["day-word"][word]))


def _bare_day(day: int, context: Context) -> Point | None:
    """A day of the month last named, or of the article's month."""
    base = context.anchor if context.anchor and context.anchor.month else context.published
    if base is None or not base.month:
        return None
    if base is context.published and base.day and day - base.day > HALF_MONTH:
        base = base.months_on(-1)
    point = Point(base.year, base.month, day)
    return point if point.real else None


def _second(groups: Groups, first: Point, context: Context) -> Point | None:
    """The end of a range: what it does not name is the same as at the beginning."""
    month = _figure(groups.get("m2"), context) or (first.month if groups.get("d2") else None)
    day = _figure(groups.get("d2"), context)
    named = groups.get("y2") or groups.get("yw2")
    year = year_of(groups, month, context, "2") if named else first.year
    if year and not named and (month or 0) < (first.month or 0):
        year += 1
    point = Point(year, month, day) if year else None
    return point if point and point.real else None


def _figure(figures: str | None, context: Context) -> int | None:
    return count_of(figures, context.signs) if figures else None


def part_of_year(groups: Groups, context: Context) -> str:
    """Halves, quarters, seasons, terms and the edges of a year."""
    name = groups["p"] or ""
    meaning = context.words["part-of-year"].get(name) or context.words["season"][name]
    months = [int(n) for n in meaning.split("-")]
    year = year_of(groups, months[-1], context)
    if year is None:
        return ""
    if groups.get("since"):
        return since(Point(year, months[0]))
    return period(Point(year, months[0]), Point(year, months[-1]))


def first_months(groups: Groups, context: Context) -> str:
    """The first N months of a year."""
    last = count_of(groups["n"] or "", context.signs)
    year = year_of(groups, last, context)
    return period(Point(year, 1), Point(year, last)) if year else ""


def full_year(groups: Groups, context: Context) -> str:
    """The whole year: the one named, or the last that was over or nearly so when the article appeared."""
    if groups.get("y") or groups.get("yw") or context.anchor:
        year = year_of(groups, None, context)
        return str(Point(year)) if year else ""
    if context.published is None:
        return ""
    return str(Point(context.published.year - ((context.published.month or 12) <= BACKWARD)))


def school_year(groups: Groups, context: Context) -> str:
    """A school year, September to August."""
    year = year_number(groups["y"] or "", context.signs)
    return period(Point(year, 9), Point(year + 1, 8))


def this_month(groups: Groups, context: Context) -> str:
    """The article's own month and its neighbours."""
    published = context.published
    if published is None or not published.month:
        return ""
    name = groups.get("p") or ""
    month = published.months_on(int(context.words["month-word"].get(name, "0")))
    return since(month) if groups.get("since") else str(month)


def week(groups: Groups, context: Context) -> str:
    """A week near the article's own, Monday to Sunday, or a day of it."""
    published = context.published
    if published is None or not published.month or not published.day:
        return ""
    monday = published.days_on(7 * int(context.words["week-word"][groups["w"] or ""]) - published.weekday)
    days = context.words["weekday"].get(groups.get("p") or "", "0-6").split("-")
    return period(monday.days_on(int(days[0])), monday.days_on(int(days[-1])))


def feast(groups: Groups, context: Context) -> str:
    """A feast by its month; "before" a feast that opens its month is the month before."""
    month = int(context.words["feast"][groups.get("p") or groups.get("q") or ""])
    year = year_of(groups, month, context)
    if year is None:
        return ""
    before = context.words["before"].get(groups.get("f") or "")
    return str(Point(year, month).months_on(int(before or 0)))


def plan(groups: Groups, context: Context) -> str:
    """A five-year plan: all of it, or what is behind since it began."""
    years = context.words["plan"][groups.get("p") or groups.get("p2") or groups.get("p3") or ""]
    end = groups.get("f") or groups.get("f2") or groups.get("f3") or ""
    first, last = (Point(int(y)) for y in years.split("/"))
    sides = {"since": since(first), "first": str(first), "last": str(last)}
    return sides.get(context.words["plan-edge"].get(end, ""), period(first, last))


def event(groups: Groups, context: Context) -> str:
    """A period since a known event."""
    return since(parse(context.words["event"][groups["p"] or ""]))


def decade(groups: Groups, context: Context) -> str:
    """A decade of a century, or two of them together; without a decade the value stays open."""
    tens = [context.words["decade"].get(c) for c in groups.get("p") or groups.get("q") or ""]
    found = [int(t) for t in tens if t]
    if not found:
        return ""
    century = int(context.words["century"].get(groups.get("c") or "", "1900"))
    return period(Point(century + found[0] * 10), Point(century + found[-1] * 10 + 9))


def this_year(groups: Groups, context: Context) -> str:
    """The article's own year."""
    return str(Point(context.published.year)) if context.published else ""


def years_ago(groups: Groups, context: Context) -> str:
    """The year N years before the article; "more than N" has no year."""
    if context.published is None or groups.get("m"):
        return ""
    back = count_of(groups["n"] or "", context.signs)
    return str(Point(context.published.year - back))


def years_back(groups: Groups, context: Context) -> str:
    """N years up to the article; one of the first months looks back on the N years that are over."""
    if context.published is None or groups.get("m"):
        return ""
    back = count_of(groups.get("n") or groups.get("n3") or groups.get("n2") or "", context.signs)
    year = context.published.year
    over = (context.published.month or 12) <= BACKWARD
    return period(Point(year - back), Point(year - over))


def years_ahead(groups: Groups, context: Context) -> str:
    """N years, the article's own the first of them."""
    if context.published is None:
        return ""
    year = context.published.year
    return period(Point(year), Point(year + count_of(groups["n"] or "", context.signs) - 1))


def now(groups: Groups, context: Context) -> str:
    """The article's own date."""
    return str(context.published) if context.published else ""


def nothing(groups: Groups, context: Context) -> str:
    """A time that the text does not tell."""
    return ""


READINGS: dict[str, Callable[[Groups, Context], str]] = {
    "calendar": calendar,
    "part-of-year": part_of_year,
    "first-months": first_months,
    "full-year": full_year,
    "school-year": school_year,
    "this-month": this_month,
    "week": week,
    "feast": feast,
    "plan": plan,
    "event": event,
    "decade": decade,
    "this-year": this_year,
    "years-ago": years_ago,
    "years-back": years_back,
    "years-ahead": years_ahead,
    "now": now,
    "nothing": nothing,
}


def read(reads: str, match: re.Match[str], context: Context) -> str:
    """The ISO 8601 value of one match."""
    return READINGS[reads](match.groupdict(), context)
