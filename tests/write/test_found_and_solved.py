"""The view of what was found and what of it is solved, in SQLite and DuckDB: the same rows, copies left out."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from taizhang.article import Article
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document
from taizhang.run import write_ledger
from taizhang.write.ledger_duckdb import DUCKDB_LEDGER
from taizhang.write.ledger_sqlite import SQLITE_LEDGER

duckdb: Any = pytest.importorskip("duckdb")
TEXT = (
    "2022年8月，太原市查摆问题40个，解决30个，各县区负责人逐一汇报了工作进展，相互交流了做法，对下一步的打算也作了说明。"
    "2022年8月，昆明市60项工程已完成45项。"
)
QUERY = 'SELECT place_code, "time", found, solved, share, found_quote, solved_quote FROM found_and_solved'


def test_found_and_solved(tmp_path: Path) -> None:
    given = [Article.of(text, Document(id=str(n))) for n, text in enumerate([TEXT, TEXT])]
    write_ledger(given, shipped_pipeline(), tmp_path, (SQLITE_LEDGER, DUCKDB_LEDGER))
    expected = [
        ("140100", "2022-08", 40, 30, 0.75, "40个", "30个"),
        ("530100", "2022-08", 60, 45, 0.75, "60项", "45项"),
    ]
    assert sqlite3.connect(tmp_path / "ledger.sqlite").execute(QUERY).fetchall() == expected
    assert (
        duckdb.connect(str(tmp_path / "ledger.duckdb"), read_only=True).execute(QUERY).fetchall() == expected
    )
