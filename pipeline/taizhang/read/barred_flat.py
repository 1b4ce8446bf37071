"""Read: tables in plain text with a cell a line and a bar behind each cell: nothing but the count tells the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.read.barred_columns import in_columns
from taizhang.read.plain_rows import BLANK, SENTENCE, Lines, Span, TableLines, is_figure

FEWEST_CELLS = 6
FEWEST_ROWS = 4  # with the head
WIDEST = 16  # cells of a row
MOST_LINES = 2  # of a cell before the one that its bar is in
LONGEST = 60  # characters of a line


class _Cell(NamedTuple):
    """A cell: its first and last line, its span, and whether it is a figure or words; it may be neither."""

    first: int
    last: int
    span: Span
    figure: bool
    words: bool


def flat(lines: Lines, remarks: frozenset[str]) -> Iterator[TableLines]:
    """The tables of a text with a cell a line, from the top down.

    >>> text = "乡镇 |\\n户数 |\\n东坪 |\\n31 |\\n西坪 |\\n28 |\\n南坪 |\\n40 |"
    >>> [[text[c.start : c.end].strip() for c in row] for row in next(flat(Lines.of(text), frozenset())).rows][:2]
    [['乡镇', '户数'], ['东坪', '31']]
    """
    if "|" not in lines.text:
        return
    for run in _runs(lines):
        for width in range(2, WIDEST + 1):
            rows = _rows(run, width)
            cells = in_columns([[c.span for c in row] for row in rows], lines.text, remarks) if rows else None
            if cells:
                yield TableLines(rows[0][0].first, rows[-1][-1].last + 1, cells)
                break


def _runs(lines: Lines) -> Iterator[list[_Cell]]:
    """Lines that end in their only bar, and those before them that belong to the same cell."""
    run: list[_Cell] = []
    waiting: list[int] = []  # lines without a bar since the last cell
    for number in range(len(lines.bounds)):
        line = lines.line(number).rstrip(BLANK)
        ends = line.find("|") == len(line) - 1 >= 0
        if ends or (run and _inside(line) and len(waiting) < MOST_LINES):
            if not ends:
                waiting.append(number)
                continue
            if not run and line == "|" and number:  # its cell stands in the line above
                waiting = [number - 1] if _inside(lines.line(number - 1).strip(BLANK)) else []
            run.append(_cell(lines, waiting[0] if waiting else number, number))
            waiting = []
            continue
        if len(run) >= FEWEST_CELLS:
            yield run
        run, waiting = [], []
    if len(run) >= FEWEST_CELLS:
        yield run


def _inside(line: str) -> bool:
    """Whether a line may be a part of a cell."""
    return 0 < len(line) <= LONGEST and "|" not in line and not SENTENCE.search(line)


def _cell(lines: Lines, first: int, last: int) -> _Cell:
    start = lines.bounds[first][0]
    end = lines.text.rindex("|", start, lines.bounds[last][1])
    body = lines.text[start:end].strip(BLANK + "\n")
    start = lines.text.index(body, start)
    return _Cell(first, last, (start, start + len(body)), is_figure(body), bool(body) and not is_figure(body))


def _rows(run: Sequence[_Cell], width: int) -> list[Sequence[_Cell]]:
    """Rows of so many cells down to the end of a run; none where a column holds figures and words."""
    rows = [run[i : i + width] for i in range(len(run) % width, len(run) - width + 1, width)]
    first = next((i for i, row in enumerate(rows) if any(c.figure for c in row[1:])), len(rows))
    if len(rows) < FEWEST_ROWS or not 0 < first <= len(rows) - FEWEST_ROWS + 1:
        return []
    data = [
        row for row in rows[first:] if any(c.figure or c.words for c in row[1:])
    ]  # not only a group's name
    for column in range(width):
        if any(row[column].figure for row in data) and any(row[column].words for row in data):
            return []
    heads = [i for i in range(first) if sum(c.words for c in rows[i]) > 1]
    return rows[heads[-1] :] if heads else []
