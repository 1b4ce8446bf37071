"""The commands' room: ``taizhang run``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import typer

from taizhang.cli.options import (
    SOME_UNREAD,
    Fields,
    Inputs,
    LimitsText,
    Rules,
    chosen_formats,
    faults_of_use,
    limits_of,
    pairs,
    pipeline_of,
)
from taizhang.cli.process import drop_standard_output
from taizhang.cli.run_options import (
    Address,
    ColumnSet,
    ColumnsOf,
    DateFrom,
    Debug,
    EngineName,
    EngineOf,
    FormatNames,
    Headers,
    HeadersIn,
    KeepCopies,
    MinConfidence,
    Out,
    Published,
    PublishedBy,
    Region,
    RegionBy,
    RegionFrom,
    Rejects,
    RejectsOf,
    ShardRecords,
    Timeout,
    Unordered,
    WorkerCount,
)
from taizhang.cli.spread import cores, many, spread
from taizhang.messages import _, told
from taizhang.template import Recipe, ahead

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline
    from taizhang.read import ReadLimits
    from taizhang.read.dated import Fallback
    from taizhang.rules import RuleSet
    from taizhang.run import Tally, Workers
    from taizhang.run.cluster import Cluster
    from taizhang.run.job import ReadItem
    from taizhang.stages import Trace
    from taizhang.write.format import Format
    from taizhang.write.records_jsonl import Kept

EPILOG = "Example: taizhang run news/ report.txt --out ledger --format jsonl,csv --debug"


def run(  # noqa: PLR0913, PLR0917 - each option is an argument
    inputs: Inputs,
    out: Out,
    formats: FormatNames = "jsonl,csv",
    headers: HeadersIn = Headers.en,
    columns: ColumnsOf = ColumnSet.short,
    rejects: RejectsOf = Rejects.all,
    shard_records: ShardRecords = None,
    debug: Debug = False,
    min_confidence: MinConfidence = 0.0,
    keep_copies: KeepCopies = False,
    workers: WorkerCount = None,
    unordered: Unordered = False,
    timeout: Timeout = 300.0,
    engine: EngineOf = EngineName.processes,
    address: Address = None,
    region: Region = "",
    region_from: RegionBy = None,
    fields: Fields = "",
    published: Published = "",
    published_from: PublishedBy = None,
    limits: LimitsText = "",
    rules: Rules = None,
) -> None:
    """Write the ledger of all articles in the files and folders INPUT...

    Formats: jsonl, csv, parquet, xlsx, sqlite, duckdb; parquet, xlsx and duckdb each need the extra of that name.

    DIR gets the records (records.jsonl, records.csv and so on), rejects.jsonl (every number and every article that is
    no record, with the reason), documents.jsonl (the clean texts), manifest.json and timings.json. Exit code: 0 when
    all articles were read, 1 when some could not be, 2 for wrong usage. A run that was broken off is continued by
    the same command. With --debug, one process does all. What an article tells again that is the copy of an earlier
    one, under another name or address, has the earlier record's id in duplicate_of and is not counted.
    """
    began = perf_counter()
    make = Recipe(tuple(rules or ()), min_confidence)
    if engine is EngineName.processes and not debug and (workers or cores()) > 1 and many(inputs):
        ahead(make)  # before the imports, which take as long as its own
    _refuse_idle_address(address, engine)
    ledger = _Ledger(
        out, _formats(formats, headers, columns, shard_records), rejects.value, debug, keep_copies
    )
    _refuse_nesting(inputs, out)
    unsaid = _Unsaid.by(published, published_from, region, region_from)
    with faults_of_use():
        pipeline = pipeline_of(rules, min_confidence)
        source = unsaid.read(inputs, pipeline.rules, limits_of(limits), pairs(fields, "--fields"))
        work = spread(engine, address, workers)(make, timeout=timeout, ordered=not unordered)
        tally = ledger.write(source, pipeline, work, inputs)
    _sum_up(tally, perf_counter() - began, out)
    raise typer.Exit(SOME_UNREAD if tally.unread else 0)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What is written, and where to, as the options say."""

    out: Path
    formats: list[Format]
    kept: Kept
    debug: bool
    keep_copies: bool

    def write(
        self,
        source: Iterator[ReadItem],
        pipeline: Pipeline,
        workers: Workers | Cluster | None,
        inputs: list[Path],
    ) -> Tally:
        """Write it, telling on standard error how far it is."""
        from taizhang.run import write_ledger

        with _telling(inputs) as (report, say):
            return write_ledger(
                source,
                pipeline,
                self.out,
                self.formats,
                kept=self.kept,
                workers=workers,
                dump=self._dump() if self.debug else None,
                progress=report,
                say=say,
                keep_copies=self.keep_copies,
            )

    def _dump(self) -> Callable[[Trace], Path]:
        """What writes the stages' dumps; only a run that asks for them waits for what draws their pages."""
        from taizhang.show import Dumper

        return Dumper(self.out / "debug").dump


