"""Read: what the rooms of tables in plain text share: lines and cells as spans, and what a cell is at first sight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

BLANK = " \t\u3000\u00a0\r"
FIGURE = re.compile(
    r"[-−－+＋]?[0-9]++(?:[,，][0-9]{3})*+(?:\.[0-9]++)?[%％‰]?"  # 1,234.5
)
NOTHING = re.compile(r"[-—－–…]{1,4}")  # what stands where no figure is
YEAR = re.compile(r"(?:19|20)[0-9]{2}年?")
DIGIT = re.compile(r"[0-9０-９]")
SENTENCE = re.compile(r"[。；！？]")
HAN = re.compile("[\u4e00-\u9fff]")
LETTER = re.compile("[A-Za-z\u4e00-\u9fff]")

Span = tuple[int, int]


class CellSpan(NamedTuple):
    """Where a cell stands in the text, and its column; it may go over several."""

    start: int
    end: int
    column: int
    columns: int = 1


class TableLines(NamedTuple):
    """Lines ``[first, last)`` that are a table, with the cells of each row."""

    first: int
    last: int
    rows: list[list[CellSpan]]


class Lines(NamedTuple):
    """A text by its lines: the bounds of each, without the end of the line."""

    text: str
    bounds: list[Span]

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines of a text.

        >>> Lines.of("甲\\n乙丙").bounds
        [(0, 1), (2, 4)]
        """
        bounds, at = [], 0
        for line in text.split("\n"):
            bounds.append((at, at + len(line)))
            at += len(line) + 1
        return cls(text, bounds)

    def line(self, number: int) -> str:
        """One of them."""
        start, end = self.bounds[number]
        return self.text[start:end]


def side_by_side(spans: Iterable[Span], first: int = 0) -> list[CellSpan]:
    """Cells in columns one after the other."""
    return [CellSpan(a, b, column) for column, (a, b) in enumerate(spans, first)]


def is_figure(text: str) -> bool:
    """Whether a cell is one number in figures.

    >>> is_figure("1,234.5"), is_figure("-3%"), is_figure("366 365"), is_figure("5户")
    (True, True, False, False)
    """
    return FIGURE.fullmatch(text) is not None


def are_years(texts: Sequence[str]) -> bool:
    """Whether all are years, none told twice.

    >>> are_years(["2019", "2020年"]), are_years(["2019", "35"]), are_years([])
    (True, False, False)
    """
    return bool(texts) and len(set(texts)) == len(texts) and all(YEAR.fullmatch(text) for text in texts)
