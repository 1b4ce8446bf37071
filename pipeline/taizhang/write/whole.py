"""The write room's one way to put a file on disk: written beside its place, synced, then renamed into it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


class UnfinishedFile:
    """The file beside ``path`` that becomes it with ``commit``; for a library that opens its files by name."""

    def __init__(self, path: Path) -> None:
        self.target = path
        # The process id keeps two runs into one folder apart; a leftover of a killed run is removed.
        self.path = path.with_name(f".{path.name}.{os.getpid()}.part")
        self.path.unlink(missing_ok=True)

    def commit(self) -> None:
        """Sync the closed file to the disk, then rename it into place and sync the folder.

        Raises:
            OSError: the disk is full or the folder is gone; what stood at the path before is untouched.
        """
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())
        self.path.replace(self.target)
        _sync_folder(self.target.parent)

    def abort(self) -> None:
        """Throw the content away; harmless after ``commit``."""
        self.path.unlink(missing_ok=True)


class WholeFile:
    """A UTF-8 text file that is either complete or not there.

    A character that UTF-8 cannot hold (half of a surrogate pair) is written as ``\\udXXX``: in JSON that is
    the same character, elsewhere it is at least visible.

    >>> import tempfile; folder = Path(tempfile.mkdtemp())
    >>> file = WholeFile(folder / "a.txt"); _ = file.write("共3户")
    >>> (folder / "a.txt").exists(); file.commit(); (folder / "a.txt").read_text("utf-8")
    False
    '共3户'
    """

    def __init__(self, path: Path, *, encoding: str = "utf-8") -> None:
        self._part = UnfinishedFile(path)
        self._file = self._part.path.open("w", encoding=encoding, errors="backslashreplace", newline="")

    def write(self, text: str) -> int:
        """Append ``text``, with its line ends as they are."""
        return self._file.write(text)

    def commit(self) -> None:
        """Put the file in its place.

        Raises:
            OSError: the disk is full or the folder is gone; what stood at the path before is untouched.
        """
        self._file.close()
        self._part.commit()

    def abort(self) -> None:
        """Throw the content away; harmless after ``commit``."""
        with suppress(OSError):  # what a full disk did not take is thrown away too
            self._file.close()
        self._part.abort()


def write_whole(path: Path, *texts: str) -> None:
    """Write one file of some pieces in one go, whole or not at all."""
    file = WholeFile(path)
    try:
        for text in texts:
            file.write(text)
        file.commit()
    finally:
        file.abort()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder, and its rename is durable without
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
