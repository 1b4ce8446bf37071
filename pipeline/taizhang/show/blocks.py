"""The show room's blocks: the segments of an article as runs of prose and as tables with their cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from taizhang.article import Cell, Table
from taizhang.show.segments import Segment

WIDEST = 1000  # columns that a cell is shown over


class ShownCell(NamedTuple):
    """One cell with the segments in it, and over how many rows and columns it goes."""

    rows: int
    columns: int
    header: bool
    segments: list[Segment]


@dataclass(slots=True)
class TextBlock:
    """A run of prose, or the rows of a table; one of the two is empty."""

    prose: list[Segment] = field(default_factory=list)
    rows: list[list[ShownCell]] = field(default_factory=list)


def blocks(tables: Iterable[Table], segments: Iterable[Segment]) -> list[TextBlock]:
    """All segments, in order; what parts the cells of a table is left out."""
    found = [TextBlock()]
    waiting = iter(tables)
    table = next(waiting, None)
    inside: dict[int, list[Segment]] = {}
    at = 0
    for segment in segments:
        while table and at >= table.end:
            found += [TextBlock(rows=_rows(table, inside)), TextBlock()]
            table, inside = next(waiting, None), {}
        if table and at >= table.start:
            inside[at] = [segment]
        else:
            found[-1].prose.append(segment)
        at += len(segment.text)
    if table and inside:
        found.append(TextBlock(rows=_rows(table, inside)))
    return [block for block in found if block.prose or block.rows]


def _rows(table: Table, inside: dict[int, list[Segment]]) -> list[list[ShownCell]]:
    starts = sorted(inside)
    made: list[list[ShownCell]] = []
    index = 0
    until: dict[int, int] = {}  # column -> the first row in which no cell from above is in it
    for number, row in groupby(table.cells, key=lambda cell: cell.row):
        cells: list[ShownCell] = []
        column = 0
        for cell in row:
            gap = sum(until.get(c, 0) <= number for c in range(column, cell.column))
            cells += [ShownCell(1, 1, False, [])] * gap
            if cell.rows > 1:
                last = min(cell.column + cell.columns, cell.column + WIDEST)
                until |= dict.fromkeys(range(cell.column, last), number + cell.rows)
            segments: list[Segment] = []
            while index < len(starts) and starts[index] < cell.end:
                if starts[index] >= cell.start:
                    segments += inside[starts[index]]
                index += 1
            cells.append(_shown(cell, segments))
            column = cell.column + cell.columns
        made.append(cells)
    return made


def _shown(cell: Cell, segments: list[Segment]) -> ShownCell:
    return ShownCell(min(cell.rows, WIDEST), min(cell.columns, WIDEST), cell.header, segments)
