"""The run room's loop: each article goes through the pipeline and to every writer before the next is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from taizhang.article import Article
from taizhang.errors import OutputError, RuleError
from taizhang.records import Rejection, Result
from taizhang.rules import RuleSet
from taizhang.run.tally import Tally
from taizhang.write.format import Format, Writer
from taizhang.write.manifest import Manifest, digests, versions
from taizhang.write.records_jsonl import REJECTS
from taizhang.write.whole import write_whole

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline
    from taizhang.stages import Trace

INTERNAL_ERROR = "internal-error"


@dataclass(frozen=True, slots=True)
class Outputs:
    """All files of one run; they appear together at its end, the manifest last."""

    folder: Path
    formats: Sequence[Format]
    writers: Sequence[Writer]
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path, formats: Sequence[Format], cleanup: ExitStack) -> Outputs:
        """Open every writer; ``cleanup`` throws away what is not committed when it closes."""
        folder.mkdir(parents=True, exist_ok=True)
        every = (*formats, REJECTS)
        writers = []
        for format_ in every:
            writers.append(format_.open(folder / format_.filename))
            cleanup.callback(writers[-1].abort)
        manifest = Manifest(folder / "manifest.json")
        cleanup.callback(manifest.abort)
        return cls(folder, every, writers, manifest)

    def write(self, result: Result) -> None:
        """Hand one article's results to every writer."""
        for writer in self.writers:
            writer.write(result)

    def commit(self, tally: Tally, rules: RuleSet) -> None:
        """Put all files in place; ``timings.json`` is apart because only it differs from run to run."""
        for writer in self.writers:
            writer.commit()
        seconds = {stage: round(spent, 6) for stage, spent in tally.seconds.items()}
        write_whole(self.folder / "timings.json", json.dumps({"seconds": seconds}, indent=2) + "\n")
        outputs = digests(self.folder / format_.filename for format_ in self.formats)
        self.manifest.commit(
            {"counts": tally.as_json(), "ruleset": rules.hash, "outputs": outputs, **versions()}
        )


def write_ledger(  # noqa: PLR0913 - two of the six are callbacks that may be left out
    source: Iterable[Article | Rejection],
    pipeline: Pipeline,
    folder: Path,
    formats: Sequence[Format],
    *,
    dump: Callable[[Trace], object] | None = None,
    progress: Callable[[Tally, Article | Rejection], None] | None = None,
) -> Tally:
    """Write the ledger of all articles of ``source`` into ``folder``, one article in memory at a time.

    Args:
        source: articles, and for each input that is none a rejection of scope ``article`` that says why.
        pipeline: what makes records of an article.
        folder: made if it is not there; files in it are replaced only when the run is complete.
        formats: of the records; ``rejects.jsonl``, ``manifest.json`` and ``timings.json`` always come.
        dump: called with the trace of each article, for the stage dumps.
        progress: called after each article with the counts so far.

    Raises:
        RuleError: a rule file does not say what it should.
        OutputError: the folder or a file in it cannot be written; then no file has changed.
    """
    tally = Tally()
    try:
        with ExitStack() as cleanup:
            outputs = Outputs.open(folder, formats, cleanup)
            for item in source:
                outputs.manifest.add_input(item)
                outputs.write(_one(item, pipeline, tally, dump))
                if progress:
                    progress(tally, item)
            outputs.commit(tally, pipeline.rules)
    except OSError as error:
        raise OutputError(f"{folder}: expected a folder to write to, got {error}") from error
    return tally


def _one(
    item: Article | Rejection, pipeline: Pipeline, tally: Tally, dump: Callable[[Trace], object] | None
) -> Result:
    if isinstance(item, Rejection):
        tally.add_unread(item)
        return Result(document=item.document, rejects=(item,))
    try:
        trace = pipeline.run(item)
        if dump:
            dump(trace)
    except (RuleError, OSError):  # a rule file or a disk that is wrong for every article
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not lose all the others
        reject = _internal_error(item, error)
        tally.add_unread(reject)
        return Result(document=item.document, rejects=(reject,))
    tally.add(trace)
    return trace.result


def _internal_error(article: Article, error: Exception) -> Rejection:
    place = extract_tb(error.__traceback__)[-1]
    detail = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {error}"
    return Rejection(scope="article", document=article.document, reason=INTERNAL_ERROR, detail=detail)
