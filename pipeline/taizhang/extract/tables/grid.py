"""Tables: the cells of one table as a grid, each with all the rows and columns that it goes over."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import overload

from taizhang.article import Cell, Table, packed_cells
from taizhang.compact import Packed
from taizhang.extract.tables.kinds import CellKinds
from taizhang.extract.tables.shapes import CellKind, TableWords

ROWS_AT_HAND = 128
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
        self.table, self.cells = table, packed_cells(table.cells)
        self.texts = CellTexts(text, self.cells)
        self.kinds: list[CellKind] = [kinds.kind(t) for t in self.texts]
        in_rows, columns = self.cells.column(0), self.cells.column(1)
        self.own: dict[int, range] = {}
        for row in dict.fromkeys(in_rows):
            self.own[row] = range(bisect_left(in_rows, row), bisect_right(in_rows, row))
        self.rows = list(self.own)
        self._merged: dict[int, dict[int, int]] = {}
        self.at = GridRows(self.own, columns, self._merged)
        self.width = max(columns, default=-1) + 1
        self._spread()
        self._months(words)

    def _spread(self) -> None:
        """Put merged cells wherever they go and nothing else is."""
        left = MOST
        over_rows, over_columns = self.cells.column(4), self.cells.column(5)
        for number, (rows, columns) in enumerate(zip(over_rows, over_columns, strict=True)):
            if rows == 1 and columns == 1:
                continue
            cell = self.cells[number]
            last = min(cell.column + cell.columns, self.width)
            low = bisect_left(self.rows, cell.row)
            high = bisect_left(self.rows, cell.row + cell.rows)
            left -= max(0, last - cell.column) * (high - low)
            if left < 0:
                return
            for row in self.rows[low:high]:
                merged = self._merged.setdefault(row, {})
                for column in range(cell.column, last):
                    merged.setdefault(column, number)

    def _months(self, words: TableWords) -> None:
        """Numbers such as 2023.05 are months where they stand in order as a head, or down the first column."""
        columns = self.cells.column(1)
        first = min(columns, default=0)
        down = [n for n, c in enumerate(columns) if c == first and self.kinds[n] == "number"]
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


class CellTexts(Sequence[str]):
    """The texts of cells, cut out of the whole text when they are asked for."""

    def __init__(self, text: str, cells: Packed[Cell]) -> None:
        self._text, self._starts, self._ends = text, cells.column(2), cells.column(3)

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[n] for n in range(len(self))[number]]
        return self._text[self._starts[number] : self._ends[number]]

    def __iter__(self) -> Iterator[str]:
        return (self._text[start:end] for start, end in zip(self._starts, self._ends, strict=True))


class GridRows:
    """For each row the cells that are in it, by their columns; those of the rows asked for last are kept."""

    def __init__(
        self, own: Mapping[int, range], columns: Sequence[int], merged: Mapping[int, Mapping[int, int]]
    ) -> None:
        self._row = lru_cache(maxsize=ROWS_AT_HAND)(partial(_in_row, own, columns, merged))

    def __getitem__(self, row: int) -> Mapping[int, int]:
        return self._row(row)


def _in_row(
    own: Mapping[int, range], columns: Sequence[int], merged: Mapping[int, Mapping[int, int]], row: int
) -> dict[int, int]:
    """The cells of a row, merged ones from above among them where no other is."""
    return {**merged.get(row, {}), **{columns[n]: n for n in own[row]}}
