"""The check room's look at files: digests, and how many records each format holds."""

from __future__ import annotations

import csv
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from taizhang.check.report import Check, Told
from taizhang.errors import OutputError
from taizhang.run.folder import RECORDS, RunFolder
from taizhang.write import FORMATS
from taizhang.write.extras import needed


def check_files(folder: RunFolder, check: Check) -> None:
    """The files of the run against the manifest's digests, and none of a format that it does not name."""
    check.compared = len(folder.manifest.outputs)
    for fault in folder.faults():
        check.fault(fault)
    for format_ in FORMATS:
        if format_.repeatable and format_.filename not in folder.manifest.outputs:
            path = folder.path / format_.filename
            check.hold(
                not path.exists(), format_.filename, "file", Told("none, as in the manifest"), Told("one")
            )


def check_formats(folder: RunFolder, check: Check) -> None:
    """How many records each format but ``records.jsonl`` holds."""
    missing = []
    for format_ in FORMATS:
        count, path = _COUNTS.get(format_.filename), folder.path / format_.filename
        if format_.filename == RECORDS or not path.is_file():
            continue
        try:
            got = count(path) if count else None
        except OutputError:  # its library is not installed
            got = None
        except Exception as error:  # noqa: BLE001 - each library has its own errors for a damaged file
            told = f"{type(error).__name__}: {error}"
            check.hold(False, path.name, "file", Told("a whole file"), Told(told))
            continue
        if got is None:
            missing.append(format_.filename)
        else:
            check.equal(path.name, "records", folder.manifest.records, got)
    if missing:
        check.about += f" (no library here to count: {', '.join(missing)})"


def _in_csv(path: Path) -> int:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as rows:
        return sum(1 for _ in csv.reader(rows)) - 1


def _in_sqlite(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as ledger:
        return int(ledger.execute("SELECT COUNT(*) FROM records").fetchone()[0])


def _in_duckdb(path: Path) -> int:
    library: Any = needed("duckdb", "duckdb")
    with library.connect(str(path), read_only=True) as ledger:
        return int(ledger.execute("SELECT COUNT(*) FROM records").fetchone()[0])


def _in_parquet(path: Path) -> int:
    library: Any = needed("pyarrow.parquet", "parquet")
    return int(library.read_metadata(path).num_rows)


_COUNTS: dict[str, Callable[[Path], int]] = {
    "records.csv": _in_csv,
    "records.parquet": _in_parquet,
    "ledger.sqlite": _in_sqlite,
    "ledger.duckdb": _in_duckdb,
}
