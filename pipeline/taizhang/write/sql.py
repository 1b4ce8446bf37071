"""The write room's SQL: the same tables, indexes and views for SQLite, DuckDB and PostgreSQL."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from taizhang.write.columns import Column, Type
from taizhang.write.fields import fields
from taizhang.write.tables import TABLES, LedgerTable

VIEWS = Path(__file__).with_name("views.sql")
#: The comment on each table and view that the ledger has in PostgreSQL: what bears it, taizhang made.
MARK = "taizhang ledger"
#: The table with one row that says which layout the others have.
LAYOUT_TABLE = "taizhang_ledger"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one database spells the types, and what it has of its own.

    Attributes:
        every_decimal: whether its number type holds a number of any size, so that the column is never NULL.
        comments: whether a column can carry a comment of its own; if not, it stands in the SQL alone.
        search: the full-text search on the sentence.
        shared: whether it gathers runs, so that an id is there once, and other tables may stand beside its own.
    """

    name: str
    types: dict[Type, str]
    every_decimal: bool
    comments: bool
    search: str
    shared: bool = False


# Trigrams, because a run of Chinese has no spaces to cut it at; the text itself stays in the table records.
_SQLITE_SEARCH = """\
-- Full text of the sentences. Three characters or more: SELECT rowid FROM sentences WHERE sentences MATCH '"…"';
-- fewer find nothing there: SELECT number FROM records WHERE sentence LIKE '%…%'.
CREATE VIRTUAL TABLE sentences USING fts5(sentence, content='records', content_rowid='number', tokenize='trigram');
"""
# DuckDB's own full-text extension is fetched from the network and cuts words at spaces; a scan needs neither.
_DUCKDB_SEARCH = """\
-- Full text of the sentences: FROM sentences('…')
CREATE MACRO sentences(words) AS TABLE SELECT * FROM records WHERE contains(sentence, words);
"""
_POSTGRES_SEARCH = """\
-- Full text of the sentences: SELECT * FROM records WHERE sentence LIKE '%…%'; trigrams make it quick for three
-- characters or more
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX records_sentence ON records USING gin (sentence gin_trgm_ops);
"""

SQLITE = Dialect(
    "sqlite",
    {
        "text": "TEXT",
        "integer": "INTEGER",
        "number": "REAL",
        "decimal": "NUMERIC",
        "list": "TEXT",
        "map": "TEXT",
    },
    True,
    False,
    _SQLITE_SEARCH,
)
DUCKDB = Dialect(
    "duckdb",
    {
        "text": "VARCHAR",
        "integer": "BIGINT",
        "number": "DOUBLE",
        "decimal": "DECIMAL(38, 12)",
        "list": "VARCHAR[]",
        "map": "MAP(VARCHAR, VARCHAR)",
    },
    False,
    True,
    _DUCKDB_SEARCH,
)
POSTGRES = Dialect(
    "postgres",
    {
        "text": "TEXT",
        "integer": "BIGINT",
        "number": "DOUBLE PRECISION",
        "decimal": "NUMERIC",
        "list": "TEXT[]",
        "map": "JSONB",
    },
    True,
    True,
    _POSTGRES_SEARCH,
    shared=True,
)
DIALECTS = (SQLITE, DUCKDB, POSTGRES)


def ddl(dialect: Dialect) -> str:
    """All that makes an empty ledger in one database: tables, indexes, search, views."""
    parts = [tables_sql(dialect), dialect.search, VIEWS.read_text("utf-8")]
    return "\n".join([*parts, marks_sql(dialect)] if dialect.shared else parts)


def tables_sql(dialect: Dialect) -> str:
    """The tables with their keys and indexes."""
    return "\n".join(_table(table, dialect) for table in TABLES)


def views() -> tuple[str, ...]:
    """The names of the views, in the order in which they are made.

    >>> views()
    ('by_place', 'by_phase', 'by_month', 'problem_vs_result', 'found_and_solved')
    """
    return tuple(re.findall(r"^CREATE VIEW (\w+)", VIEWS.read_text("utf-8"), re.MULTILINE))


def layout(dialect: Dialect) -> str:
    """What tells one layout of tables, indexes and views from another: twelve hexadecimal digits.

    What is only said of them (comments) does not count.
    """
    lines = (tables_sql(dialect) + VIEWS.read_text("utf-8")).splitlines()
    counting = [line for line in lines if line and not line.startswith(("--", "COMMENT ON"))]
    return hashlib.sha256("\n".join(counting).encode()).hexdigest()[:12]


def marks_sql(dialect: Dialect) -> str:
    """What lets a later load know the tables and views as the ledger's own, and their layout."""
    tables = [*(table.name for table in TABLES), LAYOUT_TABLE]
    return "\n".join(
        [
            "-- Which layout the ledger has; tables and views without the comment are none of the ledger's.",
            f'CREATE TABLE {LAYOUT_TABLE} ("layout" TEXT NOT NULL PRIMARY KEY);',
            f"INSERT INTO {LAYOUT_TABLE} VALUES ('{layout(dialect)}');",
            *(f"COMMENT ON TABLE {name} IS '{MARK}';" for name in tables),
            *(f"COMMENT ON VIEW {name} IS '{MARK}';" for name in views()),
            "",
        ]
    )


def _table(table: LedgerTable, dialect: Dialect) -> str:
    lines = []
    for column in table.columns:
        lines += [] if dialect.comments else [f"  -- {_text(column)}"]
        lines.append(f"  {_column(column, table, dialect)},")
    lines.append(f"  PRIMARY KEY ({', '.join(table.key)})")
    after = [*_indexes(table, dialect), *(_comments(table) if dialect.comments else ())]
    return "\n".join([f"CREATE TABLE {table.name} (", *lines, ");", *after, ""])


def _text(column: Column) -> str:
    text = fields().of(column)
    return f"{text.title}: {text.about}"


def _comments(table: LedgerTable) -> Iterator[str]:
    for column in table.columns:
        text = _text(column).replace("'", "''")
        yield f"COMMENT ON COLUMN {table.name}.\"{column.name}\" IS '{text}';"


def _column(column: Column, table: LedgerTable, dialect: Dialect) -> str:
    parts = [f'"{column.name}"', dialect.types[column.type]]
    if not column.nullable and (column.type != "decimal" or dialect.every_decimal):
        parts.append("NOT NULL")
    if column.allowed:
        values = ", ".join(f"'{value}'" for value in column.allowed)
        parts.append(f'CHECK ("{column.name}" IN ({values}))')
    if column.name in table.points_to:
        parts.append("REFERENCES {} ({})".format(*table.points_to[column.name]))
        parts += ["ON DELETE CASCADE"] if dialect.shared else []
    return " ".join(parts)


def _indexes(table: LedgerTable, dialect: Dialect) -> Iterator[str]:
    for name in table.indexes:
        unique = "UNIQUE " if dialect.shared and name == "id" else ""
        yield f'CREATE {unique}INDEX {table.name}_{name} ON {table.name} ("{name}");'
