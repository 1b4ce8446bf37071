"""The write room's SQLite database: the ledger with tables, indexes, full-text search and views.

A number stands in ``value`` as SQLite's own number, for comparing, sorting and adding up: exact up to 15 digits.
``value_exact`` has all its digits as text. Lists and ``rules`` are JSON, which SQLite's ``json_each`` reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from taizhang.errors import OutputError
from taizhang.result import Result
from taizhang.write.columns import digits
from taizhang.write.exact_json import dumps
from taizhang.write.format import Format
from taizhang.write.rows import Rows
from taizhang.write.sql import SQLITE, ddl
from taizhang.write.tables import TABLES, LedgerTable
from taizhang.write.whole import UnfinishedFile


class SqliteWriter:
    """Writes ``ledger.sqlite`` in one transaction.

    Raises:
        OutputError: SQLite is older than 3.34 (no trigrams), or the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = UnfinishedFile(path)
        self._rows = Rows()
        with self._faults():
            self._database = sqlite3.connect(self._part.path, isolation_level=None)
        try:
            with self._faults():
                # The file is thrown away when the run breaks off, so it needs no journal.
                self._database.executescript(
                    f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {ddl(SQLITE)} BEGIN;"
                )
        except OutputError:
            self.abort()
            raise

    def write(self, result: Result) -> None:
        """Add one article with its records and rejects."""
        with self._faults():
            for table, rows in self._rows.of(result).items():
                cells = [{name: _cell(value) for name, value in row.items()} for row in rows]
                self._database.executemany(_INSERTS[table], cells)

    def commit(self) -> None:
        """Build the full-text index and put the finished file in its place."""
        with self._faults():
            self._database.execute("INSERT INTO sentences (sentences) VALUES ('rebuild')")
            self._database.execute("COMMIT")
            self._database.execute("PRAGMA journal_mode = DELETE")
            self._database.close()
        self._part.commit()

    def abort(self) -> None:
        """Leave what stood there before."""
        self._database.close()
        self._part.abort()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OutputError(f"{self._path}: expected to write a database, got {error}") from error


def _insert(table: LedgerTable) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(f":{column.name}" for column in table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({values})"


_INSERTS = {table.name: _insert(table) for table in TABLES}


def _cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        return digits(value)  # the column's affinity makes a number of it
    return dumps(value) if isinstance(value, list | dict) else value


SQLITE_LEDGER = Format("sqlite", "ledger.sqlite", SqliteWriter)
