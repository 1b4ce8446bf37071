"""The formats against each other: the same rows, every digit, whole or not at all, a missing library named."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from taizhang.errors import OutputError
from taizhang.result import Result
from taizhang.write import FORMATS, Format
from taizhang.write.columns import RECORD_COLUMNS, Column, utf8
from taizhang.write.format import Sheet
from taizhang.write.records_xlsx import XLSX

Ledger = tuple[Result, ...]
Write = Callable[[Format | str, Ledger, Path], Path]
NUMBERED = {"number", "document_number"}


def _expected(ledger: Ledger) -> list[dict[str, Any]]:
    """Each record as plain values: numbers as their digits, lists and rules as JSON."""
    records = [record for result in ledger for record in result.records]
    return [{c.name: _plain(c.of(record), c) for c in RECORD_COLUMNS} for record in records]


def _shortest(value: Decimal) -> str:
    """All digits but the zeros behind the point; ``Decimal.normalize`` would round them to 28."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _plain(value: Any, column: Column) -> Any:
    if isinstance(value, Decimal):
        return _shortest(value)
    if column.type == "map":
        return dict(value)
    if column.type == "list":
        return list(value)
    return utf8(value) if isinstance(value, str) else value


def _parquet(path: Path) -> list[dict[str, Any]]:
    return pq.read_table(path).to_pylist()


def _sqlite(path: Path) -> list[dict[str, Any]]:
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    rows = [dict(row) for row in database.execute("SELECT * FROM records ORDER BY number")]
    parsed = {c.name for c in RECORD_COLUMNS if c.type in {"list", "map"}}
    return [
        {k: json.loads(v) if k in parsed else v for k, v in row.items() if k not in NUMBERED} for row in rows
    ]


def _duckdb(path: Path) -> list[dict[str, Any]]:
    found = duckdb.connect(str(path), read_only=True).execute("SELECT * FROM records ORDER BY number")
    names = [name for name, *_ in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return [{k: v for k, v in row.items() if k not in NUMBERED} for row in rows]


def _exact(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a table with its numbers as digits, from the column that has all of them."""
    made = {name: value for name, value in row.items() if not name.endswith("_exact")}
    for name in ("value", "value_max"):
        digits = row[f"{name}_exact"]
        made[name] = digits if digits is None else _shortest(Decimal(digits))
    return made | {"rules": dict(made["rules"])}


@pytest.mark.parametrize(("name", "read"), [("parquet", _parquet), ("sqlite", _sqlite), ("duckdb", _duckdb)])
def test_the_rows_are_the_same(ledger: Ledger, write: Write, tmp_path: Path, name: str, read: Any) -> None:
    rows = [_exact(row) for row in read(write(name, ledger, tmp_path))]
    assert rows == _expected(ledger)


@pytest.mark.parametrize(("name", "read"), [("parquet", _parquet), ("duckdb", _duckdb)])
def test_a_decimal_is_exact_or_null_where_it_does_not_fit(
    ledger: Ledger, write: Write, tmp_path: Path, name: str, read: Any
) -> None:
    values = {row["id"]: row["value"] for row in read(write(name, ledger, tmp_path))}
    assert values["small"] == Decimal("0.1")
    assert values["long"] == Decimal("12345678901234567890.123456789012")
    assert values["tiny"] is None


def test_sqlite_numbers_compare_sort_and_add_up(ledger: Ledger, write: Write, tmp_path: Path) -> None:
    database = sqlite3.connect(write("sqlite", ledger[:1], tmp_path))
    ordered = [i for (i,) in database.execute("SELECT id FROM records ORDER BY value, number")]
    assert ordered[:4] == ["tiny", "small", "id-27", "range"]
    assert ordered[-1] == "long"
    over = "SELECT COUNT(*), typeof(MIN(value)) FROM records WHERE value > 100 AND value < 100000"
    assert database.execute(over).fetchone() == (3, "integer")


def test_xlsx_has_the_same_rows(ledger: Ledger, write: Write, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(XLSX.laid_out(Sheet(every=True)), ledger, tmp_path))["records"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == tuple(column.name for column in RECORD_COLUMNS)
    for row, expected in zip(rows, _expected(ledger), strict=True):
        for cell, column in zip(row, RECORD_COLUMNS, strict=True):
            value = expected[column.name]
            if column.type == "decimal" and value is not None:
                assert Decimal(str(cell)) == Decimal(value)
            elif column.type in {"list", "map"}:
                assert json.loads(cell) == value
            elif column.name != "sentence" or expected["id"] != "odd":
                assert cell == value


@pytest.mark.parametrize("format_", [f for f in FORMATS if f.repeatable], ids=lambda f: f.name)
def test_the_same_records_give_the_same_bytes(
    format_: Format, ledger: Ledger, write: Write, tmp_path: Path
) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    one, two = (write(format_, ledger, tmp_path / folder) for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.name)
def test_the_old_file_stays_until_the_commit_and_after_an_abort(
    format_: Format, ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / format_.filename
    path.write_text("old")
    writer = format_.open(path)
    writer.write(ledger[0])
    assert path.read_text() == "old"
    writer.abort()
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == [format_.filename]


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.name)
def test_no_record_at_all_is_a_whole_file_too(format_: Format, write: Write, tmp_path: Path) -> None:
    path = write(format_, (), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    if format_.name == "parquet":
        assert pq.read_table(path).num_rows == 0
    if format_.name in {"sqlite", "duckdb"}:
        assert (_sqlite if format_.name == "sqlite" else _duckdb)(path) == []


@pytest.mark.parametrize(
    ("name", "module"),
    [("parquet", "pyarrow"), ("xlsx", "xlsxwriter"), ("duckdb", "duckdb"), ("duckdb", "pyarrow")],
)
def test_a_missing_library_is_named_with_its_extra(
    name: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (format_,) = (f for f in FORMATS if f.name == name)
    for loaded in [m for m in sys.modules if m.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)  # type: ignore[arg-type]
    with pytest.raises(OutputError, match=rf"{module}.*[.]\[{name}\]"):
        format_.open(tmp_path / format_.filename)
    assert list(tmp_path.iterdir()) == []
