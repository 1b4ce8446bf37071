"""Dates: points in time and periods as ISO 8601."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from taizhang.extract.numbers.numeral import Writing, plain

CENTURY = 2000  # of a year in two figures
TURN = 50  # from here on a year in two figures is of the century before


class Point(NamedTuple):
    """A year, month or day, only as precise as the text; ``str`` gives ISO 8601.

    >>> str(Point(2019, 9)), str(Point(2019))
    ('2019-09', '2019')
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        rest = (self.month, self.day) if self.month else ()
        return "-".join([f"{self.year:04}", *(f"{n:02}" for n in rest if n)])

    @property
    def real(self) -> bool:
        """Whether the calendar has it."""
        if not 1 <= self.year <= 9999 or not 1 <= (self.month or 1) <= 12:
            return False
        return not self.day or (self.month is not None and self.day <= monthrange(self.year, self.month)[1])

    @property
    def weekday(self) -> int:
        """The day of the week, Monday 0; of a point without a day that of its first.

        >>> Point(2021, 6, 15).weekday
        1
        """
        return date(self.year, self.month or 1, self.day or 1).weekday()

    def months_on(self, count: int) -> Point:
        """The month that is ``count`` months later.

        >>> str(Point(2019, 12).months_on(1))
        '2020-01'
        """
        years, month = divmod((self.month or 1) - 1 + count, 12)
        return Point(self.year + years, month + 1)

    def days_on(self, count: int) -> Point:
        """The day that is ``count`` days later; a point without a day stays as it is."""
        if self.month is None or self.day is None:
            return self
        moved = date(self.year, self.month, self.day) + timedelta(days=count)
        return Point(moved.year, moved.month, moved.day)


def nth_weekday(year: int, month: int, count: int, weekday: int) -> Point:
    """The ``count``-th such day of the week of a month, Monday 0; past its end, a day of the next.

    >>> str(nth_weekday(2020, 5, 2, 6))
    '2020-05-10'
    """
    first = Point(year, month, 1)
    return first.days_on((weekday - first.weekday) % 7 + 7 * (count - 1))


def parse(iso: str | None) -> Point | None:
    """The point that an ISO 8601 date names; None for an empty one.

    >>> parse("2019-12-18")
    Point(year=2019, month=12, day=18)
    """
    parts = [int(n) for n in iso.split("-")] if iso else []
    return Point(*parts) if parts else None


def period(first: Point | None, last: Point | None) -> str:
    """An interval, or one point where both ends are the same; empty where an end is unknown."""
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first}/{last}"


def since(first: Point | None) -> str:
    """A period that is open at its end."""
    return f"{first}/.." if first else ""


def until(last: Point | None) -> str:
    """A period that is open at its beginning."""
    return f"../{last}" if last else ""


def count_of(figures: str, signs: Writing) -> int:
    """A count in digits or Chinese figures, or figures read out one by one.

    >>> from taizhang.extract.numbers.numeral import writing
    >>> from taizhang.rules import RuleSet
    >>> count_of("三十五", writing(RuleSet())), count_of("08", writing(RuleSet()))
    (35, 8)
    """
    return int(plain(figures, signs))


def year_number(figures: str, signs: Writing) -> int:
    """A year in digits or in Chinese figures; two figures belong to this century, from 50 on to the one before.

    >>> from taizhang.extract.numbers.numeral import writing
    >>> from taizhang.rules import RuleSet
    >>> year_number("二〇一九", writing(RuleSet())), year_number("09", writing(RuleSet()))
    (2019, 2009)
    >>> year_number("九八", writing(RuleSet()))
    1998
    """
    number = count_of(figures, signs)
    if number > 99:
        return number
    return number + (CENTURY if number < TURN else CENTURY - 100)
