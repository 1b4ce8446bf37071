"""The merge room's parts: a file of records cut where an article ends, each piece read by a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from taizhang.merge.part import RecordLines, read_part
from taizhang.rules import RuleSet
from taizhang.run.folder import rows

SMALL = 32 * 2**20  # bytes that one process has read before another has started
_BLOCK = 2**22


def read_parts(path: Path, rules: RuleSet, scratch: Path) -> list[RecordLines]:
    """Read a file of records, in as many processes as there are cores where it is large.

    Raises:
        RunFolderError: a line is no JSON object; names file and line.
    """
    count = min(_cores(), path.stat().st_size // SMALL)
    parts = _cut(path, rules, scratch, max(1, count))
    if len(parts) == 1 or not _by_processes(parts):
        # One part; or a process has failed, and reading it all here tells why, or does without it.
        parts = _cut(path, rules, scratch, 1)
        read_part(parts[0], rows(path), rules)
    return parts


def _by_processes(parts: list[RecordLines]) -> bool:
    """Read each part in a process; whether all of them have."""
    command = [sys.executable, "-m", "taizhang.merge.part"]
    place = os.pathsep.join(path for path in sys.path if path)
    started = [
        subprocess.Popen(
            [*command, part.to_json()], stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": place}
        )
        for part in parts
    ]
    return not any([process.wait() for process in started])


def _cut(path: Path, rules: RuleSet, scratch: Path, count: int) -> list[RecordLines]:
    size = path.stat().st_size
    with path.open("rb") as file:
        cuts = [0, *(_boundary(file, size * n // count) for n in range(1, count)), size]
    folders = tuple(str(folder) for folder in rules.folders[1:])
    parts, first = [], 1
    for n, (begin, end) in enumerate(pairwise(dict.fromkeys(cuts))):
        files = [str(scratch / f"{name}-{n}") for name in ("table", "lines")]
        parts.append(RecordLines(str(path), begin, end, first, folders, *files))
        first += _lines(path, begin, end)
    return parts or [
        RecordLines(str(path), 0, 0, 1, folders, str(scratch / "table-0"), str(scratch / "lines-0"))
    ]


def _boundary(file: BinaryIO, offset: int) -> int:
    """Where the first article begins that does after ``offset``."""
    file.seek(offset)
    file.readline()
    before = None
    while True:
        at = file.tell()
        line = file.readline()
        if not line:
            return at
        name = _document(line)
        if before is not None and name != before:
            return at
        before = name


def _document(line: bytes) -> str:
    """The article of a line; none of one that is no record, which is told when it is read."""
    try:
        return str(json.loads(line)["document"]["id"])
    except (ValueError, KeyError, TypeError):
        return ""


def _lines(path: Path, begin: int, end: int) -> int:
    """How many lines there are in a piece of a file."""
    return sum(block.count(b"\n") for block in _blocks(path, begin, end))


def _blocks(path: Path, begin: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(begin)
        while begin < end and (block := file.read(min(_BLOCK, end - begin))):
            begin += len(block)
            yield block


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
