"""The queries and programs of docs/formats.md, each run by the real tool on the seeds' ledger."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import polars
import pytest

DOCS = Path(__file__).parents[2] / "docs" / "formats.md"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)


def _blocks(*languages: str) -> list[str]:
    return [content for language, content in BLOCKS if language in languages]


@pytest.fixture(scope="module")
def records(every_format: Path) -> list[dict[str, Any]]:
    """The seeds' records as records.jsonl has them."""
    lines = (every_format / "records.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines]


def _duckdb(folder: Path) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(str(folder / "ledger.duckdb"), read_only=True)
    database.execute(f"SET file_search_path = '{folder}'")
    return database


def test_every_kind_of_block_is_run() -> None:
    assert {language for language, _ in BLOCKS} == {"sql", "sqlite", "duckdb", "python"}


@pytest.mark.parametrize("query", _blocks("sql", "sqlite"))
def test_sqlite(query: str, every_format: Path) -> None:
    assert sqlite3.connect(every_format / "ledger.sqlite").execute(query).fetchall()


@pytest.mark.parametrize("query", _blocks("sql", "duckdb"))
def test_duckdb(query: str, every_format: Path) -> None:
    assert _duckdb(every_format).execute(query).fetchall()


@pytest.mark.parametrize("query", _blocks("sql")[:4])
def test_both_databases_give_the_same(query: str, every_format: Path) -> None:
    one = sqlite3.connect(every_format / "ledger.sqlite").execute(query).fetchall()
    two = _duckdb(every_format).execute(query).fetchall()
    assert sorted(map(repr, ([_number(v) for v in row] for row in one))) == sorted(
        map(repr, ([_number(v) for v in row] for row in two))
    )


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal | int | float) else value


@pytest.mark.parametrize("program", _blocks("python"))
def test_programs(program: str, every_format: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=every_format, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip()


def test_pandas_has_every_value(every_format: Path, records: list[dict[str, Any]]) -> None:
    frame = pandas.read_parquet(every_format / "records.parquet", dtype_backend="pyarrow")
    assert frame["value"].tolist() == [record["value"] for record in records]
    assert frame.groupby("phase")["value"].count().to_dict() == Counter(r["phase"] for r in records)


def test_polars_has_every_value(every_format: Path, records: list[dict[str, Any]]) -> None:
    frame = polars.read_parquet(every_format / "records.parquet")
    assert frame["value"].to_list() == [record["value"] for record in records]
    assert frame["checks"].to_list() == [record["checks"] for record in records]


def test_duckdb_adds_up_exactly(every_format: Path, records: list[dict[str, Any]]) -> None:
    query = "SELECT unit, SUM(value) FROM 'records.parquet' GROUP BY unit"
    sums = dict(_duckdb(every_format).execute(query).fetchall())
    expected: dict[str, Decimal] = {}
    for record in records:
        expected[record["unit"]] = expected.get(record["unit"], Decimal(0)) + record["value"]
    assert sums == expected


def test_the_spreadsheet_has_every_record(every_format: Path, records: list[dict[str, Any]]) -> None:
    sheet = openpyxl.load_workbook(every_format / "records.xlsx", read_only=True)["records"]
    ids = [row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert ids == [record["id"] for record in records]


def test_the_searches_find_what_the_records_say(every_format: Path, records: list[dict[str, Any]]) -> None:
    database = sqlite3.connect(every_format / "ledger.sqlite")
    indexed, scanned = (database.execute(query).fetchall() for query in _blocks("sqlite"))
    assert len(indexed) == sum("主题教育" in record["sentence"] for record in records) > 0
    assert len(scanned) == sum("整改" in record["sentence"] for record in records) > 0
    macro = _duckdb(every_format).execute(_blocks("duckdb")[0]).fetchall()
    assert sorted(macro) == sorted(scanned)
