"""The write room's DuckDB database: the same tables and views as SQLite's. Needs the extra ``duckdb``.

Numbers are DECIMAL(38, 12); lists and ``rules`` are DuckDB's own lists and maps. The bytes of the file differ from run
to run, because DuckDB gives each database a random identifier; its rows do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from taizhang.errors import OutputError
from taizhang.result import Result
from taizhang.write.arrow import batch, schema
from taizhang.write.extras import needed
from taizhang.write.format import Format
from taizhang.write.rows import Rows
from taizhang.write.sql import DUCKDB, ddl
from taizhang.write.tables import TABLES, Row
from taizhang.write.whole import UnfinishedFile

EXTRA = "duckdb"
ROWS_AT_ONCE = 20_000


class DuckdbWriter:
    """Writes ``ledger.duckdb`` some thousand rows at a time.

    Raises:
        OutputError: duckdb or pyarrow is not installed, or the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._duckdb: Any = needed("duckdb", EXTRA)
        self._schemas = {table.name: schema(table.columns, EXTRA) for table in TABLES}
        self._path = path
        self._part = UnfinishedFile(path)
        self._numbered = Rows()
        self._waiting: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        with self._faults():
            self._database = self._duckdb.connect(str(self._part.path))
            self._database.execute(ddl(DUCKDB))

    def write(self, result: Result) -> None:
        """Add one article with its records and rejects."""
        for table, rows in self._numbered.of(result).items():
            self._waiting[table] += rows
        if max(map(len, self._waiting.values())) >= ROWS_AT_ONCE:
            self._flush()

    def commit(self) -> None:
        """Put the finished file in its place."""
        self._flush()
        with self._faults():
            self._database.execute("CHECKPOINT")
            self._database.close()
        self._part.commit()

    def abort(self) -> None:
        """Leave what stood there before."""
        self._database.close()
        self._part.path.with_name(f"{self._part.path.name}.wal").unlink(missing_ok=True)
        self._part.abort()

    def _flush(self) -> None:
        with self._faults():
            for table in TABLES:
                rows = self._waiting[table.name]
                if rows:
                    made = batch(rows, table.columns, self._schemas[table.name], EXTRA)
                    self._database.register("waiting", made)
                    self._database.execute(f"INSERT INTO {table.name} SELECT * FROM waiting")
                    self._database.unregister("waiting")
                    rows.clear()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except self._duckdb.Error as error:
            raise OutputError(f"{self._path}: expected to write a database, got {error}") from error


DUCKDB_LEDGER = Format("duckdb", "ledger.duckdb", DuckdbWriter, repeatable=False)
