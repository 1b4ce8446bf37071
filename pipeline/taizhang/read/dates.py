"""Read: a publication date, however a site writes it, as ISO 8601 and no more precise than written."""

from __future__ import annotations

import re
from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2099
ISO = re.compile(
    r"\s*(?P<y>\d{4})(?:(?P<sep>[-/.])(?P<m>\d{1,2})(?:(?P=sep)(?P<d>\d{1,2}))?"
    r"|\s?年(?:\s?(?P<hm>\d{1,2})\s?月(?:\s?(?P<hd>\d{1,2})\s?[日号])?)?)?"
    r"(?:[T\s]{1,3}[\d:.+\-Z时分秒\s]{0,40})?\s*"
)
COMPACT = re.compile(r"\s*(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:\d{6})?\s*")
DAY_FIRST = re.compile(r"\s*(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?:\s{1,4}[\d:]{4,8})?\s*")
HAN_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "Ｏ": "0",
    "O": "0",
}
HAN = re.compile(
    r"\s*(?P<y>[〇○零ＯO一二三四五六七八九]{4})\s?年\s?(?P<m>[一二三四五六七八九十]{1,2})\s?月"
    r"(?:\s?(?P<d>[一二三四五六七八九十]{1,3})\s?[日号])?\s*"
)
LONGEST = 60  # a longer text is prose, not a date
LANGUAGES = ["zh", "zh-Hant", "en"]
SETTINGS = {"DATE_ORDER": "DMY", "PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["year", "month"]}


def published(text: str) -> str | None:
    """``text`` as an ISO date, month or year; None where it is none, or none that can be.

    >>> published("21.01.2020  11:01"), published("2019年9月"), published("昨天"), published("9月29日")
    ('2020-01-21', '2019-09', None, None)
    """
    for pattern in (ISO, COMPACT, DAY_FIRST):
        found = pattern.fullmatch(text)
        if found:
            parts = found.groupdict()
            month, day = parts.get("m") or parts.get("hm"), parts.get("d") or parts.get("hd")
            return iso(int(parts["y"]), int(month) if month else None, int(day) if day else None)
    han = HAN.fullmatch(text)
    if han:
        year = int("".join(HAN_DIGITS[c] for c in han["y"]))
        return iso(year, _tens(han["m"]), _tens(han["d"]) if han["d"] else None)
    return _parsed(text) if len(text) <= LONGEST and re.search(r"\d{4}", text) else None


def _tens(figures: str) -> int:
    """A month or a day in Chinese figures.

    >>> _tens("二十三"), _tens("十"), _tens("六")
    (23, 10, 6)
    """
    before, ten, after = figures.rpartition("十")
    tens = int(HAN_DIGITS.get(before, "1")) if ten else 0
    return 10 * tens + int(HAN_DIGITS.get(after, "0"))


def iso(year: int, month: int | None, day: int | None) -> str | None:
    """A date with as many parts as are given; None where the calendar has no such day.

    >>> iso(2020, 2, None), iso(2021, 2, 29)
    ('2020-02', None)
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        full = date(year, 1 if month is None else month, 1 if day is None else day).isoformat()
    except ValueError:
        return None
    return full[: 4 if month is None else 7 if day is None else 10]


def _parsed(text: str) -> str | None:
    """By dateparser, which may not fill in what is missing, nor look at the clock."""
    from dateparser.date import DateDataParser  # noqa: PLC0415  (half a second to import, seldom needed)

    parser = DateDataParser(languages=LANGUAGES, settings=dict(SETTINGS))
    data = parser.get_date_data(text)
    found = data.date_obj
    if found is None:
        return None
    return iso(found.year, found.month, found.day if data.period in {"day", "time"} else None)
