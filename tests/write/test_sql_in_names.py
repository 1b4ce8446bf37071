"""SQL in the names of folders, files and articles is text to every database that meets it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from taizhang.cli import app

EVIL = "it's \"here\"'); DROP TABLE records; --"
TEXT = "昆明市排查隐患12处，整改8处。"


@pytest.mark.fault(
    "Hostile input",
    "SQL in names",
    made="folders, files, ids and titles that close a quote and drop a table, with SQLite, DuckDB, Parquet and `merge`",
    guard="write/: values are parameters; merge/: paths are quoted",
)
def test_sql_in_names_is_text(tmp_path: Path, happened: Callable[[str], None]) -> None:
    news, out = tmp_path / EVIL, tmp_path / f"out {EVIL}"
    news.mkdir()
    (news / f"{EVIL}.txt").write_text(TEXT, "utf-8")
    row = {"id": EVIL, "title": EVIL, "source": EVIL, "text": TEXT}
    (news / "rows.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    command = ["run", str(news), "--out", str(out), "--format", "jsonl,sqlite,duckdb,parquet"]
    for words in (command, ["merge", str(out)], ["check", str(out)]):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
    ask = "SELECT d.id, d.title FROM records r JOIN documents d ON d.number = r.document_number ORDER BY r.number"
    seen = sqlite3.connect(out / "ledger.sqlite").execute(ask).fetchall()
    assert seen == duckdb.connect(str(out / "ledger.duckdb"), read_only=True).execute(ask).fetchall()
    assert [title for _, title in seen] == [None, None, EVIL, EVIL]
    assert all(name.startswith(EVIL) for name, _ in seen)
    happened("all of it is in the tables and in the facts as it was written, and no table is gone")
