"""The two databases: tables that hang together, views with the answers worked out by hand, the search, the faults."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from taizhang.errors import OutputError
from taizhang.records import Place
from taizhang.result import Result
from taizhang.write.ledger_duckdb import DUCKDB_LEDGER
from taizhang.write.ledger_sqlite import SQLITE_LEDGER

Write = Callable[..., Path]
Rows = list[tuple[Any, ...]]
BOTH = pytest.mark.parametrize("name", ["sqlite", "duckdb"])


def _ask(path: Path, query: str) -> Rows:
    if path.suffix == ".sqlite":
        return sqlite3.connect(path).execute(query).fetchall()
    return duckdb.connect(str(path), read_only=True).execute(query).fetchall()


@pytest.fixture
def places(result: Result) -> tuple[Result, ...]:
    """Two articles: in the first a total of 40 found and its part of 3, and 30 put right; in the second 5 elsewhere."""
    total, part = result.records
    there = Place(name="某省某县", code="530125", level="county")
    first = (
        total.model_copy(update={"value": Decimal(40), "time": "2021-03-04"}),
        part.model_copy(update={"time": "2021-03"}),
        total.model_copy(update={"id": "done", "phase": "result", "value": Decimal(30), "part_of": total.id}),
        total.model_copy(
            update={"id": "share", "kind": "ratio", "unit": "%", "value": Decimal(75), "time": "2021"}
        ),
    )
    second = (
        total.model_copy(
            update={"id": "county", "value": Decimal(5), "place": there, "time": "2021-03-01/2021-03-09"}
        ),
        total.model_copy(
            update={"id": "open", "value": Decimal(6), "place": Place(), "time": "2021-03-30/2021-04-02"}
        ),
    )
    made = (result.model_copy(update={"records": records}) for records in (first, second))
    return tuple(made)


VIEWS: list[tuple[str, Rows, str]] = [
    (
        "SELECT place_code, records, documents, problem, result FROM by_place",
        [("", 1, 1, 1, 0), ("530100", 4, 1, 3, 1), ("530125", 1, 1, 1, 0)],
        "a row a place, no place too",
    ),
    (
        "SELECT * FROM by_phase",
        [("problem", "count", 4, 2, 2), ("problem", "ratio", 1, 1, 1), ("result", "count", 1, 1, 1)],
        "phase and kind, with the documents and places they come from",
    ),
    (
        "SELECT * FROM by_month",
        [("", 3, 2, 1), ("2021-03", 3, 3, 0)],
        "a day, a month and days of one month; a year, days of two months and no time have none",
    ),
    (
        "SELECT place_code, unit, problems, problem_value, results, result_value FROM problem_vs_result",
        [("", "处", 1, 6, 0, None), ("530100", "处", 1, 40, 1, 30), ("530125", "处", 1, 5, 0, None)],
        "a part of a total in its own phase is not added, one of another phase is; ratios are not",
    ),
]


@BOTH
def test_views(name: str, places: tuple[Result, ...], write: Write, tmp_path: Path) -> None:
    path = write(name, places, tmp_path)
    for query, expected, proves in VIEWS:
        assert _ask(path, query) == expected, proves


@BOTH
def test_every_input_is_a_document_and_rows_point_to_theirs(
    name: str, ledger: tuple[Result, ...], write: Write, tmp_path: Path
) -> None:
    path = write(name, ledger, tmp_path)
    assert _ask(path, "SELECT number, id FROM documents ORDER BY number") == [(1, "a1"), (2, "b"), (3, "a1")]
    counts = "SELECT document_number, COUNT(*) FROM {} GROUP BY 1 ORDER BY 1"
    assert _ask(path, counts.format("records")) == [(1, 8), (3, 2)]
    assert _ask(path, counts.format("rejects")) == [(1, 1), (2, 1), (3, 1)]
    assert _ask(path, "SELECT scope, reason, span_start FROM rejects WHERE document_number = 2") == [
        ("article", "binary", None)
    ]
    assert _ask(path, "SELECT MIN(number), MAX(number), COUNT(DISTINCT number) FROM records") == [(1, 10, 10)]
    assert _ask(path, "SELECT code, name FROM places") == [("530100", "某省某市")]


def test_sqlite_has_no_loose_ends(ledger: tuple[Result, ...], write: Write, tmp_path: Path) -> None:
    path = write("sqlite", ledger, tmp_path)
    assert _ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert _ask(path, "PRAGMA foreign_key_check") == []
    with pytest.raises(sqlite3.IntegrityError):
        _ask(path, "UPDATE records SET phase = 'done'")


@pytest.mark.parametrize(("words", "found"), [("排查隐患", 9), ("校园3处", 9), ("没有的话", 0), ("共3户", 1)])
def test_the_sentences_can_be_searched(
    words: str, found: int, ledger: tuple[Result, ...], write: Write, tmp_path: Path
) -> None:
    sqlite, duck = (write(name, ledger, tmp_path) for name in ("sqlite", "duckdb"))
    match = f"SELECT COUNT(*) FROM sentences WHERE sentences MATCH '\"{words}\"'"
    assert _ask(sqlite, match) == _ask(duck, f"SELECT COUNT(*) FROM sentences('{words}')") == [(found,)]


def test_a_lookup_uses_its_index(ledger: tuple[Result, ...], write: Write, tmp_path: Path) -> None:
    path = write("sqlite", ledger, tmp_path)
    for column in ("id", "place_code", "phase", "time", "value"):
        ((*_, plan),) = _ask(path, f'EXPLAIN QUERY PLAN SELECT * FROM records WHERE "{column}" = 1')
        assert f"records_{column}" in plan


@pytest.mark.parametrize("format_", [SQLITE_LEDGER, DUCKDB_LEDGER], ids=lambda f: f.name)
def test_a_folder_that_is_not_there_is_a_fault_of_use(format_: Any, tmp_path: Path) -> None:
    with pytest.raises((OutputError, OSError)):
        format_.open(tmp_path / "missing" / format_.filename)


def test_a_sqlite_without_trigrams_is_named_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "taizhang.write.ledger_sqlite.ddl", lambda _: "CREATE VIRTUAL TABLE t USING fts5(a, tokenize='none');"
    )
    with pytest.raises(OutputError, match="expected to write a database, got"):
        SQLITE_LEDGER.open(tmp_path / "ledger.sqlite")
    assert list(tmp_path.iterdir()) == []
