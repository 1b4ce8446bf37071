"""The check room's look at files: digests, and how many records each format holds."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from taizhang.check.report import Check, Wording
from taizhang.errors import OutputError
from taizhang.messages import _
from taizhang.run.folder import RECORDS, RunFolder
from taizhang.run.leftover import is_report
from taizhang.run.lock import LOCK
from taizhang.run.parts import PARTS
from taizhang.write import FORMATS
from taizhang.write.beside import AGGREGATED, DUMPS, EXPORTED, EXPORTS, MERGED, REPORT
from taizhang.write.extras import needed
from taizhang.write.manifest import MANIFEST, digests
from taizhang.write.shards import PATTERN as SHARDS


def check_files(folder: RunFolder, check: Check) -> None:
    """Every file in the folder: of the run by the manifest's digests, of other commands by the run that they are of.

    What no command of this program writes is somebody's own; it is named and no fault.
    """
    manifest = folder.manifest
    check.compared = len(manifest.outputs)
    for fault in folder.faults():
        check.fault(fault)
    formats = sorted({f.filename for f in FORMATS} | {path.name for path in folder.path.glob(SHARDS)})
    for name in formats:
        if name not in manifest.outputs and name not in manifest.differing:
            there = (folder.path / name).exists()
            check.hold(not there, name, "file", Wording("none, as in the manifest"), Wording("one"))
    known = {*manifest.outputs, *manifest.differing, *formats, MANIFEST, DUMPS, *EXPORTS, LOCK, PARTS}
    known |= _check_report(folder, check)
    for name in (MERGED, AGGREGATED, *(f"{tool}/{EXPORTED}" for tool in EXPORTS)):
        known |= _check_tables(name, folder, check)
    if others := sorted(path.name for path in folder.path.iterdir() if path.name not in known):
        check.about += _(" (not of the run: {files})").format(files=", ".join(others))


def _check_report(folder: RunFolder, check: Check) -> set[str]:
    """A report is of this run if it holds the digest of its records; gives the names looked at."""
    path = folder.path / REPORT
    if not is_report(path):
        return set()
    digest = folder.manifest.outputs.get(RECORDS, "")
    same = bool(digest) and digest.encode() in path.read_bytes()
    check.hold(same, REPORT, "run", Wording("the report of this run"), Wording("one of another run"))
    return {REPORT}


def _check_tables(name: str, folder: RunFolder, check: Check) -> set[str]:
    """What a merge, an aggregate or an export wrote, by its own manifest: whole, of these records; gives the names."""
    path = folder.path / name
    if not path.is_file():
        return set()
    try:
        made = json.loads(path.read_bytes())
        outputs = dict(made["outputs"])
    except (ValueError, KeyError, TypeError) as error:
        check.fault(f"{name}: file: expected what taizhang wrote, got {type(error).__name__}: {error}")
        return {name}
    if "records" in made:
        check.equal(name, "records", folder.manifest.outputs.get(RECORDS, ""), made["records"])
    there = digests(path.parent / file for file in outputs if (path.parent / file).is_file())
    for file, digest in outputs.items():
        where = (Path(name).parent / file).as_posix()
        check.equal(where, "SHA-256", digest, there.get(file, Wording("no such file")))
    return {name, *outputs}


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
            check.hold(False, path.name, "file", Wording("a whole file"), Wording(told))
            continue
        if got is None:
            missing.append(format_.filename)
        else:
            check.equal(path.name, "records", folder.manifest.records, got)
    if missing:
        check.about += _(" (no library here to count: {files})").format(files=", ".join(missing))


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
