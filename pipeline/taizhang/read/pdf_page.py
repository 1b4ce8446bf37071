"""Read: what one page of a PDF has, from the top down: lines of prose, and tables, ruled or only aligned."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from taizhang.read.pdf_lines import HAN, PageLine, between

NEAR = 3.0  # points within which two edges are one
APART = 1.3  # characters between two pieces of a line that are cells
BLANK = 0.2  # characters between two pieces of a line that are words
FEWEST_ROWS = 3
DIGIT = re.compile(r"[0-9]")
SENTENCE = re.compile(r"[。；！？，]")


class CellPosition(NamedTuple):
    """Where a cell stands, and over how many rows and columns it goes."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


class PlacedTable(NamedTuple):
    """A table's cells with their texts; ``columns``: how many there are."""

    places: tuple[CellPosition, ...]
    texts: tuple[str, ...]
    columns: int


class PlacedBlock(NamedTuple):
    """A line or a table, with its upper edge in points from the top of the page."""

    top: float
    line: PageLine | None = None
    table: PlacedTable | None = None

    @property
    def size(self) -> int:
        """How many characters it has."""
        if self.line:
            return len(self.line.text)
        return sum(map(len, self.table.texts)) if self.table else 0


class TextRun(NamedTuple):
    """A run of characters of one line without a wide gap."""

    text: str
    left: float
    right: float


class PageRow(NamedTuple):
    """A line as its pieces."""

    pieces: tuple[TextRun, ...]
    top: float
    size: float


def items(page: Any) -> list[PlacedBlock]:
    """Everything on a page, from the top down."""
    page = page.dedupe_chars()
    chars = [c for c in page.chars if c["text"].strip() and c.get("upright", True)]
    ruled = [found for table in page.find_tables() if (found := _ruled(table, chars))]
    taken = {id(c) for _, inside, _ in ruled for c in inside}
    rows = list(_rows([c for c in chars if id(c) not in taken]))
    placed = [PlacedBlock(box[1], table=table) for (box, _, table) in ruled]
    placed += _prose_and_aligned(rows)
    return sorted(placed, key=lambda item: item.top)


def _ruled(table: Any, chars: Sequence[Any]) -> tuple[Any, list[Any], PlacedTable] | None:
    """A table with lines round its cells; None where it is but a box."""
    xs = _edges(edge for cell in table.cells for edge in (cell[0], cell[2]))
    ys = _edges(edge for cell in table.cells for edge in (cell[1], cell[3]))
    if len(xs) < 3 or len(ys) < 3:
        return None
    places = [
        CellPosition(r, c, max(1, _slot(ys, bottom) - r), max(1, _slot(xs, x1) - c))
        for x0, top, x1, bottom in table.cells
        for r, c in [(_slot(ys, top), _slot(xs, x0))]
    ]
    owner = {
        (r, c): i
        for i, p in enumerate(places)
        for r in range(p.row, p.row + p.rows)
        for c in range(p.column, p.column + p.columns)
    }
    inside: dict[int, list[Any]] = {}
    x0, top, x1, bottom = table.bbox
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if x0 <= x <= x1 and top <= y <= bottom:
            cell = owner.get((_slot(ys, y, inner=True), _slot(xs, x, inner=True)))
            if cell is not None:
                inside.setdefault(cell, []).append(char)
    filled_rows = Counter(places[i].row for i in inside)
    if sum(count > 1 for count in filled_rows.values()) < 2:
        return None
    texts = tuple(_cell_text(inside.get(i, [])) for i in range(len(places)))
    columns = len(xs) - 1
    return (
        table.bbox,
        [c for cell in inside.values() for c in cell],
        PlacedTable(tuple(places), texts, columns),
    )


