"""Read: workbooks (XLSX, XLS, ODS): each sheet a table, or a row an article. Needs the extra ``sheets``."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.assemble import InputRow, from_row
from taizhang.read.draft import Draft, DraftCell, TextWithTables
from taizhang.read.extras import needed
from taizhang.read.limits import ReadLimits
from taizhang.read.origin import Origin
from taizhang.read.settings import ReadSettings
from taizhang.read.streams import Blob
from taizhang.read.xlsx_formats import CellFormats, shown
from taizhang.records import Rejection

EXTRA = "sheets"
CHUNK = 1024 * 1024
REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=\"([0-9]+)\"[^>]{0,300}value-type")
CONTENT = "content.xml"


def workbook(
    file: BinaryIO, blob: Blob, origin: Origin, settings: ReadSettings
) -> Iterator[Article | Rejection]:
    """The article of a workbook's sheets, or, where a sheet's first row names a column of texts, those of its rows.

    Raises:
        UnreadableInput: ``missing-extra``, ``bad-workbook``, ``encrypted``, ``unpacked-too-large``,
            ``table-too-large``, ``table-too-wide``, ``empty``.
    """
    library = needed("python_calamine", EXTRA)
    formats = _checked(file, blob, settings.limits)
    file.seek(0)
    try:
        book = library.CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
        sheets = [
            (meta.name, book.get_sheet_by_name(meta.name))
            for meta in book.sheets_metadata
            if meta.typ == library.SheetTypeEnum.WorkSheet
            and meta.visible == library.SheetVisibleEnum.Visible
        ]
        rows = [(name, *_rows(sheet, formats.get(name), settings.limits, blob)) for name, sheet in sheets]
    except library.PasswordError as error:
        raise UnreadableInput(
            "encrypted", f"{blob.origin.name}: expected a file without a password"
        ) from error
    except (library.CalamineError, ValueError, OverflowError) as error:
        detail = f"{blob.origin.name}: expected a whole workbook, got {type(error).__name__}: {error}"
        raise UnreadableInput("bad-workbook", detail) from error
    lists = [(name, grid) for name, grid, _ in rows if grid and _is_list(grid[0], settings)]
    if lists:
        for _, grid in lists:
            yield from _articles(grid, origin, settings)
        return
    yield _article(rows, origin, re.compile(settings.rules.sheet.unnamed))


def _checked(file: BinaryIO, blob: Blob, limits: ReadLimits) -> dict[str, CellFormats]:
    """Unpack all of a packed workbook once, so that none is larger than it says, and see how far its sheets go."""
    if not zipfile.is_zipfile(file):
        return {}
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            with archive.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    blob.budget.spend(len(chunk))
        if CONTENT in archive.namelist():
            for m in REPEATED.finditer(archive.read(CONTENT)):
                _within(int(m[1]), 1, limits, blob)
        found = shown(archive)
    for sheet in found.values():
        _within(sheet.rows, sheet.columns, limits, blob)
    return found


def _within(rows: int, columns: int, limits: ReadLimits, blob: Blob) -> None:
    if rows * columns > limits.cells:
        detail = (
            f"{blob.origin.name}: expected a sheet of at most {limits.cells} cells, got {rows} × {columns}"
        )
        raise UnreadableInput("table-too-large", detail)


def _rows(
    sheet: Any, formats: CellFormats | None, limits: ReadLimits, blob: Blob
) -> tuple[list[list[str]], dict[tuple[int, int], tuple[int, int]]]:
    """A sheet's cells as they are shown, and over how many rows and columns the merged ones go."""
    if sheet.end is None:
        return [], {}
    _within(sheet.end[0] + 1, sheet.end[1] + 1, limits, blob)
    per_cent = formats.per_cent if formats else frozenset()
    coarse = formats.coarse if formats else {}
    grid = [
        [_shown(value, (r, c) in per_cent, coarse.get((r, c), "")) for c, value in enumerate(row)]
        for r, row in enumerate(sheet.to_python(skip_empty_area=False))
    ]
    merged = {
        low: (high[0] - low[0] + 1, high[1] - low[1] + 1) for low, high in sheet.merged_cell_ranges or ()
    }
    return grid, merged


def _shown(value: Any, per_cent: bool, form: str) -> str:
    """A value as text, without what a number has only for being a float. ``form``: of a date that is no day."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).upper()
    if isinstance(value, (int, float)):
        number = Decimal(repr(value))
        number = number * 100 if per_cent else number
        whole = number == number.to_integral_value()
        text = format(number.to_integral_value() if whole else number.normalize(), "f")
        return f"{text}%" if per_cent else text
    if form and isinstance(value, datetime.date):
        return value.strftime(form)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)


def _article(
    sheets: Sequence[tuple[str, list[list[str]], dict[tuple[int, int], tuple[int, int]]]],
    origin: Origin,
    unnamed: re.Pattern[str],
) -> Article:
    """All sheets as one article, a table each. The source text is what the cells show, a line a row."""
    source = "\n\n".join("\n".join("\t".join(row) for row in grid) for _, grid, _ in sheets)
    whole = Aligned.whole(source)
    draft, at = Draft(), 0
    for name, grid, merged in sheets:
        called = [] if unnamed.fullmatch(name) else [name]
        draft.table(_cells(grid, merged, whole, at), "\n".join([*called, origin.stem]))
        at += sum(len(text) + 1 for row in grid for text in row) + 1 if grid else 2
    body: TextWithTables = draft.body()
    if not body.text.text.strip():
        raise UnreadableInput("empty", f"{origin.name}: expected cells with a text, got none")
    return Article(origin.document(source), body.text, source, 0, body.tables)


def _cells(
    grid: Sequence[Sequence[str]], merged: Mapping[tuple[int, int], tuple[int, int]], whole: Aligned, at: int
) -> Iterator[DraftCell]:
    """The cells of a sheet that begins at ``at`` in the source."""
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text.strip():
                yield DraftCell(r, c, whole.cut(at, at + len(text)), *merged.get((r, c), (1, 1)))
            at += len(text) + 1


def _is_list(head: Sequence[str], settings: ReadSettings) -> bool:
    return settings.key(dict.fromkeys((h for h in head if h), True), "text") is not None


def _articles(grid: list[list[str]], origin: Origin, settings: ReadSettings) -> Iterator[Article | Rejection]:
    head, *rows = grid
    number = 0
    for values in rows:
        if not any(values):
            continue
        number += 1
        at, source, texts = 0, "\t".join(values), {}
        whole = Aligned.whole(source)
        for name, text in zip(head, values, strict=True):
            texts[name] = whole.cut(at, at + len(text))
            at += len(text) + 1
        row = origin.at_row(number)
        try:
            yield from_row(InputRow(source, {n: t.text for n, t in texts.items()}, texts), row, settings)
        except UnreadableInput as error:
            yield row.rejection(error)
