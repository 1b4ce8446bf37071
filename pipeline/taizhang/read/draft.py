"""Read: the text of an article as a reader puts it together, with the tables in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from taizhang.align import Aligned, Joiner
from taizhang.article import Cell, Table, packed_cells
from taizhang.errors import UnreadableInput

BETWEEN_CELLS = "\t"
WIDEST = 16_384  # columns, as many as a sheet of a workbook can have
MOST_STEPS = 10_000_000  # over taken columns, so that a hostile table ends
BLANKS = {" ": 1, "\u00a0": 1, "\t": 2, "\u3000": 2}


class DraftCell(NamedTuple):
    """A cell as its source has it, before it has a place in the text; see ``Cell``."""

    row: int
    column: int
    text: Aligned
    rows: int = 1
    columns: int = 1
    header: bool = False


class TextWithTables(NamedTuple):
    """A text with its tables."""

    text: Aligned
    tables: tuple[Table, ...] = ()

    def after(self, head: Sequence[Aligned | str]) -> TextWithTables:
        """The same body behind ``head``."""
        by = sum(len(part) if isinstance(part, str) else len(part.text) for part in head)
        return TextWithTables(
            Aligned.join([*head, self.text]), tuple(table.moved(by) for table in self.tables)
        )


class Draft:
    """Takes pieces of text and tables in their order.

    >>> draft = Draft()
    >>> draft.add("甲")
    >>> draft.table([DraftCell(0, 0, Aligned.whole("县")), DraftCell(0, 1, Aligned.whole("户"))])
    >>> draft.body().text.text, draft.body().tables[0].cells[1][:4]
    ('甲\\n县\\t户\\n', (0, 1, 4, 5))
    """

    def __init__(self) -> None:
        self._joiner = Joiner()
        self._tables: list[Table] = []
        self._last = "\n"

    def add(self, part: Aligned | str) -> None:
        """Put a piece of prose at the end."""
        text = part if isinstance(part, str) else part.text
        if text:
            self._joiner.add(part)
            self._last = text[-1]

    def table(self, written: Iterable[DraftCell], name: str = "") -> None:
        """Put a table at the end, on lines of its own; one without text leaves nothing.

        Args:
            written: its cells, a list in any order, or an iterator in that of rows and columns.

        Raises:
            UnreadableInput: ``table-too-wide``.
        """
        in_order = sorted(written, key=_place) if isinstance(written, list) else written
        rows = groupby((c for c in in_order if _filled(c)), key=lambda c: c.row)
        alone: list[
            DraftCell
        ] = []  # rows of one cell, as long as no other has come: then they only lay lines out
        for _, row in rows:
            first, *others = row
            if others:
                self._table(
                    chain(([cell] for cell in alone), [[first, *others]], (list(r) for _, r in rows)), name
                )
                return
            alone.append(first)
        for cell in alone:
            self._begin_line()
            self.add(cell.text)
            self.add("\n")

    def _table(self, rows: Iterable[list[DraftCell]], name: str) -> None:
        self._begin_line()
        start = self._joiner.size
        cells = packed_cells()
        for number, row in enumerate(rows):
            if number:
                self.add("\n")
            for place, cell in enumerate(row):
                if place:
                    self.add(BETWEEN_CELLS)
                cells.append(self._cell(cell))
        self._tables.append(Table(start, self._joiner.size, cells, name))
        self.add("\n")

    def _begin_line(self) -> None:
        if self._last != "\n":
            self.add("\n")

    def body(self) -> TextWithTables:
        """What was put together."""
        return TextWithTables(self._joiner.joined(), tuple(self._tables))

    def _cell(self, cell: DraftCell) -> Cell:
        text = cell.text.text
        low, high = len(text) - len(text.lstrip()), len(text.rstrip())
        indent = sum(BLANKS.get(c, 0) for c in text[:low].rpartition("\n")[2])
        start = self._joiner.size
        self.add(cell.text.cut(low, high) if (low, high) != (0, len(text)) else cell.text)
        return Cell(
            cell.row, cell.column, start, self._joiner.size, cell.rows, cell.columns, cell.header, indent
        )


def _place(cell: DraftCell) -> tuple[int, int]:
    return cell.row, cell.column


def _filled(cell: DraftCell) -> bool:
    """Whether a cell has a text; one that lies too far right is none."""
    if not cell.text.text.strip():
        return False
    if cell.column >= WIDEST:
        raise UnreadableInput(
            "table-too-wide", f"expected at most {WIDEST} columns, got {cell.column + 1} or more"
        )
    return True


class ColumnCursor:
    """Which column the next cell of a row goes to, past those that cells of earlier rows go down into.

    >>> grid = ColumnCursor()
    >>> grid.put(rows=2, columns=1), grid.put(rows=1, columns=1), grid.next_row(), grid.put(1, 1)
    (0, 1, None, 1)
    """

    def __init__(self) -> None:
        self._until: dict[int, int] = {}  # column -> the first row in which it is free again
        self._row = self._column = self._steps = 0

    def put(self, rows: int, columns: int) -> int:
        """The column of a cell over so many rows and columns.

        Raises:
            UnreadableInput: ``table-too-wide``, where cells lie in each other's way without end.
        """
        while self._until.get(self._column, 0) > self._row:
            self._column += 1
            self._steps += 1
        first = self._column
        if rows > 1:
            for column in range(first, min(first + columns, WIDEST)):
                self._until[column] = self._row + rows
        self._steps += columns if rows > 1 else 0
        if self._steps > MOST_STEPS:
            raise UnreadableInput("table-too-wide", "expected cells of a few rows and columns, got too many")
        self._column += columns
        return first

    def next_row(self) -> None:
        """Go on to the row below."""
        self._row += 1
        self._column = 0
