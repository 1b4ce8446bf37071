"""The run room's cluster: articles in windows to an engine that spreads them over machines, outcomes back.

An engine has a task done again, by itself, whose worker died.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol

from taizhang.errors import WorkerError
from taizhang.run.job import Job
from taizhang.run.parts import depends_on
from taizhang.run.work import Work, tasks

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline

_ARTICLES, _CHARACTERS = 128, 800_000  # of a window, for each core: some seconds of work
_WINDOWS = 2  # under way: while the last tasks of one are done, the first of the next are
_HELD = 4  # windows in memory, where one article holds up all those after it
_PATIENCE = 2.0  # seconds without an answer after which the engine is asked for a sign of life


class Engine(Protocol):
    """A cluster that this process is connected to.

    Attributes:
        name: as messages have it.
    """

    name: str

    def cores(self) -> int:
        """How many tasks it can do at a time, at least 1."""

    def run(self, tasks: list[Any], work: Work) -> Iterator[Any]:
        """What ``work`` answers to each table of ``tasks``, in any order.

        Raises:
            Exception: of the engine's own, where it gives up.
        """

    def check(self) -> None:
        """Ask for a sign of life.

        Raises:
            WorkerError: there is none.
        """


@dataclass(frozen=True, slots=True)
class Cluster:
    """How a run is spread over machines.

    Attributes:
        connect: gives the engine, for as long as the block lasts.
        make: gives each worker its pipeline; it is pickled, and called once in each process.
        timeout: seconds that one article may take.
        ordered: outcomes in the order of the input; else each as soon as it is there.
    """

    connect: Callable[[], AbstractContextManager[Engine]]
    make: Callable[[], Pipeline]
    timeout: float = 300.0
    ordered: bool = True

    def done(self, jobs: Iterator[Job], pipeline: Pipeline) -> Iterator[Job]:
        """Each of ``jobs`` with its line, by pipelines that must be the same as ``pipeline``.

        Raises:
            WorkerError: the cluster cannot be reached, is lost, or differs from this machine in what counts.
        """
        work = Work(self.make, depends_on(pipeline), self.timeout)
        for job in jobs:
            if job.line is None:
                with self.connect() as engine:
                    yield from _Spread(chain([job], jobs), engine, work, self.ordered)
                return
            yield job


@dataclass(slots=True)
class _Window:
    """The numbers of some jobs that were handed to the engine together, and how that ended."""

    numbers: list[int]
    error: Exception | None = None


class _Spread:
    """The jobs of one run on their way through an engine."""

    def __init__(self, jobs: Iterator[Job], engine: Engine, work: Work, ordered: bool) -> None:
        self._jobs = enumerate(jobs)
        self._engine = engine
        self._work = work
        self._ordered = ordered
        self._all_read = False
        self._under_way: deque[Job] = deque()  # read and not yet passed on, in the order of the input
        self._to_do: dict[int, Job] = {}  # those of them that have no line
        self._windows = 0
        self._answers: SimpleQueue[Any] = SimpleQueue()  # and each window, when it has ended

    def __iter__(self) -> Iterator[Job]:
        while True:
            while not self._all_read and self._windows < _WINDOWS and (numbers := self._read()):
                self._start(_Window(numbers))
            yield from self._finished()
            if self._windows:
                self._take()
            elif self._all_read and not self._under_way:
                return

    def _read(self) -> list[int]:
        """Take up as many jobs as make a window, and give the numbers of those to do."""
        numbers: list[int] = []
        characters, cores = 0, self._engine.cores()
        while (
            len(numbers) < cores * _ARTICLES
            and characters < cores * _CHARACTERS
            and len(self._under_way) < _HELD * cores * _ARTICLES
        ):
            number, job = next(self._jobs, (0, None))
            if job is None:
                self._all_read = True
                break
            self._under_way.append(job)
            if job.line is None:
                self._to_do[number] = job
                numbers.append(number)
                characters += job.size
        return numbers

    def _start(self, window: _Window) -> None:
        self._windows += 1
        # A daemon: where the run ends before the engine answers, nothing waits for the thread.
        Thread(target=self._run, args=(window,), daemon=True).start()

    def _run(self, window: _Window) -> None:
        try:
            jobs = [(number, self._to_do[number]) for number in window.numbers]
            for answer in self._engine.run(list(tasks(jobs)), self._work):
                self._answers.put(answer)
        except Exception as error:  # noqa: BLE001 - whatever the engine's own are, the run deals with them
            window.error = error
        self._answers.put(window)

    def _take(self) -> None:
        """Wait for one answer."""
        try:
            answer = self._answers.get(timeout=_PATIENCE)
        except Empty:
            self._engine.check()
            return
        if isinstance(answer, _Window):
            self._ended(answer)
            return
        for row in answer.to_pylist():
            if row["fault"]:
                raise WorkerError(f"{self._engine.name}: {row['fault']}")
            self._to_do.pop(row["number"]).add(row["outcome"], more=False)

    def _ended(self, window: _Window) -> None:
        self._windows -= 1
        left = [number for number in window.numbers if number in self._to_do]
        if not left:
            return
        self._engine.check()
        raise WorkerError(f"{self._engine.name}: expected outcomes, got {window.error}") from window.error

    def _finished(self) -> Iterator[Job]:
        if self._ordered:
            while self._under_way and self._under_way[0].line is not None:
                yield self._under_way.popleft()
            return
        done = [job for job in self._under_way if job.line is not None]
        self._under_way = deque(job for job in self._under_way if job.line is None)
        yield from done
