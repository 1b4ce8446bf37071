"""The run room's pool: articles to worker processes and their outcomes back, with a bound on what is under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from time import monotonic
from typing import TYPE_CHECKING

from taizhang.errors import WorkerError
from taizhang.run.job import Job
from taizhang.run.line import Line
from taizhang.run.outcome import WORKER_DIED, Outcome, outcomes
from taizhang.run.worker import More, Worker, made

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline


_FEW_ARTICLES, _FEW_CHARACTERS = 16, 200_000  # not worth the start of a worker
AHEAD = 64  # articles under way for each worker: so far the others go on while one takes long
_AHEAD_CHARACTERS = 8_000_000  # ... and at most so many characters over all, whatever the articles' length
_FAILED_STARTS = 3  # workers in a row that died before they were ready


@dataclass(frozen=True, slots=True)
class Workers:
    """How a run is spread over processes.

    Attributes:
        make: gives each worker its pipeline; it is pickled, and called once in each process.
        count: how many processes, at least 1.
        timeout: seconds that one article may take before its worker is ended.
        ordered: outcomes in the order of the input; else each as soon as it is there.
        apart: even where there is little to do, a process does it: some article may kill the one that does.
    """

    make: Callable[[], Pipeline]
    count: int
    timeout: float = 300.0
    ordered: bool = True
    apart: bool = False

    def done(self, jobs: Iterator[Job], pipeline: Pipeline) -> Iterator[Job]:
        """Each of ``jobs`` with its line, by pipelines that are the same as ``pipeline``. See ``Pool``."""
        return iter(Pool(jobs, self, pipeline.rules.hash))


class Pool:
    """Gives each of ``jobs`` its line and passes it on; jobs that have one already pass as they are.

    Args:
        ruleset: the hash of the rules that each pipeline must have.

    Raises:
        WorkerError: workers die as soon as they are started.
        RuleError: a worker found that a rule file does not say what it should.
    """

    def __init__(self, jobs: Iterator[Job], workers: Workers, ruleset: str) -> None:
        self._jobs = jobs
        self._ruleset = ruleset
        self._settings = workers
        self._all_read = False
        self._under_way: deque[Job] = deque()  # read and not yet passed on, in the order of the input
        self._to_do: deque[Job] = deque()  # those of them that no worker has
        self._characters = 0
        self._workers: list[Worker] = []
        self._failed_starts = 0

    def __iter__(self) -> Iterator[Job]:
        try:
            while True:
                self._hand_out()
                self._read_ahead()
                if self._few():
                    self._do_here()
                self._start()
                self._hand_out()
                yield from self._finished()
                if self._all_read and not self._under_way:
                    return
                if self._workers:
                    self._wait()
        finally:
            for worker in self._workers:
                worker.end()

    def _read_ahead(self) -> None:
        limit = AHEAD * self._settings.count
        while not self._all_read and (
            len(self._under_way) < self._settings.count
            or (len(self._under_way) < limit and self._characters < _AHEAD_CHARACTERS)
        ):
            job = next(self._jobs, None)
            if job is None:
                self._all_read = True
                return
            self._under_way.append(job)
            self._characters += job.size
            if job.line is None:
                self._to_do.append(job)

    def _few(self) -> bool:
        """Whether so little is left, with no worker started, that it is sooner done here."""
        return (
            self._all_read
            and not self._workers
            and not self._settings.apart
            and len(self._to_do) <= _FEW_ARTICLES
            and sum(job.size for job in self._to_do) <= _FEW_CHARACTERS
        )

    def _do_here(self) -> None:
        if self._to_do:
            pipeline = made(self._settings.make, self._ruleset)
            for job in self._to_do:
                job.line = Line.of(outcomes(job.article, pipeline))
            self._to_do.clear()

    def _start(self) -> None:
        while self._to_do and len(self._workers) < self._settings.count:
            self._workers.append(Worker(self._settings.make, self._ruleset))

    def _hand_out(self) -> None:
        """To those that have nothing before those that have one."""
        for worker in sorted(self._workers, key=lambda worker: len(worker.jobs)):
            if not self._to_do:
                return
            try:
                if worker.give(self._to_do[0]):
                    self._to_do.popleft()
            except OSError:
                # What it had been given, and whether it answered before it ended, ``_take`` will tell.
                if not worker.jobs:
                    self._drop(worker)

    def _finished(self) -> Iterator[Job]:
        if not self._settings.ordered:
            done = [job for job in self._under_way if job.line is not None]
            self._under_way = deque(job for job in self._under_way if job.line is None)
        else:
            done = []
            while self._under_way and self._under_way[0].line is not None:
                done.append(self._under_way.popleft())
        for job in done:
            self._characters -= job.size
            yield job

    def _wait(self) -> None:
        """Until a worker answers or ends, or one has had its time."""
        busy = [worker.given for worker in self._workers if worker.jobs]
        left = min(busy) + self._settings.timeout - monotonic() if busy else None
        answered = wait(
            [worker.connection for worker in self._workers], left if left is None else max(left, 0)
        )
        for worker in list(self._workers):
            if worker.connection in answered:
                self._take(worker)
            elif worker.jobs and monotonic() - worker.given >= self._settings.timeout:
                job = worker.done()
                job.line = Line.of([Outcome.late(job.item.document, self._settings.timeout)])
                self._drop(worker)

    def _take(self, worker: Worker) -> None:
        try:
            answer = worker.answer()
        except (EOFError, OSError):
            self._died(worker)
            return
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, More):
            worker.jobs[0].add(answer.piece, more=True)
        elif answer is not None:
            worker.done().add(answer, more=False)
        self._failed_starts = 0

    def _died(self, worker: Worker) -> None:
        job, ready = worker.done() if worker.jobs else None, worker.ready
        code = self._drop(worker)
        if job:
            self._fail(job, WORKER_DIED, f"expected an outcome, but the process ended with exit code {code}")
        elif not ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise WorkerError(
                    f"expected worker processes to start, but {self._failed_starts} in a row ended at once "
                    f"(exit code {code}); fewer --workers need less memory, and 1 needs no process of its own"
                )

    def _drop(self, worker: Worker) -> int | None:
        self._workers.remove(worker)
        self._to_do.extendleft(reversed(worker.jobs))  # what it had not begun another does
        return worker.end()

    @staticmethod
    def _fail(job: Job, reason: str, detail: str) -> None:
        job.line = Line.of([Outcome.failure(job.item.document, reason, detail)])
