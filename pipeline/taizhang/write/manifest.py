"""The write room's manifest: what was read, what came of it, and by which rules and versions.

Nothing in it depends on the clock, so the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import requires, version
from pathlib import Path

from taizhang.article import Article
from taizhang.records import Rejection
from taizhang.write.exact_json import dumps
from taizhang.write.whole import WholeFile

MANIFEST = "manifest.json"
LAYOUT = 2  # of the run folder; counted up when a program that reads the one before would misread the new one
DIFFERING = ("timings.json", "ledger.duckdb")  # what differs from run to run, where a manifest does not say
_NAME = re.compile(r"[\w.-]+")


class Manifest:
    """``manifest.json``, written as the run goes: the inputs one by one, all the rest with ``commit``."""

    def __init__(self, path: Path) -> None:
        self._file = WholeFile(path)
        self._file.write(f'{{\n"run_folder": {LAYOUT},\n"inputs": [')
        self._lead = "\n"
        self._open: dict[
            int, dict[str, object]
        ] = {}  # inputs by their numbers, until it is known what they came to
        self._come_to: dict[int, Mapping[str, object]] = {}
        self._added = self._written = 0

    def add_input(self, item: Article | Rejection) -> int:
        """Note one article with the digest of its source, or one input that became none with the reason.

        Returns:
            Its number, for ``came_to``.
        """
        document = item.document
        came = {"sha256": document.sha256} if isinstance(item, Article) else {"unread": item.reason}
        number = self._added
        self._open[number] = {"path": document.path, "id": document.id, **came}
        self._added += 1
        return number

    def came_to(self, number: int, counts: Mapping[str, object]) -> None:
        """Note what an input came to; the inputs are written in the order in which they were added."""
        self._come_to[number] = counts
        while self._written in self._come_to:
            line = {**self._open.pop(self._written), **self._come_to.pop(self._written)}
            self._file.write(self._lead + dumps(line))
            self._lead = ",\n"
            self._written += 1

    def commit(self, rest: Mapping[str, object]) -> None:
        """Write the other keys, one a line, and put the file in its place."""
        self._file.write("\n]")
        for key, value in rest.items():
            self._file.write(f",\n{dumps(key)}: {dumps(value)}")
        self._file.write("\n}\n")
        self._file.commit()

    def abort(self) -> None:
        """Leave what stood there before."""
        self._file.abort()


def versions() -> dict[str, object]:
    """The versions that a result can depend on: this program, what it names as its dependencies, Python."""
    return {
        "taizhang": version("taizhang"),
        "dependencies": {name: version(name) for name in _dependencies()},
        "python": platform.python_version(),
    }


def _dependencies() -> list[str]:
    """The names of the packages that this one needs, without those of its extras."""
    found = (_NAME.match(line) for line in requires("taizhang") or () if "extra ==" not in line)
    return sorted(name.group() for name in found if name)


def digests(paths: Iterable[Path]) -> dict[str, str]:
    """The SHA-256 of each file, by its name."""
    found = {}
    for path in paths:
        with path.open("rb") as content:
            found[path.name] = hashlib.file_digest(content, "sha256").hexdigest()
    return found
