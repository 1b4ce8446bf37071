"""Read: DOCX, its paragraphs a line each, its tables as tables. Needs the extra ``docx``."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from taizhang.align import Aligned
from taizhang.errors import UnreadableInput
from taizhang.read.draft import Draft, DraftCell, TextWithTables
from taizhang.read.extras import needed
from taizhang.read.limits import ReadLimits
from taizhang.read.streams import Blob

MAIN_PART, PROPERTIES = "word/document.xml", "docProps/core.xml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DEEPEST = 1000  # elements in each other; a text has fewer than a hundred
CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
MOST_COLUMNS = 1000  # that a cell may go over


def docx_text(archive: zipfile.ZipFile, blob: Blob, limits: ReadLimits) -> tuple[str, TextWithTables]:
    """The text of a DOCX file, and the same with its tables; deleted text and notes are not part of it.

    Raises:
        UnreadableInput: ``missing-extra``, ``xml-entities``, ``bad-docx``, ``too-large``, ``unpacked-too-large``,
            ``table-too-wide``.
    """
    events = xml_events(archive, MAIN_PART, blob, limits, "bad-docx")
    reader = _DocxReader()
    for event, element in events:
        reader.take(event, element)
    return reader.body()


def docx_created(archive: zipfile.ZipFile, blob: Blob, limits: ReadLimits) -> str:
    """When the properties of a DOCX file say that it was made, or else last changed; empty where they do not."""
    if PROPERTIES not in archive.namelist():
        return ""
    found: dict[str, str] = {}
    for event, element in xml_events(archive, PROPERTIES, blob, limits, "bad-docx"):
        if event == "end":
            found[element.tag.rpartition("}")[2]] = element.text or ""
    return found.get("created") or found.get("modified") or ""


def xml_events(
    archive: zipfile.ZipFile, part: str, blob: Blob, limits: ReadLimits, reason: str
) -> Iterator[tuple[str, Any]]:
    """The elements of a member of an archive as they begin and end; what has been read is kept no longer.

    Raises:
        UnreadableInput: ``missing-extra``, ``xml-entities``, ``reason``, ``too-large``, ``unpacked-too-large``.
    """
    parser = needed("defusedxml.ElementTree", "docx")
    refused = needed("defusedxml", "docx").DefusedXmlException
    where = blob.origin.name
    size = archive.getinfo(part).file_size  # the library unpacks no more than that
    if size > limits.file_bytes:
        detail = f"{where}: {part}: expected at most {limits.file_bytes} bytes, got {size}"
        raise UnreadableInput("too-large", detail)
    open_: list[Any] = []
    try:
        with archive.open(part) as stream:
            inner = blob.inner(cast(BinaryIO, stream), blob.origin)
            for event, element in parser.iterparse(inner.stream, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    open_.append(element)
                    if len(open_) > DEEPEST:
                        raise UnreadableInput(
                            reason, f"expected at most {DEEPEST} elements in each other, got more"
                        )
                    yield event, element
                    continue
                yield event, element
                open_.pop()
                if open_:  # or a file of small elements fills the memory
                    del open_[-1][:]
    except refused as error:
        raise UnreadableInput("xml-entities", f"{where}: expected XML without declarations") from error
    except parser.ParseError as error:
        raise UnreadableInput(reason, f"{where}: {error}") from error


@dataclass(slots=True)
class _Cell:
    """A cell that is being read."""

    row: int
    column: int
    columns: int = 1
    rows: int = 1
    goes_on: bool = False
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _DocxTable:
    """A table that is being read; ``last``: the cell that is lowest in each column."""

    cells: list[_Cell] = field(default_factory=list)
    row: int = -1
    column: int = 0
    last: dict[int, _Cell] = field(default_factory=dict)
    inner: list[_DocxTable] = field(default_factory=list)


class _DocxReader:
    """Takes the elements of a document in their order."""

    def __init__(self) -> None:
        self._parts: list[str | _DocxTable] = []
        self._open: list[_DocxTable] = []
        self._skipped = 0

    def take(self, event: str, element: Any) -> None:
        """One element that begins or ends."""
        if element.tag == FALLBACK:  # the same once more, for programs that know no text boxes
            self._skipped += 1 if event == "start" else -1
        if self._skipped:
            return
        name = element.tag.removeprefix(WORD).removeprefix(STRICT)
        if event == "start":
            self._begin(name)
        else:
            self._end(name, element)

    def _begin(self, name: str) -> None:
        if name == "tbl":
            self._open.append(_DocxTable())
        elif name == "tr" and self._open:
            self._open[-1].row += 1
            self._open[-1].column = 0
        elif name == "tc" and self._open:
            table = self._open[-1]
            table.cells.append(_Cell(table.row, table.column))

    def _end(self, name: str, element: Any) -> None:
        table = self._open[-1] if self._open else None
        if name == "tbl" and table:
            self._open.pop()
            if self._open:
                self._open[-1].inner.append(table)
            else:
                self._parts += _flat(table)
        elif table and name in ("gridSpan", "gridBefore", "vMerge"):
            self._spread(table, name, _value(element))
        elif table and name == "tc" and table.cells:
            _close(table)
        elif name == "p":
            self._write("\n")
        elif name == "t":
            self._write(element.text or "")
        elif name in CHARACTERS:
            self._write(CHARACTERS[name])

    def _spread(self, table: _DocxTable, name: str, value: str) -> None:
        count = min(int(value), MOST_COLUMNS) if value.isdecimal() else 1
        if name == "gridBefore":
            table.column += count
        elif table.cells and name == "gridSpan":
            table.cells[-1].columns = max(1, count)
        elif table.cells:
            table.cells[-1].goes_on = value != "restart"

    def _write(self, text: str) -> None:
        if self._open and self._open[-1].cells:
            self._open[-1].cells[-1].parts.append(text)
        elif not self._open:
            self._parts.append(text)

    def body(self) -> tuple[str, TextWithTables]:
        """All that was read: the source text, and the text with its tables."""
        source: list[str] = []
        at = 0
        spans: list[tuple[int, int] | list[tuple[_Cell, int, int]]] = []
        for part in self._parts:
            if isinstance(part, str):
                source.append(part)
                spans.append((at, at + len(part)))
                at += len(part)
                continue
            cells = []
            for cell in part.cells:
                text = "".join(cell.parts).rstrip("\n")
                cells.append((cell, at, at + len(text)))
                source += [text, "\t"]
                at += len(text) + 1
            source.append("\n")
            at += 1
            spans.append(cells)
        text = "".join(source)
        whole, draft = Aligned.whole(text), Draft()
        for span in spans:
            if isinstance(span, tuple):
                draft.add(whole.cut(*span))
            else:
                draft.table(
                    [DraftCell(c.row, c.column, whole.cut(a, b), c.rows, c.columns) for c, a, b in span]
                )
        return text, draft.body()


def _close(table: _DocxTable) -> None:
    """A cell has ended: it takes its columns, or makes the one above it longer."""
    cell = table.cells[-1]
    cell.column = table.column
    table.column += cell.columns
    above = table.last.get(cell.column)
    if cell.goes_on and above is not None and not "".join(cell.parts).strip():
        above.rows = cell.row - above.row + 1
        table.cells.pop()
    else:
        table.last[cell.column] = cell


def _flat(table: _DocxTable) -> list[str | _DocxTable]:
    """A table, then those that lie in its cells."""
    found: list[str | _DocxTable] = []
    waiting = [table]
    while waiting:
        one = waiting.pop(0)
        found.append(one)
        waiting = one.inner + waiting
    return found


def _value(element: Any) -> str:
    return str(element.get(f"{WORD}val") or element.get(f"{STRICT}val") or "")
