"""The merge room's files: facts as JSON Lines, CSV and Parquet, each whole or not there at all.

In JSON Lines a fact carries its sources. Where there are only rows, the facts are one table and the sources, a row for
each record, another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from taizhang.merge.facts import Fact, Source, read_fact
from taizhang.write.arrow import batch, schema
from taizhang.write.columns import Column, columns_of, digits, utf8
from taizhang.write.exact_json import dumps
from taizhang.write.extras import needed
from taizhang.write.records_csv import cell, csv_row
from taizhang.write.tables import with_digits
from taizhang.write.whole import UnfinishedFile, WholeFile

Row = dict[str, Any]

_FACT = Column("fact", ("fact",), "text", False, (), "Source")
FACT_COLUMNS = tuple(column for column in columns_of(Fact) if column.name != "sources")
SOURCE_COLUMNS = (_FACT, *columns_of(Source))
_EXTRA = "parquet"
_ROWS_AT_ONCE = 20_000


class FactWriter(Protocol):
    """Takes facts one at a time; its files appear with ``commit`` and never with ``abort``."""

    def write(self, fact: Fact) -> None:
        """Add one fact."""

    def write_line(self, line: bytes) -> None:
        """Add one fact as its line of ``facts.jsonl``."""

    def commit(self) -> None:
        """Put the finished files in their places."""

    def abort(self) -> None:
        """Leave what stood there before; harmless after ``commit``."""


@dataclass(frozen=True, slots=True)
class FactFormat:
    """One name for ``--format``, the files that it gives, and how to open a writer for them."""

    name: str
    filenames: tuple[str, ...]
    open: Callable[[Sequence[Path]], FactWriter]


def fact_row(fact: Fact) -> Row:
    """The fact without its sources as one flat row; a conflict is the other fact's id."""
    row = {column.name: column.of(fact) for column in FACT_COLUMNS}
    return row | {"conflicts": [conflict.fact for conflict in fact.conflicts]}


def source_rows(fact: Fact) -> Iterator[Row]:
    """The fact's sources, a row for each record."""
    for source in fact.sources:
        yield {"fact": fact.id} | {column.name: column.of(source) for column in SOURCE_COLUMNS[1:]}


class _TextFiles:
    """Writes the lines of each fact to one text file or more; ``ready`` where they are those of ``facts.jsonl``."""

    def __init__(
        self,
        paths: Sequence[Path],
        lines: Sequence[Callable[[Fact], Iterator[str]]],
        encoding: str,
        *,
        ready: bool = False,
    ) -> None:
        self._lines = lines
        self._ready = ready
        self._files = [WholeFile(path, encoding=encoding) for path in paths]

    def head(self, heads: Sequence[str]) -> None:
        for file, head in zip(self._files, heads, strict=True):
            file.write(head)

    def write(self, fact: Fact) -> None:
        for file, lines in zip(self._files, self._lines, strict=True):
            for line in lines(fact):
                file.write(line)

    def write_line(self, line: bytes) -> None:
        if self._ready:
            self._files[0].write(line.decode("utf-8"))
        else:
            self.write(Fact.model_validate(read_fact(line)))

    def commit(self) -> None:
        for file in self._files:
            file.commit()

    def abort(self) -> None:
        for file in self._files:
            file.abort()


class _Parquet:
    """Writes both tables a row group at a time.

    Raises:
        OutputError: pyarrow is not installed.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._columns = with_digits(FACT_COLUMNS), with_digits(SOURCE_COLUMNS)
        self._schemas = [schema(columns, _EXTRA) for columns in self._columns]
        self._parts = [UnfinishedFile(path) for path in paths]
        library: Any = needed("pyarrow.parquet", _EXTRA)
        self._files = [
            library.ParquetWriter(part.path, made, compression="zstd")
            for part, made in zip(self._parts, self._schemas, strict=True)
        ]
        self._rows: tuple[list[Row], list[Row]] = [], []

    def write(self, fact: Fact) -> None:
        self._rows[0].append(_stored(fact_row(fact)))
        self._rows[1].extend(map(_stored, source_rows(fact)))
        if len(self._rows[1]) >= _ROWS_AT_ONCE:
            self._flush()

    def write_line(self, line: bytes) -> None:
        self.write(Fact.model_validate(read_fact(line)))

    def commit(self) -> None:
        self._flush()
        for file, part in zip(self._files, self._parts, strict=True):
            file.close()
            part.commit()

    def abort(self) -> None:
        for file, part in zip(self._files, self._parts, strict=True):
            file.close()
            part.abort()

    def _flush(self) -> None:
        for file, columns, made, rows in zip(
            self._files, self._columns, self._schemas, self._rows, strict=True
        ):
            if rows:
                file.write_batch(batch(rows, columns, made, _EXTRA))
                rows.clear()


def _stored(row: Row) -> Row:
    """A row with the digits of its numbers, and only what UTF-8 can hold."""
    exact = {f"{name}_exact": digits(row[name]) for name in ("value", "value_max") if name in row}
    texts = {name: utf8(value) for name, value in row.items() if isinstance(value, str)}
    return row | texts | exact


def _jsonl(paths: Sequence[Path]) -> FactWriter:
    return _TextFiles(paths, [lambda fact: iter([dumps(fact) + "\n"])], "utf-8", ready=True)


def _csv(paths: Sequence[Path]) -> FactWriter:
    def lines(rows: Iterator[Row]) -> Iterator[str]:
        return (csv_row(cell(value) for value in row.values()) for row in rows)

    writer = _TextFiles(
        paths,
        [lambda fact: lines(iter([fact_row(fact)])), lambda fact: lines(source_rows(fact))],
        "utf-8-sig",
    )
    writer.head([csv_row(column.name for column in columns) for columns in (FACT_COLUMNS, SOURCE_COLUMNS)])
    return writer


FACT_FORMATS = (
    FactFormat("jsonl", ("facts.jsonl",), _jsonl),
    FactFormat("csv", ("facts.csv", "fact_sources.csv"), _csv),
    FactFormat("parquet", ("facts.parquet", "fact_sources.parquet"), _Parquet),
)
