"""The run room's outputs: all files that a run writes, which appear together at its end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from taizhang.result import Result
from taizhang.rules import RuleSet
from taizhang.run.leftover import Leftovers
from taizhang.run.tally import Tally
from taizhang.write.format import Format, Writer
from taizhang.write.manifest import MANIFEST, Manifest, digests, versions
from taizhang.write.records_jsonl import DOCUMENTS, Kept, rejects
from taizhang.write.shards import ShardWriter
from taizhang.write.whole import write_whole

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
        write_whole(self.folder / TIMINGS, _timings(tally))
        names, shards = self._repeatable()
        differing = [TIMINGS, *(f.filename for f in self.formats if not f.repeatable)]
        rows: dict[str, object] = {"differing": differing, **({"shards": shards} if shards else {})}
        self.manifest.commit(
            {
                "counts": tally.as_json(),
                "rejects": self.kept,
                "ruleset": rules.hash,
                "outputs": digests(self.folder / name for name in names),
                **rows,
                **versions(),
            }
        )

    def _repeatable(self) -> tuple[list[str], dict[str, int]]:
        """The files that are the same in every run, and of those that are shards the rows."""
        names: list[str] = []
        shards: dict[str, int] = {}
        for format_, writer in zip(self.formats, self.writers, strict=True):
            if isinstance(writer, ShardWriter):
                names += writer.rows
                shards |= writer.rows
            elif format_.repeatable:
                names.append(format_.filename)
        return names, shards


def _timings(tally: Tally) -> str:
    """The seconds of the run as ``timings.json`` has them."""
    spent: dict[str, dict[str, float]] = {"seconds": dict(tally.seconds), "run": tally.laps.seconds}
    told = {kind: {name: round(time, 6) for name, time in times.items()} for kind, times in spent.items()}
    return json.dumps(told, indent=2) + "\n"


def _sweep(folder: Path, names: Iterable[str]) -> None:
    """Remove what a run that was killed left of its unfinished files; the lock says that none is at work."""
    for name in (*names, MANIFEST, TIMINGS):
        for rest in folder.glob(f".{name}.*.part*"):  # a database puts a journal beside its file
            if rest.is_dir():
                shutil.rmtree(rest)
            else:
                rest.unlink()
