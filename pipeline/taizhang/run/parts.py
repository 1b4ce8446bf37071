"""The run room's parts: outcomes that a run has reached, kept on disk until its ledger is written.

A part is a file of whole outcomes, a line each, after the article's key. It appears whole or not at all, so a
run may be killed at any moment; the next run takes over the outcome of each article that is the same. A part
holds only for the rules, versions and settings that it was made with, and says which they were.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from taizhang.run.line import Line
from taizhang.write.exact_json import dumps
from taizhang.write.manifest import versions
from taizhang.write.whole import WholeFile

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline

PARTS = ".taizhang-parts"
_PART_ARTICLES, _PART_CHARACTERS = 100, 4_000_000  # what a run that is killed loses at most, and memory holds
_KEY = 64  # hexadecimal digits
_BLOCK = 65_536  # bytes


def depends_on(pipeline: Pipeline) -> dict[str, object]:
    """All that an outcome depends on apart from the article."""
    return {"ruleset": pipeline.rules.hash, "min_confidence": pipeline.min_confidence, **versions()}


def identity(pipeline: Pipeline) -> str:
    """SHA-256 over all that an outcome depends on apart from the article."""
    return hashlib.sha256(dumps(depends_on(pipeline)).encode()).hexdigest()


class RunParts:
    """The parts in ``OUT/.taizhang-parts``; leaving the block keeps on disk what has been reached.

    Attributes:
        found: how many outcomes were there at the start.
        discarded: how many parts were there that do not hold: of other rules, versions or settings, or damaged.
    """

    def __init__(self, out: Path, identity: str) -> None:
        self._folder = out / PARTS
        self._identity = identity
        self._places: dict[bytes, tuple[Path, int]] = {}  # key: part, and where in it the outcome begins
        self._reached: list[tuple[str, Line]] = []
        self._characters = 0
        self._number = self.discarded = 0
        for rest in self._folder.glob(".*"):  # what a killed run had not finished writing
            rest.unlink()
        for path in sorted(p for p in self._folder.glob("*.outcomes") if p.stem.isdecimal()):
            self._number = int(path.stem)
            self._index(path)
        self.found = len(self._places)

    @property
    def left(self) -> int:
        """How many outcomes of the run before nobody has asked for."""
        return len(self._places)

    def take(self, key: str) -> Line | None:
        """The line kept under ``key``."""
        place = self._places.pop(bytes.fromhex(key), None)
        if place is None:
            return None
        path, offset = place
        with path.open("rb") as part:
            part.seek(offset)
            return Line.read(part)

    def keep(self, key: str, line: Line) -> None:
        """Keep one outcome; it is on disk as soon as its part is full.

        Raises:
            OSError: the part cannot be written.
        """
        self._reached.append((key, line))
        self._characters += line.size
        if len(self._reached) >= _PART_ARTICLES or self._characters >= _PART_CHARACTERS:
            self._write()

    def remove(self) -> None:
        """Remove all parts: the ledger is written."""
        self._reached.clear()
        if self._folder.exists():
            shutil.rmtree(self._folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._reached and not isinstance(error, OSError):  # a full disk takes no more
            self._write()

    def _write(self) -> None:
        self._folder.mkdir(exist_ok=True)
        self._number += 1
        digest = hashlib.sha256()
        for piece in self._pieces():
            digest.update(piece.encode("ascii"))
        file = WholeFile(self._folder / f"{self._number:08}.outcomes")
        try:
            file.write(f"{self._identity} {digest.hexdigest()}\n")
            for piece in self._pieces():
                file.write(piece)
            file.commit()
        finally:
            file.abort()
        self._reached.clear()
        self._characters = 0

    def _pieces(self) -> Iterator[str]:
        for key, line in self._reached:
            yield f"{key} "
            yield from line.in_file()

    def _index(self, path: Path) -> None:
        found: list[tuple[bytes, int]] = []
        digest, begins = hashlib.sha256(), True
        with path.open("rb") as part:
            head = part.readline()
            offset = len(head)
            while block := part.readline(_BLOCK):
                if begins:
                    found.append((block[:_KEY], offset + _KEY + 1))
                digest.update(block)
                offset += len(block)
                begins = block.endswith(b"\n")
        if head.decode("ascii", "replace") != f"{self._identity} {digest.hexdigest()}\n":
            self.discarded += 1
            path.unlink()
            return
        for key, offset in found:
            self._places[bytes.fromhex(key.decode())] = path, offset
