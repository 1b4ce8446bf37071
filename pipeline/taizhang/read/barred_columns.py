"""Read: the rows of a table that bars part, each cell in its column, though cells without a text may be left out.

A row with fewer cells than the head is put where its figures and words fit the columns in one way only. Where they fit
in several, its figures stay one cell over all columns, since nothing tells which is whose.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from taizhang.read.barred_storeys import storeys
from taizhang.read.plain_rows import (
    BLANK,
    NOTHING,
    CellSpan,
    Span,
    are_years,
    is_figure,
    side_by_side,
)

Sort = Literal["figure", "nothing", "words"]
FEWEST = 3  # rows with figures where the table has two columns; else one less
PROOF = 2  # full rows that tell what a column holds


class BarredRow(NamedTuple):
    """A row: its cells with a text, in what place each stands, and what each is."""

    cells: list[Span]
    places: list[int]
    sorts: list[Sort]

    @property
    def holds_figures(self) -> bool:
        """Whether it is a row of data."""
        return "figure" in self.sorts[1:]

    @property
    def gap(self) -> bool:
        """Whether a cell without a text stands before one with."""
        return self.places != list(range(len(self.places)))


class Columns(NamedTuple):
    """What the columns are.

    Attributes:
        heads: the rows of the head, each cell in its column.
        sorts: for each column what it may hold.
        spare: those that may be empty throughout.
    """

    heads: dict[int, list[CellSpan]]
    sorts: list[frozenset[Sort]]
    spare: frozenset[int]


def in_columns(
    rows: Sequence[Sequence[Span]], text: str, remarks: frozenset[str]
) -> list[list[CellSpan]] | None:
    """The cells of each row in their columns; none where the head does not tell what the columns are."""
    read = [_read(row, text) for row in rows]
    first = next(
        (i for i, row in enumerate(read) if row.holds_figures and not _of_years(row, text)), len(read)
    )
    head = max((i for i, row in enumerate(read[:first]) if len(row.cells) > 1), default=None)
    data = [row for row in read[first:] if row.holds_figures]
    widest = max((len(row.cells) for row in data), default=0)
    if head is None or len(data) < FEWEST - (widest > 2):
        return None
    if any(row.gap for row in data):
        return _as_they_stand(read, head, data)
    columns = _fitting(read[head], head, data, text, remarks) or _of_storeys(read, head, data, text)
    if columns is None:
        return None
    placed = [_placed(row, columns) for row in read]
    unplaced = sum(any(c.columns > 1 for c in placed[i]) for i in range(first, len(read)))
    if 2 * unplaced > len(data):
        return None
    top = min(columns.heads)
    captions = [
        [CellSpan(*cell, 0)] for row in read[:top] for cell in row.cells
    ]  # each says something to all
    return [*captions, *(columns.heads.get(i) or placed[i] for i in range(top, len(read)))]


def _read(row: Sequence[Span], text: str) -> BarredRow:
    filled = [(i, (a, b)) for i, (a, b) in enumerate(row) if text[a:b].strip(BLANK)]
    return BarredRow(
        [span for _, span in filled], [i for i, _ in filled], [_sort(text[a:b]) for _, (a, b) in filled]
    )


def _sort(written: str) -> Sort:
    body = written.strip(BLANK)
    if is_figure(body):
        return "figure"
    return "nothing" if NOTHING.fullmatch(body) else "words"


def _of_years(row: BarredRow, text: str) -> bool:
    """Whether all figures of a row are years: a head."""
    cells = zip(row.cells[1:], row.sorts[1:], strict=True)
    return are_years([text[slice(*cell)].strip(BLANK) for cell, sort in cells if sort == "figure"])


def _as_they_stand(
    read: Sequence[BarredRow], head: int, data: Sequence[BarredRow]
) -> list[list[CellSpan]] | None:
    """The rows of a table that has its empty cells, too: each figure has a head above it."""
    figures = {p for row in data for p, sort in zip(row.places, row.sorts, strict=True) if sort == "figure"}
    if not figures <= set(read[head].places):
        return None
    captions = [[CellSpan(*cell, 0)] for row in read[:head] if not row.gap for cell in row.cells]
    rows = [row for i, row in enumerate(read) if i >= head or row.gap]
    return captions + [
        [CellSpan(*cell, place) for cell, place in zip(row.cells, row.places, strict=True)] for row in rows
    ]


def _fitting(
    head: BarredRow, number: int, data: Sequence[BarredRow], text: str, remarks: frozenset[str]
) -> Columns | None:
    """The columns that a head names; its first cell may be left out, and remarks be empty in all rows."""
    widest = max(len(row.cells) for row in data)
    size = len(head.cells)
    for shift in (0, 1):
        spare = frozenset(
            i for i, (a, b) in enumerate(head.cells, shift) if "".join(text[a:b].split()) in remarks
        )
        if not widest <= size + shift <= widest + len(spare):
            continue
        sorts = _sorts(data, size + shift, spare)
        shifted = not shift or (_names_rows(data, sorts[0], text) and "figure" in sorts[-1 - len(spare)])
        if shifted and not any("figure" in sorts[i] for i in spare):
            return Columns({number: side_by_side(head.cells, shift)}, sorts, spare)
    return None


def _names_rows(data: Sequence[BarredRow], sorts: frozenset[Sort], text: str) -> bool:
    """Whether the first cells of the rows are words, or count the rows."""
    firsts = [text[slice(*row.cells[0])].strip(BLANK) for row in data]
    return sorts == {"words"} or firsts == [str(n) for n in range(1, len(firsts) + 1)]


def _of_storeys(read: Sequence[BarredRow], head: int, data: Sequence[BarredRow], text: str) -> Columns | None:
    """The columns that a head of two storeys names."""
    widest = max(len(row.cells) for row in data)
    full = [row.cells for row in data if len(row.cells) == widest]
    made = (
        storeys(read[head - 1].cells, read[head].cells, full, text) if head and len(full) >= PROOF else None
    )
    if made is None:
        return None
    return Columns({head - 1: made.upper, head: made.lower}, _sorts(data, widest, frozenset()), frozenset())


def _sorts(data: Sequence[BarredRow], size: int, spare: frozenset[int]) -> list[frozenset[Sort]]:
    """What each column holds in the full rows; anything, where there are too few."""
    found: list[set[Sort]] = [set() for _ in range(size)]
    full = 0
    for row in data:
        if len(row.cells) == size:
            columns = list(range(size))
        elif len(row.cells) == size - len(spare):
            columns = [c for c in range(size) if c not in spare]
        else:
            continue
        full += 1
        for column, sort in zip(columns, row.sorts, strict=True):
            found[column].add(sort)
    every: frozenset[Sort] = frozenset(("figure", "nothing", "words"))
    only: frozenset[Sort] = frozenset(("words",))
    if full < PROOF:
        return [only if c in spare else every for c in range(size)]
    return [only if c in spare and not sorts else frozenset(sorts) for c, sorts in enumerate(found)]


def _placed(row: BarredRow, columns: Columns) -> list[CellSpan]:
    """A row of data in its columns."""
    if len(row.cells) == 1 or len(row.cells) == len(columns.sorts):
        return side_by_side(row.cells)
    places = _only_way(row.sorts, columns)
    if places:
        return [CellSpan(*cell, place) for cell, place in zip(row.cells, places, strict=True)]
    if not row.holds_figures:
        return side_by_side(row.cells)
    first = row.sorts.index("figure", 1)
    last = len(row.sorts) - row.sorts[::-1].index("figure")
    width = len(columns.sorts)
    figures = CellSpan(row.cells[first][0], row.cells[last - 1][1], first, max(2, width - first))
    return [*side_by_side(row.cells[:first]), figures, *side_by_side(row.cells[last:], max(width, first + 2))]


def _only_way(sorts: Sequence[Sort], columns: Columns) -> list[int] | None:
    """In what columns cells can stand, in their order; none where there is no way or more than one.

    Columns that may be empty throughout are left out before others.
    """
    size, width = len(sorts), len(columns.sorts)
    if size > width:
        return None
    # best[i]: for the first i cells in the columns so far, how many other columns are left out, and in how many ways
    none = (width + 1, 0)
    best = [(0, 1)] + [none] * size
    steps: list[list[bool]] = []  # for each column whether the cell is put there
    for column in range(width):
        left_out = column not in columns.spare
        after = [(cost + left_out, ways) for cost, ways in best]
        put = [False] * (size + 1)
        for i in range(size):
            if best[i][1] and _fits(sorts[i], columns.sorts[column]):
                cost, ways = best[i]
                old_cost, old_ways = after[i + 1]
                if cost < old_cost or not old_ways:
                    after[i + 1], put[i + 1] = (cost, ways), True
                elif cost == old_cost:
                    after[i + 1] = (cost, old_ways + ways)
        best = after
        steps.append(put)
    if best[size][1] != 1:
        return None
    places: list[int] = []
    left = size
    for column in range(width - 1, -1, -1):
        if steps[column][left]:
            places.append(column)
            left -= 1
    return places[::-1]


def _fits(sort: Sort, held: frozenset[Sort]) -> bool:
    return sort == "nothing" or sort in held or held == {"nothing"}
