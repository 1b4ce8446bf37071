"""The write room's protocol: what a format is, and what its writer does with each result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from taizhang.records import Result


class Writer(Protocol):
    """Takes results one at a time; its file appears, whole, with ``commit`` and never with ``abort``."""

    def write(self, result: Result) -> None:
        """Add the records of one article."""

    def commit(self) -> None:
        """Put the finished file in its place.

        Raises:
            OSError: the disk is full or the folder is gone.
        """

    def abort(self) -> None:
        """Leave what stood there before; harmless after ``commit``."""


@dataclass(frozen=True, slots=True)
class Format:
    """One name for ``--format``, the file that it gives, and how to open a writer for that file."""

    name: str
    filename: str
    open: Callable[[Path], Writer]
