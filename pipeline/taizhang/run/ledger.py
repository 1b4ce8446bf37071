"""The run room's loop: each article goes through the pipeline and to every writer, in the order of the input."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.article import Article
from taizhang.errors import AllFailedError, OutputError
from taizhang.records import Rejection
from taizhang.result import Result
from taizhang.rules import RuleSet
from taizhang.run.copies import Copies
from taizhang.run.job import Job, ReadItem, article_key
from taizhang.run.leftover import Leftovers
from taizhang.run.lock import locked
from taizhang.run.outcome import Outcome, outcome
from taizhang.run.parts import PARTS, RunParts, identity
from taizhang.run.pool import Workers
from taizhang.run.tally import Tally
from taizhang.write.format import Format, Writer
from taizhang.write.manifest import MANIFEST, Manifest, digests, versions
from taizhang.write.records_jsonl import DOCUMENTS, Kept, rejects
from taizhang.write.shards import ShardWriter
from taizhang.write.whole import write_whole

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline
    from taizhang.run.cluster import Cluster
    from taizhang.stages import Trace

TIMINGS = "timings.json"


@dataclass(frozen=True, slots=True)
class Outputs:
    """All files of one run; they appear together at its end, the manifest last."""

    folder: Path
    formats: Sequence[Format]
    writers: Sequence[Writer]
    manifest: Manifest
    kept: Kept
    leftovers: Leftovers

    @classmethod
    def open(cls, folder: Path, formats: Sequence[Format], kept: Kept, cleanup: ExitStack) -> Outputs:
        """Open every writer; ``cleanup`` throws away what is not committed when it closes."""
        every = (*formats, rejects(kept), DOCUMENTS)
        leftovers = Leftovers.of(folder, [format_.filename for format_ in every])
        _sweep(folder, [format_.filename for format_ in every])
        writers = []
        for format_ in every:
            writers.append(format_.open(folder / format_.filename))
            cleanup.callback(writers[-1].abort)
        manifest = Manifest(folder / MANIFEST)
        cleanup.callback(manifest.abort)
        return cls(folder, every, writers, manifest, kept, leftovers)

    def write(self, result: Result) -> None:
        """Hand one article's results to every writer."""
        for writer in self.writers:
            writer.write(result)

    def commit(self, tally: Tally, rules: RuleSet, dumped: Iterable[Path]) -> None:
        """Put all files in place of those of an earlier run.

        ``timings.json``, and each format that is not repeatable, are named apart: they differ from run to run.
        """
        for writer in self.writers:
            writer.commit()
        self.leftovers.remove(dumped)
        tally.laps.lap("finish")
        spent: dict[str, dict[str, float]] = {"seconds": dict(tally.seconds), "run": tally.laps.seconds}
        told = {kind: {name: round(time, 6) for name, time in times.items()} for kind, times in spent.items()}
        write_whole(self.folder / TIMINGS, json.dumps(told, indent=2) + "\n")
        shards: dict[str, int] = {}
        names: list[str] = []
        differing = [TIMINGS, *(f.filename for f in self.formats if not f.repeatable)]
        for format_, writer in zip(self.formats, self.writers, strict=True):
            if isinstance(writer, ShardWriter):
                shards |= writer.rows
                names += writer.rows
            elif format_.repeatable:
                names.append(format_.filename)
        outputs = digests(self.folder / name for name in names)
        rows: dict[str, object] = {"differing": differing, **({"shards": shards} if shards else {})}
        self.manifest.commit(
            {
                "counts": tally.as_json(),
                "rejects": self.kept,
                "ruleset": rules.hash,
                "outputs": outputs,
                **rows,
                **versions(),
            }
        )


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
    tally, dumped = Tally(), set[Path]()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as cleanup:
            cleanup.enter_context(locked(folder))
            parts = cleanup.enter_context(RunParts(folder, identity(pipeline)))
            outputs = Outputs.open(folder, formats, kept, cleanup)
            if say:
                _say_what_was_found(parts, say)
            tally.laps.lap("start")
            copies = None if keep_copies else cleanup.enter_context(Copies())
            jobs = _jobs(_timed(source, tally), outputs.manifest, parts if dump is None else None, copies)
            done = _done(jobs, pipeline, workers, dump and _noting(dump, dumped))
            for job in _after_originals(done, copies):
                _write(job, outputs, parts, tally, progress, copies)
            if cause := tally.common_cause:
                parts.remove()  # with another installation, or more of something, they may be read
                raise AllFailedError(cause.reason, cause.detail, tally.unread)
            if say and parts.left and dump is None:
                say(f"{parts.left} articles of the run that was broken off are no longer in the input")
            tally.laps.lap("articles")
            outputs.commit(tally, pipeline.rules, dumped)
            parts.remove()
        tally.laps.lap("finish")
    except OSError as error:
        if (folder / PARTS).is_dir():
            raise OutputError(
                f"{folder}: expected a folder to write to, got {error}; what is done is kept for the next run"
            ) from error
        raise OutputError(f"{folder}: expected a folder to write to, got {error}") from error
    return tally


