"""The run room's loop: each article goes through the pipeline and to every writer, in the order of the input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.article import Article
from taizhang.errors import AllFailedError, OutputError
from taizhang.records import Rejection
from taizhang.run.copies import Copies
from taizhang.run.job import Job, ReadItem, article_key
from taizhang.run.line import Line
from taizhang.run.lock import locked
from taizhang.run.outcome import Came, Outcome, outcomes
from taizhang.run.outputs import Outputs
from taizhang.run.parts import PARTS, RunParts, identity
from taizhang.run.pool import Workers
from taizhang.run.tally import Tally
from taizhang.write.format import Format
from taizhang.write.records_jsonl import Kept

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline
    from taizhang.run.cluster import Cluster
    from taizhang.stages import Trace


def write_ledger(  # noqa: PLR0913 - five of the nine are about how, and may be left out
    source: Iterable[ReadItem],
    pipeline: Pipeline,
    folder: Path,
    formats: Sequence[Format],
    *,
    kept: Kept = "all",
    workers: Workers | Cluster | None = None,
    dump: Callable[[Trace], object] | None = None,
    progress: Callable[[Tally, ReadItem], None] | None = None,
    say: Callable[[str], None] | None = None,
    keep_copies: bool = False,
) -> Tally:
    """Write the ledger of all articles of ``source`` into ``folder``, few articles in memory at a time.

    A run that was broken off is continued: what it had reached is kept in ``folder`` and not done again. What an
    earlier run wrote there goes once this one is complete, be it replaced or not.
    The files are the same bytes whatever ``workers`` is, as long as it is ordered.

    Args:
        source: articles, and for each input that is none a rejection of scope ``article`` that says why.
        pipeline: what makes records of an article in this process; ``workers`` must make the same.
        folder: made if it is not there; files in it are replaced only when the run is complete.
        formats: of the records; ``rejects.jsonl``, ``documents.jsonl``, ``manifest.json`` and ``timings.json``
            always come.
        kept: the rejected numbers that have a line in ``rejects.jsonl``; all are counted.
        workers: the processes, or the cluster, that do the work; without it, this process does.
        dump: called with the trace of each article, for the stage dumps; in this process only, and nothing
            of a run that was broken off is taken over.
        progress: called after each article with the counts so far and the input, or the rejection of it.
        say: called with what the user should know of a run that was broken off.
        keep_copies: count what an article tells again that is a copy of an earlier one, and mark none of it.

    Raises:
        RuleError: a rule file does not say what it should.
        WorkerError: worker processes cannot be started; a cluster cannot be reached, or is lost.
        OutputError: the folder or a file in it cannot be written, another run writes there, or a file of an earlier
            run that would have to go was changed since; then no file has changed.
        AllFailedError: every article failed for the same cause; then no file has changed.
    """
    manner = _Manner(kept, workers, dump, progress, say, keep_copies)
    tally = Tally()
    with _faults_of(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as cleanup:
            _Run(folder, pipeline, formats, manner, tally, cleanup).write(source)
        tally.laps.lap("finish")
    return tally


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a run is made: what ``write_ledger`` may be told and need not be."""

    kept: Kept
    workers: Workers | Cluster | None
    dump: Callable[[Trace], object] | None
    progress: Callable[[Tally, ReadItem], None] | None
    say: Callable[[str], None] | None
    keep_copies: bool


