"""The write room's writers of text formats: an optional head, then some lines for each article."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from taizhang.result import Result
from taizhang.write.format import Writer
from taizhang.write.whole import WholeFile


class TextWriter:
    """Writes what ``lines`` makes of each result to ``path``, whole or not at all."""

    def __init__(
        self, path: Path, lines: Callable[[Result], Iterable[str]], head: str, encoding: str
    ) -> None:
        self._lines = lines
        self._file = WholeFile(path, encoding=encoding)
        self._file.write(head)

    def write(self, result: Result) -> None:
        """Add the lines of one article."""
        for line in self._lines(result):
            self._file.write(line)

    def commit(self) -> None:
        """Put the finished file in its place."""
        self._file.commit()

    def abort(self) -> None:
        """Leave what stood there before."""
        self._file.abort()


def text_writer(
    lines: Callable[[Result], Iterable[str]], head: str = "", encoding: str = "utf-8"
) -> Callable[[Path], Writer]:
    """A function that opens a writer of this text format at a path."""
    return lambda path: TextWriter(path, lines, head, encoding)
