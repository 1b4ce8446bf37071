"""The load room's staging: a run's rows copied into tables of the transaction's own, beside the ledger's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from taizhang.errors import RunFolderError
from taizhang.run.folder import RunFolder
from taizhang.write.exact_json import dumps
from taizhang.write.tables import DOCUMENT_NUMBER, NUMBER, TABLES, Row, Table, record_row, reject_row

Progress = Callable[[int], None]  # called with the number of rows copied so far

BY_NAME = {table.name: table for table in TABLES}
DOCUMENTS, RECORDS, REJECTS, PLACES = (BY_NAME[n] for n in ("documents", "records", "rejects", "places"))
_KEYS = {NUMBER.name, DOCUMENT_NUMBER.name}
_DOCUMENT_FIELDS = tuple(column.name for column in DOCUMENTS.columns if column is not NUMBER)


def staged(table: Table) -> sql.Identifier:
    """The name of the table that holds the run's rows for one of the ledger's."""
    return sql.Identifier("pg_temp", f"staged_{table.name}")


def columns(table: Table, of: str = "") -> sql.Composed:
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
    _copy(connection, REJECTS, counted(_owned(map(reject_row, run.rejects()), numbers)))
    _copy(connection, DOCUMENTS, _inputs(run, numbers), ("number", "id", "path", "sha256"))
    _fill_documents(connection)
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


def _inputs(run: RunFolder, numbers: dict[str, int]) -> Iterator[Row]:
    for item in run.manifest.inputs:
        yield {"number": numbers[item.id], "id": item.id, "path": item.path, "sha256": item.sha256 or ""}


def _copy(
    connection: psycopg.Connection, table: Table, rows: Iterator[Row], names: tuple[str, ...] = ()
) -> None:
    """Copy rows into the staged table; ``names``: of the columns, where it is not all of them."""
    chosen = names or tuple(column.name for column in table.columns)
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(
        staged(table), sql.SQL(", ").join(map(sql.Identifier, chosen))
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for row in rows:
            copy.write_row([_cell(row[name]) for name in chosen])


def _cell(value: Any) -> Any:
    """A value as it can be copied: PostgreSQL's text cannot hold U+0000, so that is written as its escape."""
    if isinstance(value, str):
        return value.replace("\x00", "\\x00")
    if isinstance(value, list):
        return [_cell(item) for item in value]
    if isinstance(value, dict):
        return Jsonb({_cell(key): _cell(item) for key, item in value.items()}, dumps)
    return value


def _fill_documents(connection: psycopg.Connection) -> None:
    """What the rows say of their documents; of a document without any row only the manifest speaks."""
    of_row = [sql.Identifier(f"document_{name}") for name in _DOCUMENT_FIELDS]
    parts = [
        sql.SQL("SELECT document_number, {} FROM {}").format(sql.SQL(", ").join(of_row), staged(table))
        for table in (RECORDS, REJECTS)
    ]
    connection.execute(
        sql.SQL(
            "UPDATE {staged} AS document SET ({fields}) = ROW({of_row}) FROM (SELECT DISTINCT ON (document_number) * "
            "FROM ({parts}) AS rows ORDER BY document_number) AS said WHERE document.number = said.document_number"
        ).format(
            staged=staged(DOCUMENTS),
            fields=sql.SQL(", ").join(map(sql.Identifier, _DOCUMENT_FIELDS)),
            of_row=sql.SQL(", ").join(of_row),
            parts=sql.SQL(" UNION ALL ").join(parts),
        )
    )