def _noting(dump: Callable[[Trace], object], dumped: set[Path]) -> Callable[[Trace], object]:
    """``dump``, noting the folders that it gives."""

    def noted(trace: Trace) -> None:
        if isinstance(folder := dump(trace), Path):
            dumped.add(folder)

    return noted


def _say_what_was_found(parts: RunParts, say: Callable[[str], None]) -> None:
    if parts.discarded:
        say("a run with other rules, versions or settings was broken off here: starting anew")
    if parts.found:
        say(f"continuing a run that was broken off: {parts.found} articles are done")


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


def _jobs(
    source: Iterable[ReadItem], manifest: Manifest, parts: RunParts | None, copies: Copies | None
) -> Iterator[Job]:
    for item in source:
        number = manifest.add_input(item)
        if isinstance(item, Rejection):
            yield Job(item, number, line=Outcome.unread(item).to_line())
            continue
        key = article_key(item)
        line = parts.take(key) if parts else None
        original = copies.original(number, item.text.text) if copies else None
        yield Job(item, number, key, line, kept=line is not None, copy_of=original)


def _done(
    jobs: Iterator[Job],
    pipeline: Pipeline,
    workers: Workers | Cluster | None,
    dump: Callable[[Trace], object] | None,
) -> Iterator[Job]:
    if workers and dump is None:
        yield from workers.done(jobs, pipeline)
        return
    for job in jobs:
        if job.line is None:
            job.line = outcome(job.article, pipeline, dump).to_line()
        yield job


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


def _write(  # noqa: PLR0913, PLR0917 - all that a job goes to
    job: Job,
    outputs: Outputs,
    parts: RunParts,
    tally: Tally,
    progress: Callable[[Tally, ReadItem], None] | None,
    copies: Copies | None,
) -> None:
    """What is written comes from the outcome's line, however that was reached: so it is the same bytes."""
    tally.laps.lap("articles")
    reached = Outcome.from_line(job.line or "")
    if job.key and not job.kept and not reached.passing:
        parts.keep(job.key, job.line or "")
    job.line = None  # of a large table it is as large as the records
    if copies and isinstance(job.item, Article):
        reached = replace(reached, result=copies.told(job.number, reached.result, job.copy_of))
    tally.add(reached)
    outputs.manifest.came_to(job.number, reached.counts if isinstance(job.item, Article) else {})
    outputs.write(reached.result)
    if progress:
        progress(tally, reached.failed or job.item)
    tally.laps.lap("write")


def _sweep(folder: Path, names: Iterable[str]) -> None:
    """Remove what a run that was killed left of its unfinished files; the lock says that none is at work."""
    for name in (*names, MANIFEST, TIMINGS):
        for rest in folder.glob(f".{name}.*.part*"):  # a database puts a journal beside its file
            if rest.is_dir():
                shutil.rmtree(rest)
            else:
                rest.unlink()
