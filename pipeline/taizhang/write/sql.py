"""The write room's SQL: the same tables, indexes and views for SQLite, DuckDB and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from taizhang.write.columns import Column, Type
from taizhang.write.fields import fields
from taizhang.write.tables import TABLES, Table

VIEWS = Path(__file__).with_name("views.sql")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one database spells the types, and what it has of its own.

    Attributes:
        every_decimal: whether its number type holds a number of any size, so that the column is never NULL.
        comments: whether a column can carry a comment of its own; if not, it stands in the SQL alone.
        search: the full-text search on the sentence.
    """

    name: str
    types: dict[Type, str]
    every_decimal: bool
    comments: bool
    search: str


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
-- Full text of the sentences: SELECT * FROM records WHERE sentence LIKE '%…%'; trigrams make it quick
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
)
DIALECTS = (SQLITE, DUCKDB, POSTGRES)


def ddl(dialect: Dialect) -> str:
    """All that makes an empty ledger in one database: tables, indexes, search, views."""
    return tables_sql(dialect) + "\n" + dialect.search + "\n" + VIEWS.read_text("utf-8")


def tables_sql(dialect: Dialect) -> str:
    """The tables with their keys and indexes."""
    return "\n".join(_table(table, dialect) for table in TABLES)


def _table(table: Table, dialect: Dialect) -> str:
    lines = []
    for column in table.columns:
        lines += [] if dialect.comments else [f"  -- {_text(column)}"]
        lines.append(f"  {_column(column, table, dialect)},")
    lines.append(f"  PRIMARY KEY ({', '.join(table.key)})")
    after = [*_indexes(table), *(_comments(table) if dialect.comments else ())]
    return "\n".join([f"CREATE TABLE {table.name} (", *lines, ");", *after, ""])


def _text(column: Column) -> str:
    text = fields().of(column)
    return f"{text.title}: {text.about}"


def _comments(table: Table) -> Iterator[str]:
    for column in table.columns:
        text = _text(column).replace("'", "''")
        yield f"COMMENT ON COLUMN {table.name}.\"{column.name}\" IS '{text}';"


def _column(column: Column, table: Table, dialect: Dialect) -> str:
    parts = [f'"{column.name}"', dialect.types[column.type]]
    if not column.nullable and (column.type != "decimal" or dialect.every_decimal):
        parts.append("NOT NULL")
    if column.allowed:
        values = ", ".join(f"'{value}'" for value in column.allowed)
        parts.append(f'CHECK ("{column.name}" IN ({values}))')
    if column.name in table.points_to:
        parts.append("REFERENCES {} ({})".format(*table.points_to[column.name]))
    return " ".join(parts)


def _indexes(table: Table) -> Iterator[str]:
    for name in table.indexes:
        yield f'CREATE INDEX {table.name}_{name} ON {table.name} ("{name}");'
