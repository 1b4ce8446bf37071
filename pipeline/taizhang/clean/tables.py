"""Clean: a text's tables taken out of its prose and put back cell by cell: no fix may join one cell with the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from taizhang.align import Aligned, Edit, Joiner
from taizhang.article import Article, Fix, Table, Workpiece, packed_cells

PLACE = "\n\ufffc\n"  # where a table stands; blank lines beside it, so that no line goes on into it
REMEMBERED = 4096  # texts of cells that are known to need no fix

Fixing = Callable[[Workpiece], list[tuple[int, int]]]


class Skeleton(NamedTuple):
    """The prose with ``PLACE`` for each table, the places' spans in it, and how its offsets follow from the text's."""

    text: Aligned
    places: list[tuple[int, int]]

    @classmethod
    def of(cls, article: Article) -> Skeleton:
        """An article's prose."""
        if not article.tables:
            return cls(article.text, [])
        parts: list[Aligned | str] = []
        places: list[tuple[int, int]] = []
        at = size = 0
        for table in article.tables:
            prose = article.text.cut(at, table.start)
            parts += [prose, PLACE]
            size += len(prose.text) + len(PLACE)
            places.append((size - 2, size - 1))
            at = table.end
        parts.append(article.text.cut(at, len(article.text.text)))
        return cls(Aligned.join(parts), places)


class Restored(NamedTuple):
    """The clean text with its tables, and how much further on what follows each place in the prose is."""

    text: Aligned
    tables: tuple[Table, ...]
    uncertain: list[tuple[int, int]]
    ends: list[int]
    shifts: list[int]

    def moved(self, offset: int) -> int:
        """Where an offset of the clean prose is in the whole text."""
        return offset + self.shifts[bisect_right(self.ends, offset)]


def restored(article: Article, prose: Aligned, places: Sequence[tuple[int, int]], fix: Cells) -> Restored:
    """The clean prose with the cleaned tables in their places."""
    if not article.tables:
        return Restored(prose, (), [], [], [0])
    joiner = Joiner()
    tables: list[Table] = []
    uncertain: list[tuple[int, int]] = []
    ends, shifts = [], [0]
    at = 0
    for table, (start, end) in zip(article.tables, places, strict=True):
        low = start - 1 if prose.text[start - 1 : start] == "\n" else start
        high = end + 1 if prose.text[end : end + 1] == "\n" else end
        joiner.add(prose.cut(at, low))
        made = fix.table(article.text, table, joiner)
        tables.append(made.table)
        uncertain += made.uncertain
        at = high
        ends.append(high)
        shifts.append(joiner.size - high)
    joiner.add(prose.cut(at, len(prose.text)))
    return Restored(joiner.joined(), tuple(tables), uncertain, ends, shifts)


class CleanTable(NamedTuple):
    """A table in the clean text, and the spans in it that stay uncertain."""

    table: Table
    uncertain: list[tuple[int, int]]


class Cells:
    """Cleans the cells of an article's tables, each by itself; ``fixes`` is where what was done is noted."""

    def __init__(self, fixing: Fixing, fixes: list[Fix]) -> None:
        self._fixing, self._fixes = fixing, fixes
        self._clean: set[str] = set()  # what needs no fix

    def table(self, text: Aligned, table: Table, joiner: Joiner) -> CleanTable:
        """Put a table's clean text to ``joiner``."""
        cells, uncertain = packed_cells(), list[tuple[int, int]]()
        start, at = joiner.size, table.start
        for cell in table.cells:
            joiner.add(text.text[at : cell.start])
            at, size = cell.end, joiner.size
            made, doubtful = self._cell(text.cut(cell.start, cell.end))
            uncertain += [(a + size, b + size) for a, b in doubtful]
            joiner.add(made)
            if made.text:
                cells.append(cell._replace(start=size, end=joiner.size))
        return CleanTable(Table(start, joiner.size, cells, table.name), uncertain)

    def _cell(self, text: Aligned) -> tuple[Aligned, list[tuple[int, int]]]:
        if text.text in self._clean:
            return text, []
        work = Workpiece(text)
        uncertain = self._fixing(work)
        if not work.fixes:
            if len(self._clean) == REMEMBERED:
                self._clean.clear()
            self._clean.add(text.text)
        self._fixes += work.fixes
        return _stripped(work.aligned, uncertain)


def _stripped(text: Aligned, uncertain: list[tuple[int, int]]) -> tuple[Aligned, list[tuple[int, int]]]:
    """Without blanks at the edges, and without tabs, which part cells."""
    tabs = [Edit(i, i + 1, " ", "cell-tab") for i, c in enumerate(text.text) if c == "\t"]
    text = text.edit(tabs) if tabs else text
    low = len(text.text) - len(text.text.lstrip())
    high = max(low, len(text.text.rstrip()))
    if (low, high) == (0, len(text.text)):
        return text, uncertain
    return text.cut(low, high), [(a - low, b - low) for a, b in uncertain if low <= a and b <= high]
