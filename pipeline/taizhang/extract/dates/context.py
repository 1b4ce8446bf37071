"""Dates: what a date is read against, and the year and the edge that its words give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from taizhang.extract.dates.calendar import Point, count_of, period, since, until, year_number
from taizhang.extract.numbers.numeral import Writing

Groups = Mapping[str, str | None]
Words = Mapping[str, Mapping[str, str]]

HALF_YEAR = 6  # months that a date without a year may lie ahead of the article
BACKWARD = (
    3  # an article of the first three months looks back on the year before when it says "the whole year"
)


@dataclass(frozen=True, slots=True)
class DateContext:
    """What a date without its year or month is read against.

    Attributes:
        published: the article's date.
        anchor: the date named just before that the grammar lets govern this one.
        words: the meanings of the word lists.
        signs: the characters of numerals.
        begins: the beginning of the period that this date closes (去年春节到元宵节).
        told: the date last named in the paragraph, whether or not it governs: of what year 当年 or 次年 is told.
        day: the day last named, in whatever paragraph: what 当天 and 次日 are told from.
        subject: the year that the text's first line names: a bulletin of 2022 means that one by "the whole year".
    """

    published: Point | None
    anchor: Point | None
    words: Words
    signs: Writing
    begins: Point | None = None
    told: Point | None = None
    subject: Point | None = None
    day: Point | None = None


def year_of(groups: Groups, month: int | None, context: DateContext, number: str = "") -> int | None:
    """The year that the groups name, or that the context gives to a bare month."""
    figures, word = groups.get(f"y{number}"), groups.get(f"yw{number}")
    if figures:
        era = groups.get(f"era{number}")
        if era:
            return int(context.words["era"][era]) + count_of(figures, context.signs)
        return year_number(figures, context.signs)
    if word:
        meaning = context.words["year-word"][word]
        from_point = context.published
        if meaning[0] != "p":
            from_point = context.anchor or (context.published if meaning[0] == "b" else context.told)
        return from_point.year + int(meaning[1:]) if from_point else None
    if context.begins:
        return context.begins.year + ((month or 12) < (context.begins.month or 0))
    if context.anchor:
        return context.anchor.year
    return nearest_year(month, context.published)


def nearest_year(month: int | None, published: Point | None) -> int | None:
    """The published year, or the one before where the month would lie more than half a year ahead."""
    if published is None:
        return None
    ahead = (month or 0) - (published.month or 12)
    return published.year - (ahead > HALF_YEAR)


def edged(groups: Groups, first: Point | None, last: Point | None) -> str:
    """The period as its edge says: from its beginning on, up to its end, or itself."""
    if first is None or last is None:
        return ""
    if groups.get("since") or groups.get("from"):
        return since(first)
    return until(last) if groups.get("before") or groups.get("till") else period(first, last)


def figure(figures: str | None, context: DateContext) -> int | None:
    """A month or a day in figures, or a month by its name."""
    named = context.words["month-name"].get(figures or "")
    if named:
        return int(named)
    return count_of(figures, context.signs) if figures else None
