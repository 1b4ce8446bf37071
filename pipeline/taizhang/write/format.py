"""The write room's protocol: what a format is, and what its writer does with each result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from taizhang.result import Result
from taizhang.write.columns import RECORD_COLUMNS, SHORT_COLUMNS, Column
from taizhang.write.fields import chinese_headers


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
class Sheet:
    """How a format that people open in a spreadsheet program is laid out.

    Attributes:
        every: all columns of a record, not only those that are read first.
        chinese: headers in Chinese.
    """

    every: bool = False
    chinese: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in their order."""
        return RECORD_COLUMNS if self.every else SHORT_COLUMNS

    @property
    def headers(self) -> tuple[str, ...]:
        """What stands in the first row.

        >>> Sheet().headers[:3], Sheet(chinese=True).headers[2]
        (('place', 'metric', 'value'), '数值')
        """
        if self.chinese:
            return chinese_headers(self.columns)
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Format:
    """One name for ``--format``, the file that it gives, and how to open a writer for that file.

    Attributes:
        open_sheet: the same in a layout of one's own, where the format is for people to read.
        repeatable: whether the same records give the same bytes.
    """

    name: str
    filename: str
    open: Callable[[Path], Writer]
    open_sheet: Callable[[Sheet, Path], Writer] | None = None
    repeatable: bool = True

    def laid_out(self, sheet: Sheet) -> Format:
        """The format in this layout; itself where its columns are for programs."""
        return replace(self, open=partial(self.open_sheet, sheet)) if self.open_sheet else self
