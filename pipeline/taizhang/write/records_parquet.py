"""The write room's Parquet: one record a row, typed, numbers as decimal128. Needs the extra ``parquet``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from taizhang.result import Result
from taizhang.write.arrow import batch, schema
from taizhang.write.extras import needed
from taizhang.write.format import Format
from taizhang.write.rows import record_rows
from taizhang.write.tables import RECORD_TABLE_COLUMNS, Row
from taizhang.write.whole import UnfinishedFile

EXTRA = "parquet"
ROWS_AT_ONCE = 20_000  # one row group


class ParquetWriter:
    """Writes ``records.parquet`` a row group at a time.

    Raises:
        OutputError: pyarrow is not installed.
    """

    def __init__(self, path: Path) -> None:
        self._schema = schema(RECORD_TABLE_COLUMNS, EXTRA)
        self._part = UnfinishedFile(path)
        self._rows: list[Row] = []
        library: Any = needed("pyarrow.parquet", EXTRA)
        self._file = library.ParquetWriter(self._part.path, self._schema, compression="zstd")

    def write(self, result: Result) -> None:
        """Add the records of one article."""
        for row in record_rows(result):
            self.add(row)

    def add(self, row: Row) -> None:
        """Add one record."""
        self._rows.append(row)
        if len(self._rows) == ROWS_AT_ONCE:
            self._flush()

    def finish(self) -> None:
        """Write what is left, so that nothing of it stays in memory; ``commit`` puts the file in its place."""
        if self._rows:
            self._flush()
        self._file.close()

    def commit(self) -> None:
        """Put the finished file in its place."""
        self.finish()
        self._part.commit()

    def abort(self) -> None:
        """Leave what stood there before."""
        self._file.close()
        self._part.abort()

    def _flush(self) -> None:
        self._file.write_batch(batch(self._rows, RECORD_TABLE_COLUMNS, self._schema, EXTRA))
        self._rows.clear()


PARQUET = Format("parquet", "records.parquet", ParquetWriter)
