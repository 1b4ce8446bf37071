"""Tables: the heads that stand over each column of one block, those that merged cells or a lost corner moved too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from taizhang.extract.tables.blocks import TableBlock
from taizhang.extract.tables.grid import Grid
from taizhang.extract.tables.shapes import Class, TableWords, squeezed

NAMING: tuple[Class, ...] = ("place", "indicator", "entity")


class HeadsOver:
    """Finds the heads of the columns of one block.

    ``cells``: of each column the cells of its data.
    """

    def __init__(
        self, grid: Grid, block: TableBlock, words: TableWords, cells: Mapping[int, Sequence[int]]
    ) -> None:
        self.grid, self.block, self._words, self._cells = grid, block, words, cells
        self._shift = int(self._are_left())

    def of(self, column: int) -> tuple[int, ...]:
        """The cells over a column, from the top down."""
        column -= self._shift
        found: list[int] = []
        rows = self.block.heads
        for index in range(len(rows) - 1, -1, -1):
            number = self.grid.at[rows[index]].get(column)
            if number is None and found:
                number = self._left(rows[index], rows[index + 1], column)
            if number is not None and number not in found:
                found.insert(0, number)
        return tuple(found)

    def _left(self, row: int, below: int, column: int) -> int | None:
        """The head that goes on over an empty cell, where the format has no merged cells: both have heads below."""
        own = [self.grid.cells[n] for n in self.grid.own[row]]
        if any(c.columns > 1 for c in own):
            return None
        left = max((c.column for c in own if c.column < column), default=-1)
        return self.grid.at[row][left] if left >= 0 and left in self.grid.at[below] else None

    def _are_left(self) -> bool:
        """Whether each head stands a column left of its own: over serial numbers the first, over the last none."""
        first, last = min(self._cells, default=0), max(self._cells, default=0)
        heads = self.grid.at[self.block.heads[-1]] if self.block.heads else {}
        if last in heads or first not in heads or last - 1 not in heads or first == last:
            return False
        named = any(self._words.has(name, self.grid.texts[heads[first]]) for name in NAMING)
        named_rows = all(self.grid.kinds[n] == "text" for n in self._cells.get(first + 1, ()))
        return named and named_rows and counts_up(self.grid, self._cells[first])


def counts_up(grid: Grid, cells: Sequence[int]) -> bool:
    """Whether the numbers of a column are 1, 2, 3 and so on."""
    texts = [squeezed(grid.texts[n]) for n in cells if grid.kinds[n] == "number"]
    values = [int(t) for t in texts if t.isdecimal() and len(t) < 7]
    return len(values) > 1 and len(values) == len(texts) and values == list(range(1, len(values) + 1))
