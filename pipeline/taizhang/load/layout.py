"""The load room's layout: the ledger's tables and views made, or found as this version makes them.

What another program made under one of their names is never touched.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql

from taizhang.errors import OutputError
from taizhang.write.sql import (
    LAYOUT_TABLE,
    MARK,
    POSTGRES,
    VIEWS,
    layout,
    marks_sql,
    tables_sql,
    views,
)
from taizhang.write.tables import TABLES

LAYOUT = layout(POSTGRES)
LOCK_TIMEOUT = "10s"  # how long a load waits for others who change the ledger
_TABLE_NAMES = (LAYOUT_TABLE, *(table.name for table in TABLES))
_NAMES = {*_TABLE_NAMES, *views()}
_RELATIONS = """
SELECT relname, COALESCE(obj_description(oid, 'pg_class'), '') FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relname = ANY(%s)
"""
# Trigrams are made of what the database's locale knows as letters; the locale C knows none of Chinese.
_HAS_TRIGRAMS = "SELECT cardinality(show_trgm(chr(25913))) > 0"
_EXTENSION_SCHEMA = "SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'pg_trgm'"


@dataclass(frozen=True, slots=True)
class LedgerState:
    """How the ledger was found.

    Attributes:
        made: whether it was made now.
        search: why a search of the sentences has no index; empty where it has one.
    """

    made: bool
    search: str


def ready(connection: psycopg.Connection, name: str, force: bool) -> LedgerState:
    """Make the ledger in the connection's schema where it is not there.

    Args:
        name: what messages call the database.
        force: drop a ledger of another layout, with all its rows, and make it anew.

    Raises:
        OutputError: tables of other programs have the names, or it is a ledger of another layout.
        psycopg.Error: the server refuses something.
    """
    _settle(connection, name)
    found: dict[str, str] = dict(connection.execute(_RELATIONS, [[*_NAMES]]).fetchall())
    if strangers := sorted(there for there, comment in found.items() if comment != MARK):
        raise OutputError(
            f"{name}: expected a schema without tables of these names, got {', '.join(strangers)}, which taizhang "
            "did not make: they stay as they are, with --force too. Name another schema: "
            "?options=-csearch_path%3DNAME"
        )
    got = _layout(connection, found)
    if found and got != LAYOUT:
        if not force:
            raise OutputError(
                f"{name}: expected a ledger of layout {LAYOUT}, got {got}; nothing was changed. "
                "--force drops its tables and views with all their rows and makes them anew"
            )
        _drop(connection, name)
    made = not found or got != LAYOUT
    if made:
        for part in (tables_sql(POSTGRES), VIEWS.read_text("utf-8"), marks_sql(POSTGRES)):
            connection.execute(sql.SQL(part))
    return LedgerState(made, _index_sentences(connection))


def _settle(connection: psycopg.Connection, name: str) -> None:
    """One load at a time, no waiting without end, and our own schema first where names are looked up."""
    encoding, schema = (
        connection.execute("SELECT current_setting('server_encoding'), current_schema()").fetchone() or ()
    )
    if encoding != "UTF8":
        raise OutputError(f"{name}: expected a database in UTF8, got one in {encoding}")
    if schema is None:
        raise OutputError(
            f"{name}: expected a schema to make tables in, but none of the search_path is there"
        )
    connection.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
    _search_path(connection, schema)
    lock = "SELECT pg_try_advisory_xact_lock(hashtext('taizhang load'), hashtext(current_schema()))"
    if connection.execute(lock).fetchone() != (True,):
        raise OutputError(
            f"{name}: expected a ledger that no other load writes to, but one is writing there now"
        )


def _search_path(connection: psycopg.Connection, *schemas: str) -> None:
    path = sql.SQL(", ").join(sql.Identifier(schema) for schema in (*schemas, "pg_temp"))
    connection.execute(sql.SQL("SET LOCAL search_path = {}").format(path))


def _layout(connection: psycopg.Connection, found: dict[str, str]) -> str:
    """The layout that is there, for a message where it is not the one expected."""
    if missing := sorted(_NAMES - set(found)):
        return f"one without {', '.join(missing)}"
    rows = connection.execute(
        sql.SQL("SELECT layout FROM {}").format(sql.Identifier(LAYOUT_TABLE))
    ).fetchall()
    return ", ".join(str(value) for (value,) in rows) or "none"


def _drop(connection: psycopg.Connection, name: str) -> None:
    """Drop what bears the ledger's mark. What others built on it is not dropped along."""
    try:
        for view in reversed(views()):
            connection.execute(sql.SQL("DROP VIEW IF EXISTS {}").format(sql.Identifier(view)))
        for table in ("records", "rejects", "places", "documents", LAYOUT_TABLE):
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(table)))
    except psycopg.errors.DependentObjectsStillExist as error:
        raise OutputError(
            f"{name}: {error.diag.message_primary}. {error.diag.message_detail}. Nothing was changed; what others "
            "built on the ledger they must drop themselves"
        ) from error


def _index_sentences(connection: psycopg.Connection) -> str:
    """Index the sentences by trigrams where the server can; if not, why not."""
    if connection.execute("SELECT to_regclass('records_sentence')").fetchone() != (None,):
        return ""
    try:
        with connection.transaction():
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            (schema,) = connection.execute(_EXTENSION_SCHEMA).fetchone() or ("",)
            _search_path(connection, *_current(connection), schema)
            if connection.execute(_HAS_TRIGRAMS).fetchone() != (True,):
                raise psycopg.errors.FeatureNotSupported("its locale has no trigrams of Chinese")
            connection.execute("CREATE INDEX records_sentence ON records USING gin (sentence gin_trgm_ops)")
    except (
        psycopg.errors.FeatureNotSupported,
        psycopg.errors.UndefinedFile,
        psycopg.errors.InsufficientPrivilege,
    ) as error:
        return error.diag.message_primary or str(error)
    return ""


def _current(connection: psycopg.Connection) -> tuple[str, ...]:
    return connection.execute("SELECT current_schema()").fetchone() or ()
