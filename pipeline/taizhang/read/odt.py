"""Read: ODT, its paragraphs a line each, its tables as tables. Needs the extra ``docx``: it brings the parser."""

from __future__ import annotations

import zipfile
from typing import Any

from taizhang.align import Aligned
from taizhang.read.docx import xml_events
from taizhang.read.draft import ColumnCursor, Draft, DraftCell, TextWithTables
from taizhang.read.limits import ReadLimits
from taizhang.read.streams import Blob

CONTENT = "content.xml"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
SILENT = {OFFICE + "annotation", TEXT + "note", TEXT + "tracked-changes"}
MOST_COLUMNS, MOST_ROWS = 1000, 1_000_000


def odt_text(archive: zipfile.ZipFile, blob: Blob, limits: ReadLimits) -> tuple[str, TextWithTables]:
    """The text of an ODT file, and the same with its tables; notes and deleted text are not part of it.

    Raises:
        UnreadableInput: ``missing-extra``, ``xml-entities``, ``bad-odt``, ``too-large``, ``unpacked-too-large``,
            ``table-too-wide``.
    """
    reader = _OdtReader()
    for event, element in xml_events(archive, CONTENT, blob, limits, "bad-odt"):
        reader.take(event, element)
    return reader.body()


class _OdtReader:
    """Takes the elements of a document in their order."""

    def __init__(self) -> None:
        self._source: list[str] = []
        self._at = 0
        self._steps: list[tuple[int, int] | list[tuple[int, int, int, int, int, int]]] = []
        self._silent = 0
        self._depth = 0  # of tables in each other; the inner ones are text of their cell
        self._grid = ColumnCursor()
        self._row = -1
        self._cell = (0, 0, 1, 1)
        self._start = 0

    def take(self, event: str, element: Any) -> None:
        """One element that begins or ends."""
        tag = element.tag
        if tag in SILENT:
            self._silent += 1 if event == "start" else -1
        elif self._silent:
            return
        elif tag == TABLE + "table":
            self._table(event)
        elif self._depth == 1 and tag == TABLE + "table-row" and event == "start":
            self._row += 1
            if self._row:
                self._grid.next_row()
        elif self._depth == 1 and tag in CELLS:
            self._enter(event, element)
        elif tag in (TEXT + "p", TEXT + "h") and event == "end":
            self._write(_all_text(element))
            self._write("\n")

    def _table(self, event: str) -> None:
        self._depth += 1 if event == "start" else -1
        if event == "start" and self._depth == 1:
            self._steps.append([])
            self._grid, self._row = ColumnCursor(), -1

    def _enter(self, event: str, element: Any) -> None:
        if event == "start":
            self._start = self._at
            return
        covered = element.tag.endswith("covered-table-cell")
        rows = _count(element, "number-rows-spanned", MOST_ROWS)
        columns = _count(element, "number-columns-spanned", MOST_COLUMNS)
        repeated = _count(element, "number-columns-repeated", MOST_COLUMNS)
        steps = self._steps[-1]
        if covered or not isinstance(steps, list):
            return
        column = self._grid.put(rows, columns * repeated if repeated == 1 else columns + repeated - 1)
        steps.append((self._row, column, rows, columns, self._start, self._at))

    def _write(self, text: str) -> None:
        self._source.append(text)
        if not self._depth:
            self._steps.append((self._at, self._at + len(text)))
        self._at += len(text)

    def body(self) -> tuple[str, TextWithTables]:
        """All that was read: the source text, and the text with its tables."""
        source = "".join(self._source)
        whole, draft = Aligned.whole(source), Draft()
        for step in self._steps:
            if isinstance(step, tuple):
                draft.add(whole.cut(*step))
            else:
                draft.table(
                    [DraftCell(r, c, whole.cut(a, b), rows, columns) for r, c, rows, columns, a, b in step]
                )
        return source, draft.body()


def _all_text(element: Any) -> str:
    """The text of a paragraph with the blanks that elements stand for."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == TEXT + "s":
            parts.append(" " * _count(child, "c", MOST_COLUMNS, TEXT))
        elif child.tag in (TEXT + "tab", TEXT + "line-break"):
            parts.append("\t" if child.tag == TEXT + "tab" else "\n")
        elif child.tag not in SILENT and child.tag != TEXT + "p":
            parts.append(_all_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _count(element: Any, name: str, most: int, space: str = TABLE) -> int:
    value = str(element.get(space + name) or "1")
    return min(max(1, int(value)), most) if value.isdecimal() and len(value) < 9 else 1
