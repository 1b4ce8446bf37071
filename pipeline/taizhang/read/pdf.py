"""Read: PDF with a text layer, page after page: its lines and its tables. Needs the extra ``pdf``."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from math import inf
from typing import Any, BinaryIO, NamedTuple

from taizhang.align import Aligned
from taizhang.errors import UnreadableInput
from taizhang.read.draft import Draft, DraftCell, TextWithTables
from taizhang.read.extras import needed
from taizhang.read.limits import MIB, ReadLimits
from taizhang.read.pdf_lines import SLACK, PageLine, between, joins, running, without_running
from taizhang.read.pdf_page import PlacedBlock, PlacedTable, items
from taizhang.read.shapes import PaperLines
from taizhang.read.streams import Blob

PAGE_END = "\f"
FULL_LINES = 3  # that come to the right edge, for a text to have one
LARGEST_PAGE = 16 * MIB  # of drawing operators; a page of dense text has less than one


class PdfText(NamedTuple):
    """A PDF's text as its pages have it, the same put together with its tables, and the date in its properties."""

    source: str
    body: TextWithTables
    created: str


def pdf_text(file: BinaryIO, blob: Blob, limits: ReadLimits, lines: PaperLines) -> PdfText:
    """The text of a PDF file; in the source text the pages are parted by form feeds.

    Raises:
        UnreadableInput: ``missing-extra``, ``encrypted``, ``bad-pdf``, ``too-many-pages``, or
            ``no-text-layer``, where the pages are pictures.
    """
    library, checker = needed("pdfplumber", "pdf"), needed("pypdf", "pdf")
    wrong = needed("pdfminer.pdfdocument", "pdf").PDFPasswordIncorrect
    for name in ("pdfminer", "pypdf"):
        logging.getLogger(name).setLevel(
            logging.CRITICAL
        )  # what matters of a broken file is in the rejection
    try:
        _checked(checker.PdfReader(file), blob, limits)
        file.seek(0)
        with library.open(file) as paper:
            pages = list(_pages(paper, blob))
            created = str((paper.metadata or {}).get("CreationDate") or "")
    except UnreadableInput:
        raise
    except Exception as error:  # the library raises whatever a broken file leads it to
        if isinstance(error, wrong) or any(isinstance(a, wrong) for a in error.args):
            detail = f"{blob.origin.name}: expected a file without a password"
            raise UnreadableInput("encrypted", detail) from error
        raise UnreadableInput("bad-pdf", f"{blob.origin.name}: {type(error).__name__}: {error}") from error
    if not any(page for page in pages):
        raise UnreadableInput("no-text-layer", f"{blob.origin.name}: expected text, got pages of pictures")
    source, body = _put_together(pages, lines)
    return PdfText(source, body, created)


def _checked(reader: Any, blob: Blob, limits: ReadLimits) -> None:
    """Refuse what the library for tables would not end with: it has no limits of its own."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableInput("encrypted", f"{blob.origin.name}: expected a file without a password")
    count = len(reader.pages)
    if count > limits.pages:
        raise UnreadableInput("too-many-pages", f"expected at most {limits.pages} pages, got {count}")
    for number, page in enumerate(reader.pages, 1):
        contents = page.get_contents()
        size = len(contents.get_data()) if contents is not None else 0
        blob.budget.spend(size)
        if size > LARGEST_PAGE:
            detail = f"{blob.origin.name}: expected at most {LARGEST_PAGE} bytes on page {number}, got {size}"
            raise UnreadableInput("bad-pdf", detail)


def _pages(paper: Any, blob: Blob) -> Iterator[list[PlacedBlock]]:
    for page in paper.pages:
        found = items(page)
        blob.budget.spend(sum(item.size for item in found))
        yield found
        page.close()


def _put_together(pages: Sequence[Sequence[PlacedBlock]], rules: PaperLines) -> tuple[str, TextWithTables]:
    """The source text, and the text: lines joined, what repeats left out, tables that go on over a page in one."""
    lines = [[item.line for item in page if item.line] for page in pages]
    repeated = running(lines)
    page_number = re.compile(rules.page_number)
    kept = [without_running(page, repeated, page_number) for page in lines]
    right = _right([line for page in kept for line in page])
    writer = _Writer(right, re.compile(rules.starts))
    for number, page in enumerate(pages):
        if number:
            writer.pass_over(PAGE_END)
        own = {id(line) for line in kept[number]}
        left = min((line.left for line in kept[number]), default=0.0)
        for item in page:
            if item.table is not None:
                writer.table(item.table)
            elif item.line is not None and id(item.line) in own:
                writer.line(item.line, left)
            elif item.line is not None:
                writer.pass_over(item.line.text + "\n")
    return writer.done()


def _right(lines: Sequence[PageLine]) -> float:
    """Where the column of text ends: the farthest that several lines come to; out of reach where none do."""
    ends = sorted((line.right for line in lines), reverse=True)
    for index in range(len(ends) - FULL_LINES + 1):
        if ends[index] - ends[index + FULL_LINES - 1] <= SLACK * lines[0].size:
            return ends[index]
    return inf


class _Writer:
    """Takes lines and tables in their order and writes both texts."""

    def __init__(self, right: float, starts: re.Pattern[str]) -> None:
        self._right, self._starts = right, starts
        self._source: list[str] = []
        self._at = 0
        self._steps: list[tuple[int, int] | str | list[list[tuple[PlacedTable, int, int, int]]]] = []
        self._last: PageLine | None = None
        self._open: list[list[tuple[PlacedTable, int, int, int]]] | None = None

    def pass_over(self, text: str) -> None:
        """What is in the source text and not in the text."""
        self._write(text)

    def line(self, line: PageLine, left: float) -> None:
        """One line of prose."""
        if self._last is not None:
            goes_on = joins(self._last, line, self._right, left, self._starts)
            self._steps.append(between(self._last.text, line.text) if goes_on else "\n")
        elif self._steps:
            self._steps.append("\n")
        start = self._write(line.text)
        self._steps.append((start, start + len(line.text)))
        self._write("\n")
        self._last, self._open = line, None

    def table(self, table: PlacedTable) -> None:
        """One table; straight after another of as many columns it goes on with that one."""
        cells = []
        for number, text in enumerate(table.texts):
            start = self._write(text)
            self._write("\t")
            cells.append((table, number, start, start + len(text)))
        self._write("\n")
        if self._open is not None and self._open[-1] and self._open[-1][0][0].columns == table.columns:
            self._open.append(cells)
        else:
            if self._last is not None:
                self._steps.append("\n")
            self._open = [cells]
            self._steps.append(self._open)
        self._last = None

    def _write(self, text: str) -> int:
        start = self._at
        self._source.append(text)
        self._at += len(text)
        return start

    def done(self) -> tuple[str, TextWithTables]:
        """Both texts."""
        source = "".join(self._source)
        whole, draft = Aligned.whole(source), Draft()
        for step in self._steps:
            if isinstance(step, str):
                draft.add(step)
            elif isinstance(step, tuple):
                draft.add(whole.cut(*step))
            else:
                draft.table(list(_written(whole, step)))
        return source, draft.body()


def _written(
    whole: Aligned, parts: Sequence[Sequence[tuple[PlacedTable, int, int, int]]]
) -> Iterator[DraftCell]:
    below = 0
    for part in parts:
        rows = 0
        for table, number, start, end in part:
            place = table.places[number]
            rows = max(rows, place.row + place.rows)
            yield DraftCell(place.row + below, place.column, whole.cut(start, end), place.rows, place.columns)
        below += rows
