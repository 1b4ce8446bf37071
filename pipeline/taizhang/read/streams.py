"""Read: bytes from files and from what is packed in them, never more than the limits allow."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO, cast

from taizhang.errors import UnreadableInput
from taizhang.read.limits import ReadLimits
from taizhang.read.origin import Origin

HEAD = 1024 * 1024  # what a format is told by: two rows of JSON Lines should fit in

Faults = tuple[type[Exception], ...]


@dataclass(slots=True)
class Budget:
    """How many bytes may still be unpacked from one file."""

    left: int
    limit: int

    @classmethod
    def of(cls, limits: ReadLimits) -> Budget:
        """A fresh one."""
        return cls(limits.unpacked_bytes, limits.unpacked_bytes)

    def spend(self, count: int) -> None:
        """Raises ``unpacked-too-large`` where ``count`` is more than is left."""
        self.left -= count
        if self.left < 0:
            raise UnreadableInput("unpacked-too-large", f"expected at most {self.limit} bytes when unpacked")


def buffered(raw: io.RawIOBase) -> io.BufferedReader:
    """A stream that one can look ahead in by ``HEAD`` bytes."""
    return cast(io.BufferedReader, io.BufferedReader(raw, HEAD))


class Unpacked(io.RawIOBase):
    """What a decompressor or a pipe gives, counted against a budget. Fills what it is asked to fill."""

    def __init__(self, inner: BinaryIO, budget: Budget, faults: Faults = ()) -> None:
        self._inner, self._budget, self._faults = inner, budget, faults

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Raises ``unpacked-too-large``, and ``bad-archive`` where the inner stream raises one of its faults."""
        try:
            data = self._inner.read(len(buffer))
        except self._faults as error:
            raise UnreadableInput("bad-archive", f"expected compressed data, got {error}") from error
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


@dataclass(frozen=True, slots=True)
class Blob:
    """The bytes of one file, wherever it lies.

    Attributes:
        stream: at its beginning.
        depth: how many archives it lies in.
        budget: shared by all that is packed in one file.
        seekable: whether going back in ``stream`` costs nothing.
    """

    origin: Origin
    stream: io.BufferedReader
    budget: Budget
    depth: int = 0
    seekable: bool = False

    def inner(self, stream: BinaryIO, origin: Origin, faults: Faults = ()) -> Blob:
        """A file packed in this one, whose unpacked bytes ``stream`` gives; it may raise ``faults``."""
        counted = Unpacked(stream, self.budget, faults)
        return Blob(origin, buffered(counted), self.budget, self.depth + 1)

    def head(self) -> bytes:
        """The first bytes, without reading them away."""
        return self.stream.peek(HEAD)[:HEAD]

    def whole(self, limits: ReadLimits) -> bytes:
        """All bytes.

        Raises:
            UnreadableInput: ``too-large``.
        """
        data = self.stream.read(limits.file_bytes + 1)
        if len(data) > limits.file_bytes:
            detail = f"{self.origin.name}: expected at most {limits.file_bytes} bytes, got more"
            raise UnreadableInput("too-large", detail)
        return data

    def random_access(self, limits: ReadLimits) -> BinaryIO:
        """A stream that one can go back in; a packed file is read into memory for it."""
        return cast(BinaryIO, self.stream) if self.seekable else io.BytesIO(self.whole(limits))
