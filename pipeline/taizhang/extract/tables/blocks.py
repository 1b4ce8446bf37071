"""Tables: the parts of a grid: captions above, the head, rows of data with the group that each is in, notes below.

A sheet may hold several tables below each other, and a long one repeats its head: each head begins a block.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from taizhang.extract.tables.grid import ROWS_AT_HAND, Grid
from taizhang.extract.tables.kinds import is_prose
from taizhang.extract.tables.shapes import TableWords, squeezed

MOST_HEADS = 5  # rows of a head, where the source does not mark them


@dataclass(slots=True)
class TableBlock:
    """One table of a grid: the numbers of its rows by what they are, and of the cells of its captions and notes.

    ``group``: for a row of data the cells that stand alone above it and say what the next rows are of.
    """

    captions: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    group: dict[int, int] = field(default_factory=dict)


def blocks(grid: Grid, words: TableWords) -> list[TableBlock]:
    """The blocks of a grid, in order; every row is in one of them, but for a head that is told again."""
    reader = _BlockReader(grid, words)
    found = reader.run()
    for block in found:
        reader.free(block)
    return found


class _Filled:
    """For each row its cells with their columns; those of the rows asked for last are kept."""

    def __init__(self, grid: Grid) -> None:
        self._row = lru_cache(maxsize=ROWS_AT_HAND)(lambda row: list(grid.row(row)))

    def __getitem__(self, row: int) -> list[tuple[int, int]]:
        return self._row(row)


class _BlockReader:
    def __init__(self, grid: Grid, words: TableWords) -> None:
        self.grid, self.words = grid, words
        self.filled = _Filled(grid)
        self.rows = grid.rows
        self.found: list[TableBlock] = []
        self.block = TableBlock()
        self.group = -1  # the cell that says what the next rows are of
        self.head_texts: set[tuple[str, ...]] = set()

    def run(self) -> list[TableBlock]:
        """Go down the rows."""
        at = 0
        while at < len(self.rows):
            at += self._take(at)
        return [*self.found, self.block]

    def _take(self, at: int) -> int:
        """Put a row, or all rows of a head, where they belong; how many they are."""
        row = self.rows[at]
        alone = self._alone(row)
        if alone is not None:
            self._take_alone(alone, at + 1)
            return 1
        if self._signature(row) in self.head_texts:  # the head again
            return 1
        first = not self.block.heads and not self.block.data
        size = self._heads_at(at, first) if first or self.block.data else 0
        if size:
            self._take_heads(self.rows[at : at + size])
            return size
        self.block.data.append(row)
        if self.group >= 0:
            self.block.group[row] = self.group
        return 1

    def _take_alone(self, cell: int, after: int) -> None:
        """A cell that has its row to itself: a caption, a note, or what the rows after it are of."""
        if not self.block.heads and not self.block.data:
            self.block.captions.append(cell)
        elif self._is_note(cell):
            self.block.notes.append(cell)
        elif after < len(self.rows) and self._heads_at(after, first=False):
            self._begin(captions=[cell])
        elif self._is_peer(cell, after):
            self.block.data.append(self.rows[after - 1])
        else:
            self.group = cell

    def _is_peer(self, cell: int, after: int) -> bool:
        """Whether a name without figures is numbered as the row after it is: an item that has none, and no group."""
        rows = self.rows[after : after + 1]
        texts = [self.grid.texts[cell], *(self.grid.texts[n] for r in rows for _, n in self.filled[r][:1])]
        found = [self.words.numbering.match(text) for text in texts]
        levels = {self.words.level(m[0]) if m else 0 for m in found}
        return len(found) > 1 and len(levels) == 1 and 0 not in levels

    def _take_heads(self, rows: list[int]) -> None:
        if self.block.data:
            self._begin(captions=[])
        self.block.heads = rows
        self.head_texts |= {self._signature(r) for r in rows}

    def _begin(self, captions: list[int]) -> None:
        self.found.append(self.block)
        self.block, self.group = TableBlock(captions=captions), -1

    def free(self, block: TableBlock) -> None:
        """Take the sum of all groups out of the last: one that follows its group's own, or that no group has."""
        totals = [row for row in block.data if row in block.group and self._is_total(row)]
        for before, row in pairwise(block.data):
            if before in totals and row in totals and block.group[before] == block.group[row]:
                del block.group[row]
        groups = set(block.group.values())
        last = block.data[-1] if block.data else -1
        if totals == [last] and len(groups) > 1:
            del block.group[last]

    def _is_total(self, row: int) -> bool:
        first = next((n for _, n in self.filled[row] if self.grid.kinds[n] == "text"), None)
        return first is not None and self.words.has("total", self.grid.texts[first])

    def _signature(self, row: int) -> tuple[str, ...]:
        return tuple(squeezed(self.grid.texts[n]) for _, n in self.filled[row])

    def _alone(self, row: int) -> int | None:
        """The one cell of a row that says something to all of the others' columns."""
        own = self.grid.own[row]
        if len(self.filled[row]) == 1 and len(own) == 1 and self.grid.kinds[own[0]] != "number":
            return own[0]
        said = [n for _, n in self.filled[row]]
        if said and all(self._is_said(n) for n in said) and len(own) == len(said):
            return own[0]
        return None

    def _is_said(self, number: int) -> bool:
        """Whether a cell says the unit, the time or who filled the table in."""
        text = self.grid.texts[number]
        return any(
            self.words.has(said, text) for said in ("unit_said", "filed_by", "time_said", "source_said")
        )

    def _is_note(self, number: int) -> bool:
        return self.words.has("note", self.grid.texts[number]) or is_prose(
            self.words.untranslated(self.grid.texts[number])
        )

    def _heads_at(self, at: int, first: bool) -> int:
        """How many rows from ``at`` on are a head; 0 where they are none. ``first``: the table has none yet."""
        size = 0
        marked = 0
        while at + size < len(self.rows) and self._alone(self.rows[at + size]) is None:
            row = self.rows[at + size]
            if self._all_marked(row):
                marked += 1
            elif marked or not self._is_head(row) or (size and not self._goes_on(at, size)):
                break
            size += 1
        if marked and first:
            return self._with_spans(at, marked)
        if not size or (not first and not self._follows_head(at, size)):
            return 0
        return self._with_spans(at, 1 if at + size >= len(self.rows) or size > MOST_HEADS else size)

    def _goes_on(self, at: int, size: int) -> bool:
        """Whether a head of so many rows can have one more: it has merged cells or gaps, or the row has units."""
        above = [self.grid.cells[n] for r in self.rows[at : at + size] for n in self.grid.own[r]]
        if any(c.columns > 1 or c.rows > 1 for c in above):
            return True
        last, row = self.rows[at + size - 1], self.rows[at + size]
        if len(self.filled[last]) < max(self.grid.width, len(self.filled[row])):
            wider = len(self.filled[last]) <= len(self.filled[row]) or size == 1
            return wider or self._fills_gap(last, row)
        return all(len(squeezed(self.grid.texts[n])) <= 4 for _, n in self.filled[row][1:])

    def _fills_gap(self, last: int, row: int) -> bool:
        """Whether a row has heads where the one above has none, beside one below it: the lower storey of a part."""
        above = {c for c, _ in self.filled[last]}
        below = [c for c, _ in self.filled[row]]
        return any(c not in above and c - 1 in above and c - 1 in below for c in below)

    def _with_spans(self, at: int, size: int) -> int:
        """A head goes on as far down as its merged cells go."""
        last = at + size - 1
        cells = [self.grid.cells[n] for r in self.rows[at : at + size] for n in self.grid.own[r]]
        ends = [c.row + c.rows - 1 for c in cells if c.columns < self.grid.width]
        down = max(ends, default=self.rows[last])
        while last + 1 < len(self.rows) and self.rows[last + 1] <= down and last + 1 - at < MOST_HEADS + 3:
            if not self._is_head(self.rows[last + 1]):
                break
            last += 1
        if last + 1 < len(self.rows) and self._numbers_columns(self.rows[last + 1]):
            last += 1
        return last - at + 1

    def _follows_head(self, at: int, size: int) -> bool:
        """Whether rows of words further down are a new head: at least two of them, with figures below each."""
        below = self.rows[at + size] if at + size < len(self.rows) else None
        if below is None:
            return False
        columns = [c for c, n in self.filled[below] if self.grid.kinds[n] == "number"]
        own = [self.grid.at[self.rows[at + size - 1]].get(c) for c in columns]
        named = [n for n in own if n is not None and self.grid.kinds[n] in ("text", "year", "date")]
        return len(named) >= 2 and len(named) == len(columns)

    def _all_marked(self, row: int) -> bool:
        return all(self.grid.cells[n].header for _, n in self.filled[row]) and len(self.filled[row]) > 1

    def _is_head(self, row: int) -> bool:
        """Whether a row has words or years and no figures."""
        kinds = [self.grid.kinds[n] for _, n in self.filled[row]]
        if any(kind in ("number", "phone", "code") for kind in kinds):
            return False
        if any(
            is_prose(self.words.untranslated(self.grid.texts[n])) and len(self.grid.texts[n]) > 40
            for _, n in self.filled[row]
        ):
            return False
        if kinds and all(kind == "year" for kind in kinds[1:]) and len(kinds) > 2:
            return True
        return kinds.count("text") + kinds.count("date") + kinds.count("year") >= 2

    def _numbers_columns(self, row: int) -> bool:
        """Whether a row only numbers the columns: 甲 乙 1 2 3."""
        texts = [squeezed(self.grid.texts[n]) for _, n in self.filled[row]]
        digits = [t for t in texts if t.isdecimal()]
        rest = [t for t in texts if not t.isdecimal()]
        counted = (
            [int(d) for d in digits] == list(range(int(digits[0]), int(digits[0]) + len(digits)))
            if digits
            else False
        )
        return (
            len(digits) > 1
            and counted
            and int(digits[0]) <= 1
            and all(len(t) <= 2 for t in rest)
            and any(t in self.words.columns for t in rest)
        )
