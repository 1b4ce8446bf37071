"""The schemas in schemas/: what the record types say now, and true of what the command writes, by the real tools."""

from __future__ import annotations

import json
import runpy
import shutil
import sqlite3
from pathlib import Path

import duckdb
import frictionless
import jsonschema
import pglast
import pyarrow.parquet as pq
import pytest

from taizhang.records import RectificationItem
from taizhang.result import Result
from taizhang.rules import shipped
from taizhang.schema import json_schema, schemas
from taizhang.write.fields import fields
from taizhang.write.sql import views
from taizhang.write.tables import TABLES

FOLDER = shipped("schemas")
LINES = [  # file, its schema, how many lines it has at least
    ("records.jsonl", "record.schema.json", 100),
    ("rejects.jsonl", "reject.schema.json", 100),
    ("documents.jsonl", "document.schema.json", 5),
]


def _schema(name: str) -> dict[str, object]:
    content: dict[str, object] = json.loads((FOLDER / name).read_text("utf-8"))
    return content


@pytest.mark.parametrize("filename", schemas())
def test_schema_is_generated_from_the_records(filename: str) -> None:
    assert (FOLDER / filename).read_text("utf-8") == schemas()[filename], "run `make schemas`"


def test_no_other_file_is_there() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_file()} == set(schemas())


def test_schema_names_every_field_of_a_written_record(result: Result) -> None:
    schema = json.loads(json_schema(RectificationItem))
    written = result.records[0].model_dump(mode="json")
    assert set(schema["properties"]) == set(written)
    assert schema["properties"]["bound"]["enum"] == ["exact", "about", "over", "under", "range"]
    assert {"type": "integer"} in schema["properties"]["value"]["anyOf"]


@pytest.mark.parametrize(("lines", "schema", "least"), LINES)
def test_what_the_command_writes_is_valid_json_schema(
    seed_ledger: Path, lines: str, schema: str, least: int
) -> None:
    jsonschema.Draft202012Validator.check_schema(_schema(schema))
    validator = jsonschema.Draft202012Validator(_schema(schema))
    written = [json.loads(line) for line in (seed_ledger / lines).read_text("utf-8").splitlines()]
    assert len(written) >= least
    assert [error.message for line in written for error in validator.iter_errors(line)] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("phase", "done"), ("value", "3"), ("confidence", 2), ("span", {"start": 1}), ("extra", 1)],
    ids=str,
)
def test_what_is_wrong_is_invalid(result: Result, field: str, value: object) -> None:
    validator = jsonschema.Draft202012Validator(_schema("record.schema.json"))
    written = result.records[0].model_dump(mode="json")
    assert validator.is_valid(written)
    assert not validator.is_valid(written | {field: value})


def test_titles_and_descriptions_are_in_both_languages() -> None:
    schema = json.loads(json_schema(RectificationItem))
    text = fields().root["RectificationItem"]["value"]
    assert text.zh in schema["properties"]["value"]["title"]
    assert text.about_en in schema["properties"]["value"]["description"]
    assert fields().root["Place"]["code"].zh in schema["$defs"]["Place"]["properties"]["code"]["title"]


@pytest.mark.parametrize(
    ("package", "run"), [("datapackage.json", "seed_ledger"), ("datapackage.all.json", "every_column")]
)
def test_the_csv_is_valid_by_the_data_package(
    package: str, run: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    shutil.copy(FOLDER / package, tmp_path)
    shutil.copy(request.getfixturevalue(run) / "records.csv", tmp_path)
    report = frictionless.validate(str(tmp_path / package))
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.tasks[0].stats["rows"] > 100


def test_a_csv_with_a_wrong_cell_is_not(seed_ledger: Path, tmp_path: Path) -> None:
    shutil.copy(FOLDER / "datapackage.json", tmp_path)
    content = (seed_ledger / "records.csv").read_text("utf-8-sig")
    (tmp_path / "records.csv").write_text(content.replace(",result,", ",done,"), "utf-8-sig")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {field for (field,) in report.flatten(["fieldName"])} == {"phase"}


def test_the_arrow_module_is_the_schema_of_the_parquet_file(every_format: Path) -> None:
    module = runpy.run_path(str(FOLDER / "records_arrow.py"))
    assert pq.read_schema(every_format / "records.parquet").equals(module["SCHEMA"])


def test_sqlite_takes_its_sql() -> None:
    database = sqlite3.connect(":memory:")
    database.executescript((FOLDER / "ledger.sqlite.sql").read_text("utf-8"))
    made = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {table.name for table in TABLES} <= made


def test_duckdb_takes_its_sql_and_keeps_the_descriptions() -> None:
    database = duckdb.connect()
    database.execute((FOLDER / "ledger.duckdb.sql").read_text("utf-8"))
    query = "SELECT comment FROM duckdb_columns() WHERE table_name = 'records' AND column_name = 'value'"
    ((comment,),) = database.execute(query).fetchall()
    assert fields().root["RectificationItem"]["value"].about_zh in comment


def test_postgresql_parses_its_sql() -> None:
    statements = pglast.parse_sql((FOLDER / "ledger.postgres.sql").read_text("utf-8"))
    kinds = [type(statement.stmt).__name__ for statement in statements]
    assert (kinds.count("CreateStmt"), kinds.count("ViewStmt")) == (len(TABLES) + 1, len(views())), (
        "the tables, and the one that says which layout they have"
    )
