"""Tables: the cells of one table as a grid, each with all the rows and columns that it goes over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from taizhang.article import Cell, Table
from taizhang.extract.tables.kinds import CellKinds
from taizhang.extract.tables.shapes import CellKind, TableWords

MOST = 4_000_000  # places that merged cells may fill; of larger ones only the first counts


class Grid:
    """One table.

    Attributes:
        cells: those with a text.
        texts, kinds: of each cell.
        rows: the numbers of the rows that hold one, in order.
        at: by row and column the number of the cell that is there, merged ones wherever they go.
        width: how many columns there are.
    """

    def __init__(self, table: Table, text: str, kinds: CellKinds, words: TableWords) -> None:
        self.table, self.cells = table, table.cells
        self.texts = [text[c.start : c.end] for c in table.cells]
        self.kinds: list[CellKind] = [kinds.kind(t) for t in self.texts]
        self.rows = sorted({c.row for c in table.cells})
        self.at: dict[int, dict[int, int]] = {row: {} for row in self.rows}
        self.own: dict[int, list[int]] = {row: [] for row in self.rows}
        for number, cell in enumerate(table.cells):
            self.at[cell.row][cell.column] = number
            self.own[cell.row].append(number)
        self.width = max((c.column for c in table.cells), default=-1) + 1
        self._spread()
        self._months(words)

    def _spread(self) -> None:
        """Put merged cells wherever they go and nothing else is."""
        left = MOST
        for number, cell in enumerate(self.cells):
            if cell.rows == 1 and cell.columns == 1:
                continue
            last = min(cell.column + cell.columns, self.width)
            low = bisect_left(self.rows, cell.row)
            high = bisect_left(self.rows, cell.row + cell.rows)
            left -= max(0, last - cell.column) * (high - low)
            if left < 0:
                return
            for row in self.rows[low:high]:
                for column in range(cell.column, last):
                    self.at[row].setdefault(column, number)

    def _months(self, words: TableWords) -> None:
        """Numbers such as 2023.05 are months where they stand in order as a head, or down the first column."""
        first = min((c.column for c in self.cells), default=0)
        down = [n for n, c in enumerate(self.cells) if c.column == first and self.kinds[n] == "number"]
        lines = [down]
        for row in self.rows:
            if any(self.kinds[n] == "number" for n in self.own[row]):
                lines.append([n for n in self.own[row] if self.kinds[n] in ("number", "date")])
                break
        for line in lines:
            numbers = [n for n in line if self.kinds[n] == "number"]
            months = [words.month_of(self.texts[n]) for n in numbers]
            ordered = months in (sorted(set(months)), sorted(set(months))[::-1])
            if len(line) > 1 and all(months) and ordered:
                for n in numbers:
                    self.kinds[n] = "date"

    def row(self, row: int) -> Iterator[tuple[int, int]]:
        """The cells of a row with their columns, each once, in order; those from above too."""
        seen = -1
        for column, number in sorted(self.at[row].items()):
            if number != seen:
                yield column, number
                seen = number

    def cell(self, number: int) -> Cell:
        """A cell."""
        return self.cells[number]
