"""The run room's worker: a process that loads the rules once and takes one article after the other.

While it works on one article the next may lie in its pipe already, so that it need not wait for the run, which may
be writing. What befalls it is the fault of the first of the two.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, Pipe
from multiprocessing.reduction import ForkingPickler
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from taizhang.errors import RuleError
from taizhang.run.job import Job
from taizhang.run.line import Line
from taizhang.run.loaded import loaded
from taizhang.run.outcome import outcomes
from taizhang.template import context, told

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline

# Objects from which on a worker looks for reference cycles: more than one article leaves behind, which makes none.
_YOUNG = 100_000
_NEXT_BYTES = 32_768  # of an article in the pipe of a busy worker: any pipe holds it, so nobody has to wait


class More(NamedTuple):
    """The line of a part of an outcome after which another comes."""

    piece: str


Answer = (
    str | More | Exception | None
)  # an outcome's last line, an earlier one, a fault of every article, or "ready"


class Worker:
    """The run's side of one worker process; it does one article at a time, so a fault has one cause.

    Attributes:
        jobs: what it has been given and has not answered, at most two; it is at work on the first.
        given: when it began with that, by the monotonic clock.
    """

    def __init__(self, make: Callable[[], Pipeline], ruleset: str) -> None:
        self.connection, other_end = Pipe()
        self.process = context(make).Process(target=serve, args=(other_end, make, ruleset), daemon=True)
        with told(make):
            self.process.start()
        other_end.close()  # else the end of the process would not be seen as the end of the pipe
        self.ready = False
        self.jobs: deque[Job] = deque()
        self.given = 0.0

    def give(self, job: Job) -> bool:
        """Hand over an article, if it is ready for that.

        Raises:
            OSError: the process is not there any more.
        """
        if not self.ready or len(self.jobs) > 1 or (self.jobs and job.size > _NEXT_BYTES):
            return False
        content = ForkingPickler.dumps(job.article)
        if self.jobs and len(content) > _NEXT_BYTES:
            return False
        self.connection.send_bytes(content)
        if not self.jobs:
            self.given = monotonic()
        self.jobs.append(job)
        return True

    def answer(self) -> Answer:
        """What the process sent.

        Raises:
            EOFError, OSError: it has ended.
        """
        answer: Answer = self.connection.recv()
        self.ready = True
        return answer

    def done(self) -> Job:
        """The job that an outcome was the answer to; the next one begins now."""
        self.given = monotonic()
        return self.jobs.popleft()

    def end(self) -> int | None:
        """Stop the process, whatever it does, and give its exit code; negative: the signal that ended it."""
        self.connection.close()
        self.process.join(timeout=0.2)  # one that dies by itself tells its own exit code
        self.process.kill()
        self.process.join()
        return self.process.exitcode


def made(make: Callable[[], Pipeline], ruleset: str) -> Pipeline:
    """The pipeline of a process, which has loaded its rules by now.

    Raises:
        RuleError: the rules are not those that the run began with.
    """
    pipeline = loaded(make)
    if pipeline.rules.hash != ruleset:
        raise RuleError(
            "expected the rules that the run began with, got others: files were changed meanwhile"
        )
    return pipeline


def serve(connection: Connection, make: Callable[[], Pipeline], ruleset: str) -> None:
    """What the worker process does: answer each article with its outcome's line until the pipe ends."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)  # the run is told too, and ends its workers
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        pipeline = made(make, ruleset)
        gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
        connection.send(None)
        while True:
            _send(connection, Line.of(outcomes(connection.recv(), pipeline)))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except (RuleError, OSError) as error:
        connection.send(error)


def _send(connection: Connection, line: Line) -> None:
    """One part after the other, the last as such."""
    pieces = iter(line)
    piece = next(pieces)
    for following in pieces:
        connection.send(More(piece))
        piece = following
    connection.send(piece)


def _end_with_parent() -> None:
    """A run that is killed must not leave workers behind, not even one that is busy."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