def _edges(values: Iterator[float] | Any) -> list[float]:
    """Values in order, those that are near each other as one."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > NEAR:
            kept.append(value)
    return kept


def _slot(edges: Sequence[float], value: float, inner: bool = False) -> int:
    """The number of the edge at ``value``, or of the slot that it lies in."""
    return bisect_right(edges, value if inner else value + NEAR) - 1


def _cell_text(chars: Sequence[Any]) -> str:
    lines = ["".join(_spaced(row.pieces)) for row in _rows(chars)]
    text = ""
    for line in lines:
        text += f"{between(text, line)}{line}" if text else line
    return text


def _spaced(pieces: Sequence[TextRun]) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        yield (" " if number else "") + piece.text


def _rows(chars: Sequence[Any]) -> Iterator[PageRow]:
    """Characters as lines, from the top down, each cut at its wide gaps."""
    line: list[Any] = []
    middle = 0.0
    for char in sorted(chars, key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        at = (char["top"] + char["bottom"]) / 2
        if line and at - middle > 0.5 * min(char["size"], line[-1]["size"]):
            yield _row(line)
            line = []
        if not line:
            middle = at
        line.append(char)
    if line:
        yield _row(line)


def _row(chars: Sequence[Any]) -> PageRow:
    ordered = sorted(chars, key=lambda c: c["x0"])
    size = sorted(c["size"] for c in ordered)[len(ordered) // 2]
    pieces: list[TextRun] = []
    text, left, right = "", ordered[0]["x0"], ordered[0]["x0"]
    for char in ordered:
        gap = char["x0"] - right
        if text and gap > APART * size:
            pieces.append(TextRun(text, left, right))
            text, left = "", char["x0"]
        elif text and gap > BLANK * size and not (HAN.match(text[-1]) or HAN.match(char["text"])):
            text += " "
        text += char["text"]
        right = max(right, char["x1"])
    pieces.append(TextRun(text, left, right))
    return PageRow(tuple(pieces), min(c["top"] for c in ordered), size)


def _prose_and_aligned(rows: Sequence[PageRow]) -> Iterator[PlacedBlock]:
    """Lines of prose, and runs of lines whose pieces stand below each other."""
    at = 0
    while at < len(rows):
        last = at
        while last < len(rows) and len(rows[last].pieces) > 1 and not _says(rows[last]):
            last += 1
        table = _aligned(rows[at:last]) if last - at >= FEWEST_ROWS else None
        if table:
            yield PlacedBlock(rows[at].top, table=table)
            at = last
            continue
        for row in rows[at : max(last, at + 1)]:
            text = "".join(_spaced(row.pieces)) if len(row.pieces) > 1 else row.pieces[0].text
            yield PlacedBlock(
                row.top, line=PageLine(text, row.pieces[0].left, row.pieces[-1].right, row.size)
            )
        at = max(last, at + 1)


def _says(row: PageRow) -> bool:
    return any(SENTENCE.search(piece.text) and len(piece.text) > 15 for piece in row.pieces)


def _aligned(rows: Sequence[PageRow]) -> PlacedTable | None:
    """Lines as a table, if most of them have figures and as many pieces, each below another."""
    counts = Counter(len(row.pieces) for row in rows)
    usual = counts.most_common(1)[0][0]
    most = max(n for n, k in counts.items() if k > 1 or n == usual)
    full = [row for row in rows if len(row.pieces) == most]
    numbers = sum(any(DIGIT.search(p.text) for p in row.pieces[1:]) for row in rows)
    if most < 2 or 2 * numbers < len(rows) or len(full) < 2:
        return None
    spans = [(min(r.pieces[i].left for r in full), max(r.pieces[i].right for r in full)) for i in range(most)]
    if any(a[1] > b[0] + NEAR for a, b in pairwise(spans)):
        return None
    places, texts = [], []
    for number, row in enumerate(rows):
        for piece in row.pieces:
            first, last = _columns(piece, spans)
            places.append(CellPosition(number, first, 1, last - first + 1))
            texts.append(piece.text)
    return PlacedTable(tuple(places), tuple(texts), most)


def _columns(piece: TextRun, spans: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """The columns that a piece stands over; the nearest where it stands between two."""
    over = [i for i, (a, b) in enumerate(spans) if piece.left < b and a < piece.right]
    if over:
        return over[0], over[-1]
    middle = (piece.left + piece.right) / 2
    nearest = min(range(len(spans)), key=lambda i: abs((spans[i][0] + spans[i][1]) / 2 - middle))
    return nearest, nearest
