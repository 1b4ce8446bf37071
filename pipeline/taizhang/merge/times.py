"""The merge room's times: ISO 8601 dates, months, years and intervals as their first and last day."""

from __future__ import annotations

from calendar import monthrange
from typing import NamedTuple

EVER, NEVER = "0000-00-00", "9999-99-99"


class Days(NamedTuple):
    """First and last day as ISO dates, which compare as text."""

    first: str
    last: str


def days(time: str) -> Days:
    """The days that a record's ``time`` covers; an open end is before or after all days.

    >>> days("2019-09"), days("2019/2019-06"), days("2017/..")[0]
    (Days(first='2019-09-01', last='2019-09-30'), Days(first='2019-01-01', last='2019-06-30'), '2017-01-01')
    """
    begin, _, end = time.partition("/")
    return Days(_first(begin), _last(end or begin))


def earliest(published: list[str]) -> str | None:
    """The publication date that may be the first, as precise as it is known; None where none is.

    >>> earliest(["2019-10-20", "2019-10", "2020"])
    '2019-10'
    """
    return min(published, key=lambda date: (_first(date), len(date)), default=None)


def latest(published: list[str]) -> str | None:
    """The publication date that may be the last.

    >>> latest(["2019-10-20", "2019-10"])
    '2019-10'
    """
    return max(published, key=lambda date: (_last(date), -len(date)), default=None)


def _first(date: str) -> str:
    return EVER if date == ".." else (date + "-01-01")[:10] if len(date) <= 7 else date[:10]


def _last(date: str) -> str:
    if date == "..":
        return NEVER
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]:02}"
    return date[:10]
