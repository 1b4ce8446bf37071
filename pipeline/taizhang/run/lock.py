"""The run room's lock: one run at a time writes into a folder, and a run that is killed holds nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from taizhang.errors import OutputError

LOCK = ".taizhang-lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of ``folder`` for as long as the block lasts.

    The system holds it for the process, so it ends with the process, however that ends.

    Raises:
        OutputError: another run holds it.
        OSError: the lock's file cannot be made.
    """
    path = folder / LOCK
    handle = _acquired(path)
    try:
        yield
    finally:
        if sys.platform == "win32":  # there a file that is open cannot be removed
            os.close(handle)
            path.unlink(missing_ok=True)
        else:
            path.unlink(missing_ok=True)
            os.close(handle)


def _acquired(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(handle)
            # The run before may have removed the file between our opening and our locking it.
            if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except BlockingIOError as error:
            os.close(handle)
            raise OutputError(
                f"{path.parent}: expected a folder that no other run writes to, but one is writing there now"
            ) from error
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(*error.args) from error

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
