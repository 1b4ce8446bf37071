"""Read: tables in plain text whose cells only single blanks part: a name and so many figures in each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.read.plain_rows import CellSpan, Lines, Span, TableLines, side_by_side
from taizhang.read.spaced_lines import MOST_CELLS, SPACED, SpacedLine, spaced_line

FEWEST_ROWS = 3
MOST_NAMES = 3  # columns of words
MOST_WORDS = 2  # lines between the head and the first row
MOST_WAITING = 4  # lines between two rows that are none themselves
MOST_EMPTY = 2  # lines side by side


class _Head(NamedTuple):
    """The line of a head.

    Attributes:
        number: of the line.
        names: how many columns of words the rows begin with.
        figures: how many columns of figures there are.
        cells: those of the head.
    """

    number: int
    names: int
    figures: int
    cells: list[CellSpan]

    @property
    def has_corner(self) -> bool:
        """Whether something stands over the names."""
        return self.cells[0].column < self.names


def spaced(lines: Lines) -> Iterator[TableLines]:
    """The tables of a text that single blanks cut into cells, from the top down.

    >>> text = "作物 2019 2020\\n稻 谷 35 36\\n玉米 12.5 13\\n豆类 8 9"
    >>> [[[text[c.start : c.end] for c in row] for row in run.rows] for run in spaced(Lines.of(text))][0][:2]
    [['作物', '2019', '2020'], ['稻 谷', '35', '36']]
    """
    if not SPACED.search(lines.text):
        return
    read = [spaced_line(lines.text, *bounds) for bounds in lines.bounds]
    at = free = 0
    while at < len(read):
        line = read[at]
        head = _head_above(read, at, free) if line and line.figures and not line.is_head else None
        rows = _Rows(read, head) if head else None
        run = rows.run() if rows else None
        if run:
            yield run
            free = run.last
        at = max(rows.last, at + 1) if rows else at + 1


def _head_above(read: Sequence[SpacedLine | None], at: int, free: int) -> _Head | None:
    """The head of the row ``at``: the nearest line above it that has as many cells; only words stand between."""
    words = empty = 0
    row = read[at]
    for number in range(at - 1, free - 1, -1):
        line = read[number]
        if line is None or row is None or empty > MOST_EMPTY or words > MOST_WORDS:
            return None
        if line.tokens:
            head = _head(line, number, row)
            if head:
                return _first(read, head, row, free)
            if (line.figures and not line.is_head) or (len(line.tokens) > 1 and not line.glossed):
                return None
            words += 1
        empty = 0 if line.tokens else empty + 1
    return None


def _first(read: Sequence[SpacedLine | None], head: _Head, row: SpacedLine, free: int) -> _Head:
    """The head, or the one straight above it, whose years make the other a row of figures that look like years."""
    number = head.number - 1
    while number >= free and (line := read[number]) and line.is_head and line.years == head.figures:
        above = _head(line, number, row)
        if above is None:
            break
        head, number = above, number - 1
    return head


def _head(line: SpacedLine, number: int, row: SpacedLine) -> _Head | None:
    """A line as the head of a row: as many words or years as that has cells, or one less, at the left."""
    size, years, label = len(line.tokens), line.years, row.label
    if not label or size > MOST_CELLS:
        return None
    if years and size > (years == 1) and row.figures == years:
        corner = [(line.start, line.tokens[-years - 1][1])] if size > years else []
        return _Head(number, 1, years, [*side_by_side(corner), *side_by_side(line.tokens[size - years :], 1)])
    fitting = (
        [made for heads in line.heads if (made := _of_words(heads, number, row))] if row.figures > 1 else []
    )
    return fitting[0] if len(fitting) == 1 else None


def _of_words(heads: Sequence[Span], number: int, row: SpacedLine) -> _Head | None:
    names, size = len(row.tokens) - row.figures, len(heads)
    if size == len(row.tokens) and 1 <= names <= MOST_NAMES:
        return _Head(number, names, row.figures, side_by_side(heads))
    if size in (row.figures, row.figures + 1):
        return _Head(number, 1, row.figures, side_by_side(heads, row.figures + 1 - size))
    return None


class _Rows:
    """Takes the rows below a head."""

    def __init__(self, read: Sequence[SpacedLine | None], head: _Head) -> None:
        self._read, self._head = read, head
        self._rows = _heads(read, head)
        self._waiting: list[list[CellSpan]] = []  # lines that no row follows yet
        self._heads, self._full, self._odd = len(self._rows), 0, 0
        self.last = head.number + 1  # the line after the last row

    def run(self) -> TableLines | None:
        """The table; none where too few lines are rows."""
        empty = 0
        for number in range(self.last, len(self._read)):
            line = self._read[number]
            if line is None or self._again(line) or empty > MOST_EMPTY or len(self._waiting) > MOST_WAITING:
                break
            if line.tokens and self._take(line):
                self.last = number + 1
            empty = 0 if line.tokens else empty + 1
        if self._full < FEWEST_ROWS or self._odd > self._full:
            return None
        return TableLines(self._head.number + 1 - self._heads, self.last, self._rows)

    def _again(self, line: SpacedLine) -> bool:
        """Whether a line is the head of the next table."""
        return line.is_head and (line.years != self._head.figures or not line.label)

    def _take(self, line: SpacedLine) -> bool:
        """Put a line where it belongs; whether the table goes so far."""
        row = self._row(line)
        if row is None:
            return self._take_odd(line) if line.figures else self._take_words(line)
        self._rows += [*self._waiting, row]
        self._waiting = []
        return True

    def _row(self, line: SpacedLine) -> list[CellSpan] | None:
        """The cells of a line with a name and something for each column."""
        names, figures = self._head.names, self._head.figures
        words, rest = line.tokens[:-figures], line.tokens[-figures:]
        if not line.label or not words:
            return None
        name = CellSpan(line.start, words[-1][1], 0)
        if not line.figures and line.repeats == figures > 1:  # no head of those below
            return [name, CellSpan(rest[0][0], rest[-1][1], names + figures)]
        if line.figures != figures:
            return None
        self._full += 1
        several = len(words) == names > 1
        return [*(side_by_side(words) if several else [name]), *side_by_side(rest, names)]

    def _take_odd(self, line: SpacedLine) -> bool:
        """Figures that are too few or too many, or that no name stands before: which is whose, nothing tells."""
        self._odd += 1
        names = self._head.names
        figures = CellSpan(
            line.tokens[-line.figures][0],
            line.tokens[-1][1],
            names if line.label else 0,
            self._head.figures if line.label else 1,
        )
        self._waiting.append([CellSpan(*line.label, 0), figures] if line.label else [figures])
        return False

    def _take_words(self, line: SpacedLine) -> bool:
        """Words name the rows below them; those that are not Chinese say again what stands above them."""
        span = (line.start, line.tokens[-1][1])
        if not line.foreign or self._waiting or len(self._rows[-1]) > MOST_CELLS:
            self._waiting.append([CellSpan(*span, 0)])
            return False
        width = self._head.names + self._head.figures
        self._rows[-1].append(CellSpan(*span, max(width, self._rows[-1][-1].column + 1)))
        return True


def _heads(read: Sequence[SpacedLine | None], head: _Head) -> list[list[CellSpan]]:
    """The rows of the head: a year over all columns may stand above it."""
    above = read[head.number - 1] if head.number else None
    if above is None or not above.dated or head.has_corner:
        return [head.cells]
    corner, over = above.tokens
    return [[CellSpan(*corner, 0), CellSpan(*over, head.names, head.figures)], head.cells]
