"""The write room: results as files, one writer a format, each file whole or not there at all."""

from __future__ import annotations

from taizhang.write.format import Format, Writer
from taizhang.write.ledger_duckdb import DUCKDB_LEDGER
from taizhang.write.ledger_sqlite import SQLITE_LEDGER
from taizhang.write.records_csv import CSV
from taizhang.write.records_jsonl import JSONL
from taizhang.write.records_parquet import PARQUET
from taizhang.write.records_xlsx import XLSX

#: Every format that ``--format`` knows. A new one is a file beside these and a name in this tuple.
FORMATS: tuple[Format, ...] = (JSONL, CSV, PARQUET, XLSX, SQLITE_LEDGER, DUCKDB_LEDGER)

__all__ = ["FORMATS", "Format", "Writer"]
