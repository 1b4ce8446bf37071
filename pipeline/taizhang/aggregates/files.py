"""The aggregates' room: the table as CSV, XLSX and Parquet beside the run's records, each whole or not there at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from taizhang.aggregates.rows import AggregateRow
from taizhang.errors import OutputError
from taizhang.write.arrow import batch, schema
from taizhang.write.beside import AGGREGATED
from taizhang.write.columns import columns_of, values_of
from taizhang.write.exact_json import dumps
from taizhang.write.extras import needed
from taizhang.write.fields import chinese_headers, fields
from taizhang.write.manifest import digests
from taizhang.write.records_csv import cell, csv_rows
from taizhang.write.records_xlsx import cell_text, is_cell_number
from taizhang.write.whole import UnfinishedFile, write_whole

COLUMNS = columns_of(AggregateRow)
NAMES = tuple(column.name for column in COLUMNS)
_EPOCH = datetime(1980, 1, 1)  # the time of writing would differ from run to run


@dataclass(frozen=True, slots=True)
class AggregateFormat:
    """One name for ``--format``, the file that it gives, and what writes it below some headers."""

    name: str
    filename: str
    write: Callable[[Path, Sequence[AggregateRow], Sequence[str]], None]


def write_aggregate(
    folder: Path,
    rows: Sequence[AggregateRow],
    formats: Sequence[AggregateFormat],
    *,
    chinese: bool = False,
    force: bool = False,
) -> list[Path]:
    """Write the table into ``folder`` and give the files.

    Args:
        chinese: headers in Chinese, where the format is for people to read.
        force: overwrite files that no aggregate has written.

    Raises:
        OutputError: a file is there that no aggregate has written, one cannot be written, or a library is missing.
    """
    paths = [folder / format_.filename for format_ in formats]
    last = _last(folder)
    headers = chinese_headers(COLUMNS) if chinese else NAMES
    if not force:
        _refuse_foreign(paths, last)
    try:
        with ExitStack() as cleanup:
            parts = []
            for path, format_ in zip(paths, formats, strict=True):
                parts.append(UnfinishedFile(path))
                cleanup.callback(parts[-1].abort)
                format_.write(parts[-1].path, rows, headers)
            for part in parts:
                part.commit()
        outputs = dict(sorted((last | digests(paths)).items()))
        write_whole(folder / AGGREGATED, dumps({"outputs": outputs}) + "\n")
    except OSError as error:
        raise OutputError(f"{folder}: expected a folder to write to, got {error}") from error
    return paths


def _last(folder: Path) -> dict[str, str]:
    """The digests of what the last aggregates wrote here."""
    try:
        outputs: dict[str, str] = json.loads((folder / AGGREGATED).read_bytes())["outputs"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}
    return outputs


def _refuse_foreign(paths: Sequence[Path], last: dict[str, str]) -> None:
    """A file that is not as an aggregate wrote it is somebody's own.

    Raises:
        OutputError: names the file.
    """
    for path in paths:
        if path.exists() and last.get(path.name) != digests([path])[path.name]:
            raise OutputError(
                f"{path}: expected no file, or the one that the last aggregate wrote, got another; --force replaces it"
            )


def _csv(path: Path, rows: Sequence[AggregateRow], headers: Sequence[str]) -> None:
    values = values_of(COLUMNS)
    lines = [list(headers), *(list(map(cell, values(row))) for row in rows)]
    path.write_text(csv_rows(lines), "utf-8-sig", errors="backslashreplace", newline="")


def _parquet(path: Path, rows: Sequence[AggregateRow], _headers: Sequence[str]) -> None:
    made = schema(COLUMNS, "parquet")
    library: Any = needed("pyarrow.parquet", "parquet")
    with library.ParquetWriter(path, made, compression="zstd") as file:
        if rows:
            file.write_batch(
                batch(({c.name: c.of(row) for c in COLUMNS} for row in rows), COLUMNS, made, "parquet")
            )


def _xlsx(path: Path, rows: Sequence[AggregateRow], headers: Sequence[str]) -> None:
    library: Any = needed("xlsxwriter", "xlsx")
    with TemporaryDirectory(prefix="taizhang-") as scratch:
        book = library.Workbook(str(path), {"constant_memory": True, "tmpdir": scratch})
        book.set_properties({"created": _EPOCH})
        bold, sheet = book.add_format({"bold": True}), book.add_worksheet("aggregate")
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, fields().of(column).width)
            sheet.write_string(0, place, headers[place], bold)
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(COLUMNS):
                _write_cell(sheet, number, place, column.of(row))
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
        book.close()


def _write_cell(sheet: Any, row: int, place: int, value: object) -> None:
    if isinstance(value, int) or (isinstance(value, Decimal) and is_cell_number(value)):
        sheet.write_number(row, place, float(value))
    elif value is not None:
        sheet.write_string(row, place, cell_text(value))


AGGREGATE_FORMATS = (
    AggregateFormat("csv", "aggregate.csv", _csv),
    AggregateFormat("xlsx", "aggregate.xlsx", _xlsx),
    AggregateFormat("parquet", "aggregate.parquet", _parquet),
)
