"""Read: which tables of an HTML page hold data and which only lay the page out, and where each cell stands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.read.draft import ColumnCursor
from taizhang.read.html_scan import CELLS, MarkupLine, MarkupTree

SPAN = re.compile(r"(?P<what>row|col)span\s*+=\s*+[\"']?\s*+(?P<count>\d{1,6})", re.I)
MOST_COLUMNS = 1000  # that a cell may go over, as the standard says
FILLED_ROWS = 2


class GridCell(NamedTuple):
    """A cell with its place, and the numbers of the lines that are its text."""

    row: int
    column: int
    rows: int
    columns: int
    header: bool
    lines: tuple[int, ...]


class Tables(NamedTuple):
    """By a table's number its cells; by a line's number the table that it is in."""

    cells: dict[int, list[GridCell]]
    of: dict[int, int]


def data_tables(source: str, found: MarkupTree, lines: Sequence[MarkupLine]) -> Tables:
    """The tables among ``lines``: those with two rows of two filled cells. Others only lay the page out.

    What lies in a table within a table belongs to the inner one.
    """
    texts: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.cell:
            texts[line.cell].append(number)
    if not texts:
        return Tables({}, {})
    filled = {
        cell: numbers
        for cell, numbers in texts.items()
        if any(source[slice(*run)].strip() for n in numbers for run in lines[n].runs)
    }
    rows, tables = _ancestors(found, "tr"), _ancestors(found, "table")
    per_row = Counter(rows[cell] for cell in filled if rows[cell])
    full = Counter(tables[row] for row, count in per_row.items() if count > 1)
    kept = {table for table, count in full.items() if count >= FILLED_ROWS and table}
    grid: dict[int, list[GridCell]] = {}
    for table, cells in _grouped(found, rows, tables, kept).items():
        grid[table] = list(_placed(source, found, cells, rows, texts))
    of = {
        number: tables[cell] for cell, numbers in texts.items() if tables[cell] in grid for number in numbers
    }
    return Tables(grid, of)


def _ancestors(found: MarkupTree, name: str) -> list[int]:
    """For each element the innermost one of that name that it is in or is, in the innermost table; 0 for none."""
    nearest = [0] * len(found.names)
    for node in range(1, len(found.names)):
        own = found.names[node]
        if own == name:
            nearest[node] = node
        elif own != "table":
            nearest[node] = nearest[found.parents[node]]
    return nearest


def _grouped(found: MarkupTree, rows: list[int], tables: list[int], kept: set[int]) -> dict[int, list[int]]:
    """The cells of each table that is kept, in their order."""
    cells: dict[int, list[int]] = defaultdict(list)
    for node, name in enumerate(found.names):
        if name in CELLS and rows[node] and tables[node] in kept:
            cells[tables[node]].append(node)
    return cells


def _placed(
    source: str, found: MarkupTree, cells: list[int], rows: list[int], texts: dict[int, list[int]]
) -> Iterator[GridCell]:
    grid = ColumnCursor()
    last, number = rows[cells[0]], 0
    for cell in cells:
        if rows[cell] != last:
            grid.next_row()
            last, number = rows[cell], number + 1
        spans = {m["what"].lower(): int(m["count"]) for m in SPAN.finditer(source, *found.tags[cell])}
        high, wide = max(1, spans.get("row", 1)), min(max(1, spans.get("col", 1)), MOST_COLUMNS)
        column = grid.put(high, wide)
        header = found.names[cell] == "th"
        yield GridCell(number, column, high, wide, header, tuple(texts.get(cell, ())))
