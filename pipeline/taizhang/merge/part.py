"""The merge room's part: some lines of ``records.jsonl`` read once, to identities and to facts of one source each.

Reading is what merging spends most of its time on, so a large file is read by several processes, a part each:
``python -m taizhang.merge.part`` with the fields of ``RecordLines`` as JSON. What a part writes is the same whoever
reads it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from taizhang.merge.facts import single
from taizhang.merge.identity import COLUMNS, Reader
from taizhang.rules import RuleSet
from taizhang.write.exact_json import dumps
from taizhang.write.extras import needed

EXTRA = "duckdb"
_ROWS_AT_ONCE = 20_000
_EXACT = json.JSONDecoder(parse_float=Decimal)


@dataclass(frozen=True, slots=True)
class RecordLines:
    """Lines of a file of records, and where what they tell goes.

    Attributes:
        begin, end: of the lines, in bytes; the records of one article are all in one part.
        first: number of the first line in the file, from 1.
        rules_dirs: folders of rules beside the shipped ones.
        table, lines: files that are written: the identities, and a line of ``facts.jsonl`` for each record.
    """

    path: str
    begin: int
    end: int
    first: int
    rules_dirs: tuple[str, ...]
    table: str
    lines: str

    def to_json(self) -> str:
        """The part as an argument of a command."""
        return json.dumps(asdict(self))


def read_part(part: RecordLines, rows: Iterable[dict[str, Any]], rules: RuleSet) -> None:
    """Read the rows of a part and write both its files.

    Raises:
        KeyError: a row is no record.
    """
    pa, parquet = needed("pyarrow", EXTRA), needed("pyarrow.parquet", EXTRA)
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    schema = pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    reader = Reader(rules, part.first)
    with (
        Path(part.lines).open("wb") as lines,
        parquet.ParquetWriter(part.table, schema, compression="lz4") as table,
    ):
        waiting: list[tuple[object, ...]] = []
        at = 0
        for identity, row in reader.read(rows):
            line = (dumps(single(row, identity.number)) + "\n").encode("utf-8", "backslashreplace")
            lines.write(line)
            waiting.append((*identity, at))
            at += len(line)
            if len(waiting) == _ROWS_AT_ONCE:
                table.write_batch(_batch(pa, schema, waiting))
                waiting.clear()
        table.write_batch(_batch(pa, schema, waiting))


def _batch(pa: Any, schema: Any, rows: list[tuple[object, ...]]) -> Any:
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [pa.array(list(values), field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _rows(part: RecordLines) -> Iterator[dict[str, Any]]:
    with Path(part.path).open("rb") as file:
        file.seek(part.begin)
        at = part.begin
        for line in file:
            if at >= part.end:
                return
            at += len(line)
            yield read_row(line)


def read_row(line: bytes) -> dict[str, Any]:
    """A line of ``records.jsonl`` whose ``value`` and ``value_max`` keep every digit.

    Few of them have a fraction, so that the quicker reader, which knows no Decimal, is asked first.

    >>> read_row(b'{"value": 0.50, "value_max": null}')
    {'value': Decimal('0.50'), 'value_max': None}

    Raises:
        ValueError: the line is no JSON.
        KeyError: it is no record.
    """
    try:
        row: dict[str, Any] = from_json(line)
        if not (isinstance(row["value"], float) or isinstance(row["value_max"], float)):
            return row
    except ValueError:
        pass  # half of a surrogate pair, which JSON may hold and UTF-8 may not
    return _EXACT.decode(line.decode("utf-8"))  # type: ignore[no-any-return]


def main(argument: str) -> None:
    """Read the part that the argument tells."""
    said = json.loads(argument)
    part = RecordLines(**said | {"rules_dirs": tuple(said["rules_dirs"])})
    read_part(part, _rows(part), RuleSet([Path(folder) for folder in part.rules_dirs]))


if __name__ == "__main__":
    main(sys.argv[1])
