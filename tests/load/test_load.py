"""What a load leaves: every row to the digit, nothing written twice, what a run no longer gives removed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import astuple
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from taizhang.load import Loaded, load
from taizhang.records import Document, Place, RectificationItem
from taizhang.result import Result
from taizhang.rules import RuleSet
from taizhang.run.folder import RunFolder
from taizhang.run.whole import whole_rejects
from taizhang.write.ledger_sqlite import SQLITE_LEDGER
from taizhang.write.sql import views
from taizhang.write.tables import TABLES, record_row, reject_row

Database = Any
MakeRun = Callable[..., RunFolder]
NOTHING = (0, 0, 0)


def _changes(done: Loaded) -> dict[str, tuple[int, ...]]:
    """Of each table that changed: rows added, changed, removed."""
    return {name: astuple(c)[:3] for name, c in done.tables.items() if astuple(c)[:3] != NOTHING}


def _rows(database: Database, table: str) -> list[dict[str, Any]]:
    names = [
        column.name for (columns,) in [[t.columns for t in TABLES if t.name == table]] for column in columns
    ]
    quoted = ", ".join(f'"{name}"' for name in names)
    order = "code, name" if table == "places" else "number"
    return [
        dict(zip(names, row, strict=True))
        for row in database.ask(f"SELECT {quoted} FROM {table} ORDER BY {order}")
    ]


def _written(value: Any) -> Any:
    """A value as PostgreSQL holds it: U+0000 as its escape."""
    if isinstance(value, str):
        return value.replace("\x00", "\\x00")
    if isinstance(value, list):
        return [_written(item) for item in value]
    return {_written(k): _written(v) for k, v in value.items()} if isinstance(value, dict) else value


def test_every_value_of_the_run_is_there(
    database: Database, make_run: MakeRun, results: tuple[Result, ...]
) -> None:
    run = make_run(*results)
    done = load(run, database.target)
    assert done.made
    assert _changes(done) == {
        "documents": (3, 0, 0),
        "records": (9, 0, 0),
        "rejects": (2, 0, 0),
        "places": (2, 0, 0),
    }
    for table, row, items in (
        ("records", record_row, run.records()),
        ("rejects", reject_row, whole_rejects(run, RuleSet())),
    ):
        there = _rows(database, table)
        numbers = [(r.pop("number"), r.pop("document_number")) for r in there]
        assert there == [_written(row(item)) for item in items]  # type: ignore[operator]
        assert [number for number, _ in numbers] == [*range(1, len(there) + 1)]
    assert [(d["number"], d["id"], d["title"], d["sha256"]) for d in _rows(database, "documents")] == [
        (1, "a1", "青禾镇整改<快讯>", "5" * 64),
        (2, "b", None, ""),
        (3, "'; DROP TABLE documents; --", None, "c" * 64),
    ]
    assert [(p["code"], p["name"]) for p in _rows(database, "places")] == [
        ("530100", "某省某市"),
        ("530125", "某省某县';--"),
    ]


def test_numbers_are_exact_and_no_floats(
    database: Database, make_run: MakeRun, results: tuple[Result, ...]
) -> None:
    load(make_run(*results), database.target)
    ((total, text),) = database.ask(
        "SELECT value + 0.000000000000000000000000000001, value::text FROM records WHERE id = 'long'"
    )
    assert total == Decimal("12345678901234567890.123456789012345678901234567891")
    assert text == "12345678901234567890.123456789012345678901234567890"
    assert database.ask("SELECT value, value_exact FROM records WHERE id = 'small'") == [
        (Decimal("0.10"), "0.10")
    ]


def test_the_same_run_again_writes_nothing(
    database: Database, make_run: MakeRun, results: tuple[Result, ...]
) -> None:
    run = make_run(*results)
    load(run, database.target)
    before = database.content()
    again = load(run, database.target)
    assert _changes(again) == {} and not again.made
    assert astuple(again.tables["records"]) == (0, 0, 0, 9)
    assert database.content() == before


def test_a_run_with_other_rules_changes_what_differs_and_nothing_else(
    database: Database, make_run: MakeRun, results: tuple[Result, ...]
) -> None:
    odd, unread, empty = results
    load(make_run(*results), database.target)
    before = database.content()
    records = {record.id: record for record in odd.records}
    records["small"] = records["small"].model_copy(update={"phase": "effect", "rules": {"phase": "other"}})
    del records["county"], records["tiny"]
    new = records["odd"].model_copy(update={"id": "new"})
    changed = odd.model_copy(update={"records": (new, *records.values()), "rejects": ()})
    done = load(make_run(changed, unread, empty), database.target)
    assert _changes(done) == {"records": (1, 1, 2), "rejects": (0, 0, 1), "places": (0, 0, 1)}
    after = database.content()
    assert after["documents"] == before["documents"]
    kept = {row for row in map(repr, before["records"])} & {row for row in map(repr, after["records"])}
    assert len(kept) == 6  # of nine: one changed, two gone
    assert database.ask("SELECT phase, rules FROM records WHERE id = 'small'") == [
        ("effect", {"phase": "other"})
    ]
    assert database.ask("SELECT number, document_number FROM records WHERE id = 'new'") == [(9, 1)]


def test_documents_of_other_runs_stay(
    database: Database, make_run: MakeRun, results: tuple[Result, ...], result: Result
) -> None:
    load(make_run(*results), database.target)
    document = Document(id="later", path="later.txt", sha256="d" * 64)
    records = tuple(
        r.model_copy(update={"id": f"later-{r.id}", "document": document}) for r in result.records
    )
    rejects = tuple(r.model_copy(update={"document": document}) for r in result.rejects)
    done = load(make_run(Result(document=document, records=records, rejects=rejects)), database.target)
    assert _changes(done) == {"documents": (1, 0, 0), "records": (2, 0, 0), "rejects": (1, 0, 0)}
    assert database.ask(
        "SELECT number, document_number FROM records WHERE document_id = 'later' ORDER BY 1"
    ) == [(10, 4), (11, 4)]
    assert database.ask("SELECT COUNT(*) FROM records") == [(11,)]


def test_a_document_that_is_deleted_takes_its_rows_along(
    database: Database, make_run: MakeRun, results: tuple[Result, ...]
) -> None:
    load(make_run(*results), database.target)
    database.do("DELETE FROM documents WHERE id = 'a1'")
    assert database.ask("SELECT (SELECT COUNT(*) FROM records), (SELECT COUNT(*) FROM rejects)") == [(0, 1)]


def _variant(result: Result, random: Random) -> Result:
    """The same article as read by other rules: some records gone, some changed, some rejects gone."""
    records: list[RectificationItem] = []
    for record in result.records:
        if random.random() < 0.7:
            change = {"unit": random.choice("个户"), "place": random.choice([Place(), record.place])}
            records.append(record.model_copy(update=change))
    random.shuffle(records)
    return result.model_copy(
        update={"records": tuple(records), "rejects": result.rejects[: random.randrange(2)]}
    )


@pytest.mark.parametrize("seed", range(8))
def test_whatever_was_there_the_run_alone_decides(
    seed: int, database: Database, make_run: MakeRun, results: tuple[Result, ...]
) -> None:
    """After any sequence of runs over the same articles the rows are those of the last one, numbers aside."""
    random = Random(seed)
    for _ in range(3):
        last = make_run(_variant(results[0], random), results[1], results[2])
        done = load(last, database.target)
    for table in ("records", "rejects"):
        there = [{k: v for k, v in row.items() if k != "number"} for row in _rows(database, table)]
        wanted = (
            [record_row(r) for r in last.records()]
            if table == "records"
            else [reject_row(r) for r in whole_rejects(last, RuleSet())]
        )
        numbers = {"a1": 1, "b": 2}
        expected = [_written({"document_number": numbers[row["document_id"]], **row}) for row in wanted]
        assert sorted(there, key=_name) == sorted(expected, key=_name)
        change = done.tables[table]
        assert change.added + change.changed + change.unchanged == len(expected)
    places = {(r.place.code, r.place.name) for r in last.records()} - {("", "")}
    assert {(p["code"], p["name"]) for p in _rows(database, "places")} == places


def _name(row: dict[str, Any]) -> str:
    return str(row.get("id") or row["reason"])


def _as_sqlite(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal | int) else value


@pytest.mark.parametrize("view", views())
def test_the_views_answer_as_those_of_sqlite_do(view: str, seeds: Database, seed_ledger: Path) -> None:
    sqlite = sqlite3.connect(seeds.sqlite).execute(f"SELECT * FROM {view}").fetchall()
    there = seeds.ask(f"SELECT * FROM {view}")
    assert sqlite
    assert sorted(repr([_as_sqlite(v) for v in row]) for row in there) == sorted(
        repr([_as_sqlite(v) for v in row]) for row in sqlite
    )


def test_the_seeds_are_there(seeds: Database, seed_ledger: Path) -> None:
    written = [json.loads(line) for line in (seed_ledger / "records.jsonl").read_text("utf-8").splitlines()]
    there = seeds.ask(
        "SELECT id, place_code, value::text, place_candidates, rules, span_start FROM records ORDER BY number"
    )
    assert len(written) > 100
    assert [
        (i, code, Decimal(value), list_, rules, start) for i, code, value, list_, rules, start in there
    ] == [
        (
            r["id"],
            r["place"]["code"],
            Decimal(str(r["value"])),
            r["place"]["candidates"],
            r["rules"],
            r["span"]["start"],
        )
        for r in written
    ]
    manifest = json.loads((seed_ledger / "manifest.json").read_text("utf-8"))
    assert seeds.ask("SELECT id FROM documents ORDER BY number") == [(i["id"],) for i in manifest["inputs"]]


def test_the_sentences_are_found_by_their_index(seeds: Database, seed_ledger: Path) -> None:
    assert seeds.done.search == ""
    written = [json.loads(line) for line in (seed_ledger / "records.jsonl").read_text("utf-8").splitlines()]
    words = "主题教育"
    with psycopg.connect(seeds.url) as connection:
        connection.execute("SET enable_seqscan = off")
        query = f"SELECT number FROM records WHERE sentence LIKE '%{words}%'"
        plan = "\n".join(line for (line,) in connection.execute("EXPLAIN " + query))  # type: ignore[arg-type]
        assert "records_sentence" in plan
        found = connection.execute(query).fetchall()  # type: ignore[arg-type]
    assert len(found) == sum(words in r["sentence"] for r in written) > 0


@pytest.fixture(scope="module")
def seeds(server: Any, seed_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The seeds' ledger in a database, and in SQLite, both from the same run folder."""
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE seeds")
    made = server.database("seeds")
    made.done = load(RunFolder.open(seed_ledger), made.target)
    made.sqlite = tmp_path_factory.mktemp("sqlite") / "ledger.sqlite"
    _write_sqlite(RunFolder.open(seed_ledger), made.sqlite)
    return made


def _write_sqlite(run: RunFolder, path: Path) -> None:
    writer = SQLITE_LEDGER.open(path)
    records, rejects = list(run.records()), list(whole_rejects(run, RuleSet()))
    for item in run.manifest.inputs:
        of_document = tuple(r for r in records if r.document.id == item.id)
        document = of_document[0].document
        writer.write(
            Result(
                document=document,
                records=of_document,
                rejects=tuple(r for r in rejects if r.document.id == item.id),
            )
        )
    writer.commit()
