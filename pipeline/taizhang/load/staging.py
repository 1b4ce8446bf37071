"""The load room's staging: a run's rows copied into tables of the transaction's own, beside the ledger's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from taizhang.errors import RunFolderError
from taizhang.rules import RuleSet
from taizhang.run.folder import RunFolder
from taizhang.run.whole import whole_rejects
from taizhang.write.exact_json import dumps
from taizhang.write.tables import (
    DOCUMENT_NUMBER,
    NUMBER,
    TABLES,
    LedgerTable,
    Row,
    document_row,
    record_row,
    reject_row,
)

Progress = Callable[[int], None]  # called with the number of rows copied so far

BY_NAME = {table.name: table for table in TABLES}
DOCUMENTS, RECORDS, REJECTS, PLACES = (BY_NAME[n] for n in ("documents", "records", "rejects", "places"))
_KEYS = {NUMBER.name, DOCUMENT_NUMBER.name}


def staged(table: LedgerTable) -> sql.Identifier:
    """The name of the table that holds the run's rows for one of the ledger's."""
    return sql.Identifier("pg_temp", f"staged_{table.name}")


def columns(table: LedgerTable, of: str = "") -> sql.Composed:
    """The columns that a row of the table brings along, without its numbers; ``of``: as those of that table."""
    names = (column.name for column in table.columns if column.name not in _KEYS)
    return sql.SQL(", ").join(sql.Identifier(*([of, name] if of else [name])) for name in names)


def stage(connection: psycopg.Connection, run: RunFolder, progress: Progress) -> None:
    """Copy the run's documents, records and rejects; each document has the number that it has, or will have, there.

    Raises:
        RunFolderError: the run's files do not go together.
        psycopg.Error: the server refuses something.
    """
    for table in (DOCUMENTS, RECORDS, REJECTS):
        like = "CREATE TEMPORARY TABLE {} (LIKE {}) ON COMMIT DROP"
        connection.execute(sql.SQL(like).format(staged(table), sql.Identifier(table.name)))
    numbers = _numbers(connection, run)
    counted = _Counted(progress)
    _copy(connection, RECORDS, counted(_owned(map(record_row, run.records()), numbers)))
    _copy(connection, REJECTS, counted(_owned(map(reject_row, whole_rejects(run, RuleSet())), numbers)))
    documents = (document_row(clean.document) for clean in run.texts())
    _copy(connection, DOCUMENTS, ({**row, "number": numbers[row["id"]]} for row in documents))
    for table in (DOCUMENTS, RECORDS, REJECTS):
        connection.execute(sql.SQL("ANALYZE {}").format(staged(table)))


class _Counted:
    """Tells how many rows have gone by, over all iterators that go through it."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._rows = progress, 0

    def __call__(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            yield row
            self._rows += 1
            self._progress(self._rows)


def _numbers(connection: psycopg.Connection, run: RunFolder) -> dict[str, int]:
    """The number of each document: the one that it has there, or the next, in the order of the run."""
    ids = [item.id for item in run.manifest.inputs]
    if len(set(ids)) < len(ids):
        twice = next(id_ for id_ in ids if ids.count(id_) > 1)
        raise RunFolderError(f"{run.path}: expected each document id once, got {twice!r} again")
    connection.execute("LOCK TABLE documents, places, records, rejects IN SHARE ROW EXCLUSIVE MODE")
    query = "SELECT id, number FROM documents WHERE id = ANY(%s)"
    there: dict[str, int] = dict(connection.execute(query, [ids]).fetchall())
    (last,) = connection.execute("SELECT COALESCE(MAX(number), 0) FROM documents").fetchone() or (0,)
    new = (id_ for id_ in ids if id_ not in there)
    return there | {id_: number for number, id_ in enumerate(new, last + 1)}


def _owned(rows: Iterable[Row], numbers: dict[str, int]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield {"number": number, "document_number": numbers[row["document_id"]], **row}


def _copy(connection: psycopg.Connection, table: LedgerTable, rows: Iterator[Row]) -> None:
    names = [column.name for column in table.columns]
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(
        staged(table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for row in rows:
            copy.write_row([_cell(row[name]) for name in names])


def _cell(value: Any) -> Any:
    """A value as it can be copied: PostgreSQL's text cannot hold U+0000, so that is written as its escape."""
    if isinstance(value, str):
        return value.replace("\x00", "\\x00")
    if isinstance(value, list):
        return [_cell(item) for item in value]
    if isinstance(value, dict):
        return Jsonb({_cell(key): _cell(item) for key, item in value.items()}, dumps)
    return value