class _Run:
    """One run at work: what it takes over, what it notes on its way, and the files that it goes to."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that a run has
        self,
        folder: Path,
        pipeline: Pipeline,
        formats: Sequence[Format],
        manner: _Manner,
        tally: Tally,
        cleanup: ExitStack,
    ) -> None:
        """Take the folder; ``cleanup`` leaves it again."""
        cleanup.enter_context(locked(folder))
        self.pipeline = pipeline
        self.manner = manner
        self.tally = tally
        self.parts = cleanup.enter_context(RunParts(folder, identity(pipeline)))
        self.outputs = Outputs.open(folder, formats, manner.kept, cleanup)
        self.copies = None if manner.keep_copies else cleanup.enter_context(Copies())
        self.dumped: set[Path] = set()

    def write(self, source: Iterable[ReadItem]) -> None:
        """Write the ledger of the source, whole, or none.

        Raises:
            AllFailedError: every article failed for the same cause.
        """
        self._say_what_was_found()
        self.tally.laps.lap("start")
        for job in _after_originals(self._done(self._jobs(_timed(source, self.tally))), self.copies):
            self._write(job)
        if cause := self.tally.common_cause:
            self.parts.remove()  # with another installation, or more of something, they may be read
            raise AllFailedError(cause.reason, cause.detail, self.tally.unread)
        self._say_what_was_left()
        self.tally.laps.lap("articles")
        self.outputs.commit(self.tally, self.pipeline.rules, self.dumped)
        self.parts.remove()

    def _say_what_was_found(self) -> None:
        say = self.manner.say
        if say and self.parts.discarded:
            say("a run with other rules, versions or settings was broken off here: starting anew")
        if say and self.parts.found:
            say(f"continuing a run that was broken off: {self.parts.found} articles are done")

    def _say_what_was_left(self) -> None:
        manner, left = self.manner, self.parts.left
        if manner.say and left and manner.dump is None:
            manner.say(f"{left} articles of the run that was broken off are no longer in the input")

    def _jobs(self, source: Iterable[ReadItem]) -> Iterator[Job]:
        for item in source:
            number = self.outputs.manifest.add_input(item)
            if isinstance(item, Rejection):
                yield Job(item, number, line=Line.of([Outcome.unread(item)]))
                continue
            key = article_key(item)
            line = self.parts.take(key) if self.manner.dump is None else None
            original = self.copies.original(number, item.text.text) if self.copies else None
            yield Job(item, number, key, line, kept=line is not None, copy_of=original)

    def _done(self, jobs: Iterator[Job]) -> Iterator[Job]:
        dump, workers = self.manner.dump, self.manner.workers
        if workers and dump is None:
            yield from workers.done(jobs, self.pipeline)
            return
        for job in jobs:
            if job.line is None:
                job.line = Line.of(outcomes(job.article, self.pipeline, self._dump if dump else None))
            yield job

    def _dump(self, trace: Trace) -> None:
        """Dump it, noting the folder that this gives."""
        if self.manner.dump and isinstance(folder := self.manner.dump(trace), Path):
            self.dumped.add(folder)

    def _write(self, job: Job) -> None:
        """What is written comes from the outcome's line, however that was reached: so it is the same bytes."""
        self.tally.laps.lap("articles")
        line, job.line, job.begun = job.line or Line(), None, None
        came = Came()
        for part in line.parts():
            told = part
            if self.copies and isinstance(job.item, Article):
                told = part.with_result(self.copies.told(job.number, part.result, job.copy_of))
            came.add(told)
            self.tally.add(told)
            self.outputs.write(told.result)
        if job.key and not job.kept and not came.passing:
            self.parts.keep(job.key, line)
        self.outputs.manifest.came_to(job.number, came.counts if isinstance(job.item, Article) else {})
        if self.manner.progress:
            self.manner.progress(self.tally, came.failed or job.item)
        self.tally.laps.lap("write")


@contextmanager
def _faults_of(folder: Path) -> Iterator[None]:
    """What the system says of the folder, as a fault of ours that also says whether anything is kept in it."""
    try:
        yield
    except OSError as error:
        if (folder / PARTS).is_dir():
            raise OutputError(
                f"{folder}: expected a folder to write to, got {error}; what is done is kept for the next run"
            ) from error
        raise OutputError(f"{folder}: expected a folder to write to, got {error}") from error


def _timed(source: Iterable[ReadItem], tally: Tally) -> Iterator[ReadItem]:
    """The source, with the time that it takes to read noted."""
    items = iter(source)
    while True:
        tally.laps.lap("articles")
        item = next(items, None)
        tally.laps.lap("read")
        if item is None:
            return
        yield item


def _after_originals(jobs: Iterator[Job], copies: Copies | None) -> Iterator[Job]:
    """The jobs, each copy after what it is a copy of: without order it may be done first."""
    if copies is None:
        yield from jobs
        return
    waiting: dict[int, list[Job]] = {}
    for job in jobs:
        if job.copy_of is not None and not copies.written(job.copy_of):
            waiting.setdefault(job.copy_of, []).append(job)
            continue
        yield job
        yield from waiting.pop(job.number, ())
