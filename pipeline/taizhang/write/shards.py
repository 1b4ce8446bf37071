"""The write room's shards: Parquet files of a set number of records each, for ledgers too large for one file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from taizhang.result import Result
from taizhang.write.format import Format
from taizhang.write.records_parquet import PARQUET, ParquetWriter
from taizhang.write.rows import record_rows

PATTERN = "records-*.parquet"


class ShardWriter:
    """Writes ``records-00000.parquet`` and so on; one after the other they have the rows of ``records.parquet``.

    Args:
        path: of the pattern; its folder counts.
        size: records in each shard but the last, at least 1. A shard is there even where there is no record.

    Raises:
        OutputError: pyarrow is not installed.
    """

    def __init__(self, path: Path, size: int) -> None:
        self._folder = path.parent
        self._size = size
        self._writers: list[ParquetWriter] = []
        self.rows: dict[str, int] = {}  # of each shard by its name
        self._open()

    def write(self, result: Result) -> None:
        """Add the records of one article, which may lie in two shards."""
        for row in record_rows(result):
            if self.rows[self._name] == self._size:
                self._writers[-1].finish()
                self._open()
            self._writers[-1].add(row)
            self.rows[self._name] += 1

    def commit(self) -> None:
        """Put all shards in their places, and remove those that an earlier run had more."""
        for writer in self._writers:
            writer.commit()
        for path in self._folder.glob(PATTERN):
            if path.name not in self.rows:
                path.unlink()

    def abort(self) -> None:
        """Leave what stood there before."""
        for writer in self._writers:
            writer.abort()

    def _open(self) -> None:
        self._name = f"records-{len(self._writers):05}.parquet"
        self.rows[self._name] = 0
        self._writers.append(ParquetWriter(self._folder / self._name))


def sharded(size: int) -> Format:
    """Parquet in shards of so many records."""
    return Format(PARQUET.name, PATTERN, partial(ShardWriter, size=size))
