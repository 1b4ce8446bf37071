"""The write room's protocol: what a format is, and what its writer does with each result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
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
    """One name for ``--format``, the file that it gives, and how to open a writer for that file.

    Attributes:
        open_chinese: the same with column headers in Chinese, where the format is for people to read.
        repeatable: whether the same records give the same bytes.
    """

    name: str
    filename: str
    open: Callable[[Path], Writer]
    open_chinese: Callable[[Path], Writer] | None = None
    repeatable: bool = True

    def in_chinese(self) -> Format:
        """The format with headers in Chinese; itself where its names are for programs."""
        return replace(self, open=self.open_chinese) if self.open_chinese else self
