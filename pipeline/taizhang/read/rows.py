"""Read: files of rows, one article a row, read a row at a time whatever the file's size: JSON Lines, CSV, TSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

from taizhang.align import Aligned, Edit
from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.assemble import InputRow, from_json, from_row
from taizhang.read.decode import decode, encoding_of
from taizhang.read.limits import ReadLimits
from taizhang.read.origin import Origin
from taizhang.read.settings import ReadSettings
from taizhang.read.shapes import plain_key
from taizhang.read.streams import Blob
from taizhang.records import Rejection

ROW_SUFFIXES = {".jsonl", ".ndjson"}
NEXT_ROWS = re.compile(r"\s*+\{[^\r\n]*+[\r\n]++\s*+\{")


def is_json_lines(head: str, suffix: str) -> bool:
    """Whether a file whose text begins with ``head`` has a JSON object a line.

    >>> is_json_lines('{"a": 1}\\n{"a": 2}', ".txt"), is_json_lines('{\\n"a": 1}', ".json")
    (True, False)
    """
    return suffix in ROW_SUFFIXES or bool(NEXT_ROWS.match(head))


def delimiter_of(head: str, suffix: str, settings: ReadSettings) -> str | None:
    """What parts the columns of a table whose text begins with ``head``; None where it is no table."""
    rule = settings.rules.columns
    first = head.lstrip("\ufeff\r\n").partition("\n")[0].rstrip("\r")
    wanted = set(settings.wanted("text"))
    for delimiter in rule.delimiters:
        names = [name.strip(' "') for name in first.split(delimiter)]
        short = len(names) > 1 and all(len(name) <= rule.longest_name for name in names)
        if short and wanted & {plain_key(name) for name in names}:
            return delimiter
    named = {".csv": ",", ".tsv": "\t"}
    return named.get(suffix)


def names_text(head: str, delimiter: str, settings: ReadSettings) -> bool:
    """Whether the first line of a table names a column of article text, or the user does."""
    first = head.lstrip("\ufeff\r\n").partition("\n")[0].rstrip("\r")
    names = {plain_key(name.strip(' "')) for name in first.split(delimiter)}
    return "text" in settings.fields or bool(names & set(settings.wanted("text")))


def json_lines(blob: Blob, settings: ReadSettings) -> Iterator[Article | Rejection]:
    """The articles of JSON Lines; a row that is none stops no other."""
    number = 0
    for line in _lines(blob, settings.limits):
        if isinstance(line, str) and not line.strip():
            continue
        number += 1
        origin = blob.origin.at_row(number)
        try:
            if isinstance(line, UnreadableInput):
                raise line
            yield from_json(line.rstrip("\r\n"), origin, settings)
        except UnreadableInput as error:
            yield origin.rejection(error)


def table_rows(blob: Blob, delimiter: str, settings: ReadSettings) -> Iterator[Article | Rejection]:
    """The articles of a table whose first row names its columns.

    Raises:
        UnreadableInput: ``no-text``, where no column has the text; ``bad-csv``, ``encoding`` or
            ``row-too-large``, from where on no row can be told.
    """
    csv.field_size_limit(settings.limits.row_bytes)
    record = _Record(blob, settings.limits)
    rows = csv.reader(record, delimiter=delimiter)
    names: list[str] = []
    number = 0
    while (values := _next(rows, blob.origin, number)) is not None:
        source = record.taken()
        if not values:
            continue
        if not names:
            names = [name.strip("\ufeff ") for name in values]
            settings.require_text(names)
            continue
        number += 1
        origin = blob.origin.at_row(number)
        try:
            yield from_row(_table_row(source, values, names, delimiter, origin), origin, settings)
        except UnreadableInput as error:
            yield origin.rejection(error)


class _Record:
    """Lines for the csv module, which keeps those that made up the latest record."""

    def __init__(self, blob: Blob, limits: ReadLimits) -> None:
        self._lines, self._limit = _lines(blob, limits), limits.row_bytes
        self._kept: list[str] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if isinstance(line, UnreadableInput):
            raise line
        self._kept.append(line)
        self._size += len(line)
        if self._size > self._limit:
            raise _too_large(self._limit)
        return line

    def taken(self) -> str:
        """The source text of the record that was read last."""
        source = "".join(self._kept).rstrip("\r\n")
        self._kept, self._size = [], 0
        return source


def _next(rows: Iterator[list[str]], origin: Origin, number: int) -> list[str] | None:
    try:
        return next(rows, None)
    except csv.Error as error:
        raise UnreadableInput("bad-csv", f"{origin.name}: {error} after row {number}") from error


def _table_row(source: str, values: list[str], names: list[str], delimiter: str, origin: Origin) -> InputRow:
    cells = _cells(source, delimiter)
    if [cell.text for cell in cells] != values:
        raise UnreadableInput("bad-csv", f"{origin.name}: expected quotes around whole fields, got others")
    if len(values) != len(names):
        detail = f"{origin.name}: expected {len(names)} fields, got {len(values)}"
        raise UnreadableInput("bad-csv", detail)
    texts = dict(zip(names, cells, strict=True))
    fields: dict[str, Any] = {name: cell.text for name, cell in texts.items()}
    return InputRow(source, fields, texts)


def _cells(source: str, delimiter: str) -> list[Aligned]:
    """The fields of one record, each aligned to it; the csv module has no places."""
    whole = Aligned.whole(source)
    mark = re.escape(delimiter)
    field = re.compile(rf'"((?:[^"]++|"")*+)"(?={mark}|$)|([^{mark}]*)')
    cells: list[Aligned] = []
    at = 0
    while True:
        m = field.match(source, at)
        if m is None:  # the second form matches nothing at least
            return cells
        if m[1] is None:
            cells.append(whole.cut(*m.span(2)))
        else:
            doubled = [Edit(d.start(), d.end(), '"', "csv-quote") for d in re.finditer('""', m[1])]
            cells.append(whole.cut(*m.span(1)).edit(doubled))
        if m.end() >= len(source):
            return cells
        at = m.end() + 1


def _lines(blob: Blob, limits: ReadLimits) -> Iterator[str | UnreadableInput]:
    """The lines of a file with their line ends; in the place of one that is no text, why."""
    encoding, mark = encoding_of(blob.head())
    if encoding.startswith("utf-16") or encoding.startswith("utf-32"):
        yield from decode(blob.whole(limits)).text.splitlines(keepends=True)
        return
    blob.stream.read(mark)
    while line := blob.stream.readline(limits.row_bytes + 1):
        if len(line) > limits.row_bytes:
            while line and not line.endswith(b"\n"):
                line = blob.stream.readline(limits.row_bytes)
            yield _too_large(limits.row_bytes)
            continue
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError:
            yield _otherwise(line)


def _otherwise(line: bytes) -> str | UnreadableInput:
    """A line in another codec than the file's, or with broken bytes."""
    try:
        return decode(line).text
    except UnreadableInput as error:
        return error


def _too_large(limit: int) -> UnreadableInput:
    return UnreadableInput("row-too-large", f"expected rows of at most {limit} bytes, got a longer one")