@dataclass(frozen=True, slots=True)
class _Unsaid:
    """The date and the place that the options give to articles that say none themselves."""

    date: Fallback
    region: str
    by_path: bool

    @classmethod
    def by(
        cls, published: str, published_from: DateFrom | None, region: str, region_from: RegionFrom | None
    ) -> _Unsaid:
        """As written on the command line."""
        from taizhang.read.dated import Fallback

        date = Fallback(_date(published), "path" if published_from else None)
        return cls(date, region, region_from is RegionFrom.path)

    def read(
        self, inputs: list[Path], rules: RuleSet, limits: ReadLimits, fields: dict[str, str]
    ) -> Iterator[ReadItem]:
        """The articles of the inputs, with both."""
        from taizhang.read import articles
        from taizhang.read.region import placed

        _refuse_region(self.region, rules)
        dated = self.date.over(articles(inputs, rules, limits, fields))
        return placed(dated, self.region, by_path=self.by_path, rules=rules)


@contextmanager
def _telling(
    inputs: list[Path],
) -> Iterator[tuple[Callable[[Tally, ReadItem], None], Callable[[str], None]]]:
    """What shows on standard error how far the run is, and what says there what a person should know of it."""
    from rich.console import Console

    from taizhang.read import files
    from taizhang.run.progress import progress, tell
    from taizhang.run.share import Share

    console = Console(stderr=True)
    with progress(console, Share.of(files(inputs))) as report:
        yield report, lambda message: tell(console, told(message))


def _sum_up(tally: Tally, seconds: float, out: Path) -> None:
    """Print the summary to standard output; where that takes nothing, say so on standard error."""
    from rich.console import Console

    from taizhang.run.progress import tell
    from taizhang.run.summary import summary

    try:
        Console().print(summary(tally, seconds, str(out)))
    except OSError as error:  # the ledger is written all the same
        text = _("{out} is written, but its summary could not be printed: {error}")
        tell(Console(stderr=True), text.format(out=out, error=error))
        drop_standard_output()


def _formats(names: str, headers: Headers, columns: ColumnSet, shard_records: int | None) -> list[Format]:
    """The formats as asked for."""
    from taizhang.write import FORMATS
    from taizhang.write.format import Sheet

    sheet = Sheet(columns is ColumnSet.all, headers is Headers.zh)
    chosen = [format_.laid_out(sheet) for format_ in chosen_formats(names, FORMATS)]
    return _in_shards(chosen, shard_records) if shard_records else chosen


def _refuse_idle_address(address: str | None, engine: EngineName) -> None:
    if address and engine is EngineName.processes:
        raise typer.BadParameter("expected --engine ray or spark with it", param_hint="--address")


def _refuse_region(region: str, rules: RuleSet) -> None:
    from taizhang.extract.places.region import region_code

    if region and not region_code(region, rules):
        raise typer.BadParameter(
            f"expected the code or name of a division such as 150702, got {region!r}",
            param_hint="--region",
        )


def _date(written: str) -> str | None:
    """A date as people write it, in ISO 8601."""
    from taizhang.read import published

    found = published(written) if written else None
    if written and found is None:
        raise typer.BadParameter(
            f"expected a date with its year, such as 2024-06-20 or 2024年6月, got {written!r}",
            param_hint="--published",
        )
    return found


def _in_shards(formats: list[Format], size: int) -> list[Format]:
    from taizhang.write.records_parquet import PARQUET
    from taizhang.write.shards import sharded

    if PARQUET not in formats:
        raise typer.BadParameter("expected --format parquet with it", param_hint="--shard-records")
    return [sharded(size) if format_ is PARQUET else format_ for format_ in formats]


def _refuse_nesting(inputs: list[Path], out: Path) -> None:
    """An output folder inside an input folder would be read as input by the next run."""
    for folder in inputs:
        if folder.is_dir() and out.resolve().is_relative_to(folder.resolve()):
            raise typer.BadParameter(f"expected a folder outside {folder}, got {out}", param_hint="--out")
