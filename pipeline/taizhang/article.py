"""What the first two stages hand on: an article as it was read, and the same article cleaned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from taizhang.align import Aligned, Edit
from taizhang.compact import Packed
from taizhang.records import Document


class Cell(NamedTuple):
    """One cell of a table, its text half-open in the article's.

    Attributes:
        row, column: its first, from 0.
        rows, columns: over how many of each it goes.
        header: whether the source itself marks it as the head of a row or column.
        indent: by how many blanks its text is moved in.
    """

    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    columns: int = 1
    header: bool = False
    indent: int = 0


def packed_cells(cells: Iterable[Cell] = ()) -> Packed[Cell]:
    """Cells in little room, of which there may be a hundred thousand."""
    return cells if isinstance(cells, Packed) else Packed(_cell, len(Cell._fields), cells)


def _cell(  # noqa: PLR0913, PLR0917 - all fields of a cell, as numbers
    row: int, column: int, start: int, end: int, rows: int, columns: int, header: int, indent: int
) -> Cell:
    return Cell(row, column, start, end, rows, columns, bool(header), indent)


class Table(NamedTuple):
    """A table in an article's text, half-open: a line a row, its cells by a tab apart.

    Attributes:
        cells: those that have a text, in its order.
        name: what the source calls it (the sheet of a workbook); mostly empty.
    """

    start: int
    end: int
    cells: Sequence[Cell]
    name: str = ""

    def moved(self, by: int) -> Table:
        """The same table ``by`` characters further on."""
        if not by:
            return self
        return self._replace(
            start=self.start + by, end=self.end + by, cells=packed_cells(self.cells).moved(by, 2, 3)
        )


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read.

    Attributes:
        document: its id, title, date and origin.
        text: title and body in the article's own characters, aligned to ``raw``.
        raw: the source text as decoded, with all that the reader left out of ``text`` (markup, other fields).
        title_end: offset in ``text`` where the title ends; 0 where there is none apart from the body.
        region: the code or the name of the place that is given for it from outside; empty where none is.
        tables: those in ``text``, in order and apart.
    """

    document: Document
    text: Aligned
    raw: str
    title_end: int = 0
    tables: tuple[Table, ...] = ()
    region: str = ""

    @classmethod
    def of(cls, text: str, document: Document | None = None) -> Article:
        """A plain string as an article."""
        return cls(document or Document(id="text"), Aligned.whole(text), text)


@dataclass(frozen=True, slots=True)
class Fix:
    """One edit that cleaning made: which fix, where in the source text, what it read and what it wrote."""

    name: str
    raw_start: int
    raw_end: int
    before: str
    after: str
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's clean text, aligned to its source, with the list of fixes.

    Attributes:
        document: as in the article, with what the text's own head and tail said of date and source filled in.
        uncertain: spans of the clean text that a fix could not settle; a number there is no record.
        boilerplate: spans of the clean text that belong to the page and not to the prose (byline, timestamp,
            source line, copyright); a number there is no record.
        title_end: offset in the clean text where the title ends.
        region: as in the article.
        tables: those in the clean text, in order and apart.
    """

    document: Document
    aligned: Aligned
    raw: str
    fixes: tuple[Fix, ...] = ()
    uncertain: tuple[tuple[int, int], ...] = ()
    boilerplate: tuple[tuple[int, int], ...] = ()
    title_end: int = 0
    tables: tuple[Table, ...] = ()
    region: str = ""

    @property
    def text(self) -> str:
        """The clean text."""
        return self.aligned.text


@dataclass(slots=True)
class Workpiece:
    """A text on its way through the fixes: each one reads ``aligned.text`` and hands its edits to ``apply``."""

    aligned: Aligned
    fixes: list[Fix] = field(default_factory=list)

    def apply(self, edits: list[Edit]) -> None:
        """Make the edits and note each with its place in the source."""
        for edit in edits:
            low, high = self.aligned.source_span(edit.start, edit.end)
            before = self.aligned.text[edit.start : edit.end]
            self.fixes.append(Fix(edit.name, low, high, before, edit.new, edit.uncertain))
        self.aligned = self.aligned.edit(edits)
