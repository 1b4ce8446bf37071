"""The run room's line: an outcome as it travels and is kept, part by part; of a large table it is on the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Self

from taizhang.result import Continued
from taizhang.run.outcome import Outcome

_IN_MEMORY = 1_000_000  # bytes of a line that lies in memory; of a longer one none do
_BLOCK = 65_536
_BETWEEN, _END = b"\t", b"\n"  # of parts and of a line in a file of lines: no part has such characters


class Line:
    """The lines of an outcome's parts, in order; most outcomes have one.

    Attributes:
        size: how many characters all of them have.

    >>> from taizhang.records import Document
    >>> failure = Outcome.failure(Document(id="a"), "timeout", "")
    >>> list(Line.of([failure]).parts()) == [failure]
    True
    """

    def __init__(self, pieces: Iterable[str] = ()) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - open as long as the line is there
        self.size = 0
        for piece in pieces:
            self.add(piece)

    @classmethod
    def of(cls, parts: Iterable[Outcome]) -> Line:
        """The line of an outcome; of one that failed nothing but that is kept."""
        line = cls()
        for part in parts:
            line = cls() if part.failed and line.size else line
            line.add(part.to_line())
        return line

    @classmethod
    def read(cls, file: BinaryIO) -> Self:
        """The line that begins where ``file`` stands, as ``in_file`` gave it."""
        line, rest = cls(), b""
        while block := file.readline(_BLOCK):
            *whole, rest = (rest + block.removesuffix(_END)).split(_BETWEEN)
            for piece in whole:
                line.add(piece.decode("ascii"))
            if block.endswith(_END):
                break
        line.add(rest.decode("ascii"))
        return line

    def add(self, piece: str) -> None:
        """Put the line of one more part at the end."""
        self._file.write(piece.encode("ascii") + _END)
        self.size += len(piece)

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        for piece in self._file:
            yield piece.removesuffix(_END).decode("ascii")

    def in_file(self) -> Iterator[str]:
        """The pieces of one line of a file of lines, its end among them."""
        for number, piece in enumerate(self):
            yield _BETWEEN.decode() + piece if number else piece
        yield _END.decode()

    def parts(self) -> Iterator[Outcome]:
        """The parts of the outcome, one at a time."""
        for number, piece in enumerate(self):
            part = Outcome.from_line(piece)
            yield part.with_result(Continued.model_construct(**dict(part.result))) if number else part
