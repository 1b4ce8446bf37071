"""The run room's time limit for one article within this process: an alarm that the system sets off."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(BaseException):
    """The time is up. Not an ``Exception``: what catches faults of one stage must let it pass."""


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """Break the block off once ``seconds`` have passed; without them, and where no alarm can be set, never.

    The main thread alone can be broken off, and on Windows none.

    Raises:
        OutOfTime: the block took longer.

    >>> with limited(5):
    ...     print("in time")
    in time
    """
    if (
        seconds is None
        or not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: object) -> None:
    raise OutOfTime
