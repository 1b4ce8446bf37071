"""Segment: the layout of a text: sections with their headings, paragraphs, sentences, clauses, as character spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from taizhang.article import Table, packed_cells
from taizhang.compact import Packed


class LayoutUnit(NamedTuple):
    """One piece of the layout, half-open in characters."""

    start: int
    end: int


class Section(NamedTuple):
    """A heading (empty where a text opens without one) and all that stands under it."""

    start: int
    end: int
    heading_start: int
    heading_end: int


About = Literal["problem", "plan", "outcome", ""]


class Heading(NamedTuple):
    """The heading of a numbered item or of a part, and how far it governs: until the next of its level or above.

    ``level``: 0 is the highest. ``about``: which part of a rectification its words announce; empty for none.
    ``under``: the number of the heading that it stands under; -1 for none.
    """

    start: int
    end: int
    level: int
    until: int
    about: About = ""
    under: int = -1


@dataclass(frozen=True)
class Layout:
    """All pieces of one text, each level in order and covering the text's words without overlap.

    ``bars`` are offsets over which nothing goes on: a row of a table is no sequel of the row above it.
    """

    text: str
    title: LayoutUnit
    sections: tuple[Section, ...]
    paragraphs: Sequence[LayoutUnit]
    sentences: Sequence[LayoutUnit]
    clauses: Sequence[LayoutUnit]
    tables: tuple[Table, ...] = ()
    headings: tuple[Heading, ...] = ()
    bars: tuple[int, ...] = ()

    def barred(self, start: int, end: int) -> bool:
        """Whether what ends at ``start`` cannot go on at ``end``."""
        return bisect_right(self.bars, start) < bisect_right(self.bars, end)

    def path_at(self, offset: int) -> tuple[Heading, ...]:
        """The headings that govern ``offset``, the highest first; the last is the nearest."""
        path: list[Heading] = []
        number = bisect_right(self.headings, offset, key=lambda heading: heading.start) - 1
        while number >= 0:
            path.append(self.headings[number])
            number = path[-1].under
        return tuple(heading for heading in reversed(path) if offset < heading.until)

    def about_at(self, offset: int) -> About:
        """Which part of a rectification the nearest heading that announces one says of ``offset``."""
        path = reversed(self.path_at(offset)) if self.headings else ()
        return next((heading.about for heading in path if heading.about), "")

    def table_at(self, offset: int) -> Table | None:
        """The table that holds ``offset``."""
        index = bisect_right(self.tables, offset, key=lambda table: table.start) - 1
        return self.tables[index] if index >= 0 and offset < self.tables[index].end else None

    def row_at(self, offset: int) -> LayoutUnit | None:
        """The row of a table that holds ``offset``, from its first cell to its last."""
        table = self.table_at(offset) if self.tables else None
        if table is None:
            return None
        cells = packed_cells(table.cells)
        rows, starts = cells.column(0), cells.column(2)
        row = rows[bisect_right(starts, offset) - 1]
        low, high = bisect_left(rows, row), bisect_right(rows, row) - 1
        return LayoutUnit(cells[low].start, cells[high].end)

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds the character at ``offset``."""
        return bisect_right(self._sentence_starts, offset) - 1

    def clause_at(self, offset: int) -> int:
        """Index of the clause (between commas, semicolons and full stops) that holds ``offset``."""
        return bisect_right(self._clause_starts, offset) - 1

    def clause_ends(self, unit: LayoutUnit) -> frozenset[int]:
        """Where the clauses of a sentence end, but for the last."""
        first, last = self.clause_at(unit.start), self.clause_at(unit.end - 1)
        return frozenset(clause.end for clause in self.clauses[first:last])

    def paragraph_at(self, offset: int) -> int:
        """Index of the paragraph that holds ``offset``."""
        return bisect_right(self._paragraph_starts, offset) - 1

    def section_at(self, offset: int) -> int:
        """Index of the section that holds ``offset``."""
        return bisect_right(self._section_starts, offset) - 1

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        return _starts(self.sentences)

    @cached_property
    def _clause_starts(self) -> Sequence[int]:
        return _starts(self.clauses)

    @cached_property
    def _paragraph_starts(self) -> Sequence[int]:
        return _starts(self.paragraphs)

    @cached_property
    def _section_starts(self) -> Sequence[int]:
        return _starts(self.sections)


def _starts(units: Sequence[LayoutUnit] | Sequence[Section]) -> Sequence[int]:
    return units.column(0) if isinstance(units, Packed) else [unit.start for unit in units]
