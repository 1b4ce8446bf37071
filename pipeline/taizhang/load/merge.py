"""The load room's merge: the staged rows against those that are there; what is equal is not written again.

A record is known by its id, a document by its own, a place by code and name. Rejects have no id, so those of a
document are replaced together where any differs. Of the documents that the run read, nothing stays that it did not
give; documents that it did not read stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql

from taizhang.errors import OutputError
from taizhang.load.staging import DOCUMENTS, PLACES, RECORDS, REJECTS, columns, staged
from taizhang.write.tables import LedgerTable

_SHOWN = 3  # documents that a message names


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many rows of one table a load added, changed, removed and found as they were."""

    added: int
    changed: int
    removed: int
    unchanged: int


def merge(connection: psycopg.Connection, name: str, force: bool) -> dict[str, RowCounts]:
    """Make the ledger's rows of the staged documents those that are staged.

    Args:
        name: what messages call the database.
        force: let a document take the place of another one with the same id.

    Raises:
        OutputError: a document there has the id of one in the run, but is another.
        psycopg.Error: the server refuses something.
    """
    if not force:
        _refuse_other_documents(connection, name)
    with connection.cursor() as cursor:
        return {
            "documents": _documents(cursor),
            "records": _records(cursor),
            "rejects": _rejects(cursor),
            "places": _places(cursor),
        }


def _refuse_other_documents(connection: psycopg.Connection, name: str) -> None:
    query = """
    SELECT run.id, there.path, run.path, COUNT(*) OVER ()
    FROM {} AS run JOIN documents AS there USING (id)
    WHERE there.path IS DISTINCT FROM run.path AND there.sha256 <> run.sha256 ORDER BY run.number LIMIT {}
    """
    rows = connection.execute(sql.SQL(query).format(staged(DOCUMENTS), sql.Literal(_SHOWN))).fetchall()
    if rows:
        told = "; ".join(
            f"{id_!r} is of {there} there and of {here} in the run" for id_, there, here, _ in rows
        )
        raise OutputError(
            f"{name}: expected documents of one id to be one article, got {rows[0][3]} that are not: {told}. "
            "Nothing was changed; --force puts those of the run in the others' place"
        )


def _documents(cursor: psycopg.Cursor) -> RowCounts:
    changed = _update(cursor, DOCUMENTS, "id")
    insert = """
    INSERT INTO documents (number, {names}) SELECT number, {names} FROM {staged} AS run
    WHERE NOT EXISTS (SELECT 1 FROM documents WHERE documents.id = run.id)
    """
    added = cursor.execute(
        sql.SQL(insert).format(names=columns(DOCUMENTS), staged=staged(DOCUMENTS))
    ).rowcount
    return RowCounts(added, changed, 0, _count(cursor, staged(DOCUMENTS)) - added - changed)


def _records(cursor: psycopg.Cursor) -> RowCounts:
    delete = """
    DELETE FROM records USING {documents} AS document WHERE records.document_number = document.number
    AND NOT EXISTS (SELECT 1 FROM {records} AS run WHERE run.id = records.id)
    """
    removed = cursor.execute(
        sql.SQL(delete).format(documents=staged(DOCUMENTS), records=staged(RECORDS))
    ).rowcount
    changed = _update(cursor, RECORDS, "id")
    added = _insert(cursor, RECORDS, sql.SQL("NOT EXISTS (SELECT 1 FROM records WHERE records.id = run.id)"))
    return RowCounts(added, changed, removed, _count(cursor, staged(RECORDS)) - added - changed)


def _rejects(cursor: psycopg.Cursor) -> RowCounts:
    rows = """
    SELECT document_number, string_agg(ROW({})::text, '' ORDER BY number) AS content
    FROM {} AS rejects WHERE document_number IN (SELECT number FROM {}) GROUP BY document_number
    """
    here, there = (
        sql.SQL(rows).format(columns(REJECTS), table, staged(DOCUMENTS))
        for table in (staged(REJECTS), sql.Identifier("rejects"))
    )
    cursor.execute(
        sql.SQL(
            "CREATE TEMPORARY TABLE differing ON COMMIT DROP AS SELECT document_number FROM ({}) AS here "
            "FULL JOIN ({}) AS there USING (document_number) WHERE here.content IS DISTINCT FROM there.content"
        ).format(here, there)
    )
    removed = cursor.execute(
        "DELETE FROM rejects USING pg_temp.differing AS one WHERE rejects.document_number = one.document_number"
    ).rowcount
    added = _insert(
        cursor, REJECTS, sql.SQL("run.document_number IN (SELECT document_number FROM pg_temp.differing)")
    )
    return RowCounts(added, 0, removed, _count(cursor, staged(REJECTS)) - added)


def _places(cursor: psycopg.Cursor) -> RowCounts:
    """Each place that a record of the ledger is about; one that none is about any more goes."""
    of_record = sql.SQL(", ").join(sql.Identifier(f"place_{column.name}") for column in PLACES.columns)
    cursor.execute(
        sql.SQL(
            "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT DISTINCT ON (code, name) * "
            "FROM (SELECT {} FROM {} ORDER BY number) AS named ({}) WHERE code <> '' OR name <> '' "
            "ORDER BY code, name"
        ).format(staged(PLACES), of_record, staged(RECORDS), columns(PLACES))
    )
    changed = _update(cursor, PLACES, "code", "name")
    insert = "INSERT INTO places ({0}) SELECT {0} FROM {1} ON CONFLICT DO NOTHING"
    added = cursor.execute(sql.SQL(insert).format(columns(PLACES), staged(PLACES))).rowcount
    removed = cursor.execute(
        "DELETE FROM places WHERE NOT EXISTS (SELECT 1 FROM records WHERE place_code = code AND place_name = name)"
    ).rowcount
    return RowCounts(added, changed, removed, _count(cursor, sql.Identifier("places")) - added - changed)


def _update(cursor: psycopg.Cursor, table: LedgerTable, *key: str) -> int:
    """Give the rows that are there and staged what is staged, where anything differs; how many did."""
    query = """
    UPDATE {table} SET ({columns}) = ROW({new}) FROM {staged} AS run
    WHERE {same} AND ({old}) IS DISTINCT FROM ({new})
    """
    same = (sql.SQL("{} = {}").format(sql.Identifier(table.name, n), sql.Identifier("run", n)) for n in key)
    return cursor.execute(
        sql.SQL(query).format(
            table=sql.Identifier(table.name),
            columns=columns(table),
            new=columns(table, "run"),
            old=columns(table, table.name),
            staged=staged(table),
            same=sql.SQL(" AND ").join(same),
        )
    ).rowcount


def _insert(cursor: psycopg.Cursor, table: LedgerTable, which: sql.Composable) -> int:
    """Add the staged rows that ``which`` names, with the numbers after the last; how many they were."""
    query = """
    INSERT INTO {table} (number, document_number, {columns})
    SELECT
      (SELECT COALESCE(MAX(number), 0) FROM {table}) + ROW_NUMBER() OVER (ORDER BY run.number),
      run.document_number, {new}
    FROM {staged} AS run WHERE {which}
    """
    return cursor.execute(
        sql.SQL(query).format(
            table=sql.Identifier(table.name),
            columns=columns(table),
            new=columns(table, "run"),
            staged=staged(table),
            which=which,
        )
    ).rowcount


def _count(cursor: psycopg.Cursor, table: sql.Identifier) -> int:
    (rows,) = cursor.execute(sql.SQL("SELECT COUNT(*) FROM {}").format(table)).fetchone() or (0,)
    return int(rows)
