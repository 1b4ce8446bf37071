"""Read: tables in plain text whose cells stand below each other, a line each, as they come out of copied pages.

Nothing but the order tells the columns: a head of so many lines, then rows of as many, words first, figures after
them. A line of words between two rows names the group of those below.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

FIGURE = re.compile(r"[-−－+＋]?[0-9]++(?:[,，][0-9]{3})*+(?:\.[0-9]++)?[%％]?|[-—－–]{1,3}")
DIGIT = re.compile(r"[0-9０-９]")
SENTENCE = re.compile(r"[。；！？，]")
LONGEST = 24  # characters of a cell
MOST_WORDS = 3  # cells of words that open a row
FEWEST = 3  # rows; of two columns, which any list of names and figures may look like, one more


class Stack(NamedTuple):
    """Lines ``[first, last)`` that are a table, with the numbers of the lines of each row, the head first."""

    first: int
    last: int
    rows: list[list[int]]


class _Shape(NamedTuple):
    words: int  # cells that open a row
    figures: int

    @property
    def width(self) -> int:
        return self.words + self.figures


def stacks(lines: Sequence[str]) -> Iterator[Stack]:
    """The stacked tables among the lines of a text.

    >>> [s.rows for s in stacks("县\\n户\\n甲\\n5\\n乙\\n6\\n丙\\n7\\n丁\\n8".split("\\n"))]
    [[[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]]]
    """
    run: list[int] = []
    for number, line in enumerate((*lines, "。")):
        body = line.strip()
        if not body and run:
            continue
        if body and len(body) <= LONGEST and not SENTENCE.search(body):
            run.append(number)
            continue
        found = _stack(run, lines) if len(run) > FEWEST * 2 else None
        if found:
            yield found
        run = []


def _stack(run: Sequence[int], lines: Sequence[str]) -> Stack | None:
    figure = [FIGURE.fullmatch(lines[number].strip()) is not None for number in run]
    shape = _shape(figure)
    if shape is None:
        return None
    first = figure.index(True) - shape.words
    rows, end = _rows(figure, first, shape)
    full = sum(len(row) == shape.width for row in rows)
    if first < shape.width or full < FEWEST + (shape.width == 2):
        return None
    head = _head([lines[number] for number in run[:first]], shape, grouped=full < len(rows))
    every = [list(range(head, head + shape.width)), *([i] for i in range(head + shape.width, first)), *rows]
    last = run[end] if end < len(run) else run[-1] + 1
    return Stack(run[head], last, [[run[i] for i in row] for row in every])


def _shape(figure: Sequence[bool]) -> _Shape | None:
    """How most rows after the first are made: so many words, then so many figures."""
    runs: list[int] = []  # the lengths of runs of words and of figures by turns, words first
    for number, is_figure in enumerate(figure):
        if number and is_figure == figure[number - 1]:
            runs[-1] += 1
        elif runs or not is_figure:
            runs.append(1)
    pairs = Counter(zip(runs[2::2], runs[3::2], strict=False))
    if not pairs:
        return None
    (words, figures), count = max(pairs.items(), key=lambda pair: (pair[1], -pair[0][0], -pair[0][1]))
    return _Shape(words, figures) if words <= MOST_WORDS and count >= FEWEST - 1 else None


def _rows(figure: Sequence[bool], at: int, shape: _Shape) -> tuple[list[list[int]], int]:
    """The rows from ``at`` on as numbers in the run, a group's name as a row of one; and where they end."""
    rows: list[list[int]] = []
    while _is_row(figure, at, shape) or _is_row(figure, at + 1, shape):
        size = shape.width if _is_row(figure, at, shape) else 1
        if figure[at]:
            break
        rows.append(list(range(at, at + size)))
        at += size
    return rows, at


def _is_row(figure: Sequence[bool], at: int, shape: _Shape) -> bool:
    """Whether a row stands there; a word may stand for a figure (持平) where another one is there."""
    words, figures = figure[at : at + shape.words], figure[at + shape.words : at + shape.width]
    if any(words) or len(figures) < shape.figures or not figures[0]:
        return False
    after = at + shape.width
    return all(figures) or (shape.figures > 1 and (after >= len(figure) or not figure[after]))


def _head(lines: Sequence[str], shape: _Shape, grouped: bool) -> int:
    """Where the head begins among the lines before the first row: behind the caption, before a group's name."""
    extra = len(lines) - shape.width
    dated = [i for i in range(extra) if DIGIT.search(lines[i])]
    if dated:
        return max(dated[-1] + 1, extra - 1)
    return max(extra - 1, 0) if grouped else extra
