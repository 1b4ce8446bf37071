"""Numbers: lines with a number: that of an item which a figure follows straight is no part of it: 7.15个城市."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.extract.candidates import Exclusion

RULE = "ordinal.numbered-line"
_ITEM = re.compile(r"^[ \u3000]*(\d{1,2})[.．]", re.MULTILINE)
_FIGURE = re.compile(r"\d")
_LEAST = 3  # items that make a list


def numbered(text: str) -> Iterator[Exclusion]:
    """The numbers of items with which a figure seems to begin, in lists of lines that count up by one.

    A single line that begins with ``7.15`` may hold a decimal; between lines with 6 and 8 it is the seventh.

    >>> [text[e.start : e.end] for text in ("1.甲\\n2.15个城市\\n3.乙", "2.15亿元") for e in numbered(text)]
    ['2.']
    """
    series: list[re.Match[str]] = []
    for item in _ITEM.finditer(text):
        if series and int(item[1]) != int(series[-1][1]) + 1:
            yield from _glued(text, series)
            series = []
        series.append(item)
    yield from _glued(text, series)


def _glued(text: str, series: list[re.Match[str]]) -> Iterator[Exclusion]:
    if len(series) < _LEAST:
        return
    for item in series:
        if _FIGURE.match(text, item.end()):
            yield Exclusion(item.start(1), item.end(), "ordinal", RULE)
