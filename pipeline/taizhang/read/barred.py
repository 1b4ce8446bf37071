"""Read: tables in plain text whose cells bars part, without a frame, as programs write them that copy pages.

A cell that had a break of the line in it ends a line, and its row goes on in the next. Cells without a text are often
left out and told again as bars at the end; see ``barred_columns``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.read.barred_columns import in_columns
from taizhang.read.plain_rows import BLANK, Lines, Span, TableLines

BAR = re.compile(r"(?<!\\)\|")
FEWEST_ROWS = 3
MOST_CELLS = 64  # of a row
MOST_PARTS = 8  # lines of the first row
MOST_INSIDE = 2  # lines of a cell that are without a bar


class _Piece(NamedTuple):
    """The cells of one line, or of several that one cell or one row goes over."""

    first: int
    last: int
    cells: list[Span]


def barred(lines: Lines, remarks: frozenset[str]) -> Iterator[TableLines]:
    """The tables of a text that bars cut into cells, from the top down.

    >>> text = "乡镇 | 户数 |\\n东坪 | 31 |\\n西坪 | 28 |\\n南坪 | 40 |"
    >>> [[text[c.start : c.end].strip() for c in row] for row in next(barred(Lines.of(text), frozenset())).rows][:2]
    [['乡镇', '户数'], ['东坪', '31']]
    """
    if "|" not in lines.text:
        return
    for pieces in _runs(lines):
        for part in _parts(pieces, lines.text):
            rows = _rows(part)
            enough = len(rows) >= FEWEST_ROWS
            cells = in_columns([row.cells for row in rows], lines.text, remarks) if enough else None
            if cells:
                yield TableLines(rows[0].first, rows[-1].last, cells)


def _runs(lines: Lines) -> Iterator[list[_Piece]]:
    """Lines with bars that follow each other; one without belongs to a cell where bars stand before and behind it."""
    run: list[_Piece] = []
    inside = 0  # lines without a bar since the last with one
    for number, (start, end) in enumerate(lines.bounds):
        bars = [m.start() for m in BAR.finditer(lines.text, start, end)]
        if not bars:
            inside += 1
            continue
        first = number - inside
        if inside and run and (inside > MOST_INSIDE or not _goes_on(lines, first - 1, start)):
            yield run
            run = []
        if not run or not inside:
            first = number
        run.append(_Piece(first, number + 1, _cut(lines, lines.bounds[first][0], end, bars)))
        inside = 0
    if run:
        yield run


def _goes_on(lines: Lines, before: int, start: int) -> bool:
    """Whether a line ends with a bar and the one that begins at ``start`` begins with one."""
    return lines.line(before).rstrip(BLANK).endswith("|") and lines.text[start:].startswith("|")


def _cut(lines: Lines, start: int, end: int, bars: Sequence[int]) -> list[Span]:
    """The cells between bars; behind the last bar of a line is none."""
    edges = [start, *(edge for bar in bars for edge in (bar, bar + 1)), end]
    cells = list(zip(edges[::2], edges[1::2], strict=True))
    return cells if lines.text[bars[-1] + 1 : end].strip(BLANK) else cells[:-1]


def _parts(run: Sequence[_Piece], text: str) -> Iterator[list[_Piece]]:
    """A run cut where a caption with another number of cells begins: a cell with a text, then those without."""
    part: list[_Piece] = []
    width = 0
    for piece in run:
        filled = sum(bool(text[a:b].strip(BLANK)) for a, b in piece.cells)
        caption = filled == 1 and len(piece.cells) > 2 and bool(text[slice(*piece.cells[0])].strip(BLANK))
        if part and caption and width and len(piece.cells) != width:
            yield part
            part = []
        if caption:
            width = len(piece.cells)
        part.append(piece)
    yield part


def _rows(part: Sequence[_Piece]) -> list[_Piece]:
    """The rows of a table: a line each, or several lines that together have as many cells as the others."""
    sizes = Counter(len(piece.cells) for piece in part)
    if 2 * (sizes[0] + sizes[1]) > len(part):
        return []
    size, count = max(sizes.items(), key=lambda item: (item[1], item[0]))
    if 2 * count > len(part):
        return _packed(part, size)
    total = 0
    for piece in part[:MOST_PARTS]:
        total += len(piece.cells)
        if 1 < total <= MOST_CELLS:
            rows = _packed(part, total, several=True)
            if all(len(row.cells) == total for row in rows[:-1]) and len(rows) >= FEWEST_ROWS:
                return rows
    return []


def _packed(part: Sequence[_Piece], size: int, several: bool = False) -> list[_Piece]:
    """Rows of ``size`` cells where lines that follow each other have as many; any other line is a row by itself.

    ``several``: most rows are of several lines, and so is the last, even if it has fewer cells.
    """
    rows: list[_Piece] = []
    at = 0
    while at < len(part):
        total = 0
        last = at
        while last < len(part) and total < size:
            total += max(1, len(part[last].cells))
            last += 1
        if total != size and (last < len(part) or total > size or not several):
            last = at + 1
        taken = part[at:last]
        rows.append(_Piece(taken[0].first, taken[-1].last, [cell for piece in taken for cell in piece.cells]))
        at = last
    return rows
