"""The commands' room: ``taizhang run``."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from taizhang.messages import _, told
from taizhang.template import Recipe, ahead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from taizhang.run import Workers
    from taizhang.run.cluster import Cluster, Engine
    from taizhang.write.format import Format

_MANY, _LARGE = 50, 1_000_000  # files, bytes of one

EPILOG = "Example: taizhang run news/ report.txt --out ledger --format jsonl,csv --debug"


class EngineName(StrEnum):
    """The values of ``--engine``."""

    processes = "processes"
    ray = "ray"
    spark = "spark"


class RegionFrom(StrEnum):
    """The values of ``--region-from``."""

    path = "path"


class DateFrom(StrEnum):
    """The values of ``--published-from``."""

    path = "path"


class Headers(StrEnum):
    """The values of ``--headers``."""

    en = "en"
    zh = "zh"


class Rejects(StrEnum):
    """The values of ``--rejects``."""

    all = "all"
    important = "important"
    counts = "counts"


class ColumnSet(StrEnum):
    """The values of ``--columns``."""

    short = "short"
    all = "all"


def run(  # noqa: PLR0913, PLR0917 - each option is an argument
    inputs: Inputs,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where the ledger goes; made if missing.")
    ],
    formats: Annotated[
        str, typer.Option("--format", metavar="NAMES", help="Formats of the records, joined by commas.")
    ] = "jsonl,csv",
    headers: Annotated[
        Headers, typer.Option("--headers", help="Language of the column headers in CSV and XLSX.")
    ] = Headers.en,
    columns: Annotated[
        ColumnSet,
        typer.Option("--columns", help="In CSV and XLSX: those that are read first, or all of a record."),
    ] = ColumnSet.short,
    rejects: Annotated[
        Rejects,
        typer.Option(
            "--rejects",
            help="Rejected numbers that have a line: all, those that a person may judge otherwise, or none.",
        ),
    ] = Rejects.all,
    shard_records: Annotated[
        int | None,
        typer.Option(
            "--shard-records",
            min=1,
            metavar="N",
            help="Parquet in files of N records each: records-00000.parquet and so on.",
        ),
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Also write DIR/debug/ARTICLE/: each stage and a page.")
    ] = False,
    min_confidence: Annotated[
        float,
        typer.Option(
            "--min-confidence", metavar="X", min=0, max=1, help="Records under it go to the rejects."
        ),
    ] = 0.0,
    keep_copies: Annotated[
        bool,
        typer.Option("--keep-copies", help="Count what copies of an article tell again like any record."),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            help="Processes that do the work; the cores, or the cluster's, unless given.",
        ),
    ] = None,
    unordered: Annotated[
        bool,
        typer.Option("--unordered", help="Write each article when it is done, not in the input's order."),
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout", metavar="SECONDS", min=0.1, help="Seconds that a worker may take over one article."
        ),
    ] = 300.0,
    engine: Annotated[
        EngineName, typer.Option("--engine", help="What spreads the work: processes here, Ray Data or Spark.")
    ] = EngineName.processes,
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            metavar="CLUSTER",
            help="Of a running cluster (Ray: host:port or auto; Spark: a master); else a local one is started.",
        ),
    ] = None,
    region: Annotated[
        str,
        typer.Option(
            "--region",
            metavar="PLACE",
            help="The place of all articles, by code or name: 150702, 昆明市宜良县. A row's own field wins.",
        ),
    ] = "",
    region_from: Annotated[
        RegionFrom | None,
        typer.Option("--region-from", help="path: the place is the name or code of the article's folder."),
    ] = None,
    fields: Fields = "",
    published: Annotated[
        str,
        typer.Option(
            "--published", metavar="DATE", help="Of articles that say no date: 2024-06-20, 2024年6月."
        ),
    ] = "",
    published_from: Annotated[
        DateFrom | None,
        typer.Option("--published-from", help="The same from the path: 2024/0620/x.html."),
    ] = None,
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
    from time import perf_counter

    began = perf_counter()
    make = Recipe(tuple(rules or ()), min_confidence)
    if engine is EngineName.processes and not debug and (workers or _cores()) > 1 and many(inputs):
        ahead(make)  # before the imports, which take as long as its own

    from rich.console import Console

    from taizhang.extract.places.region import region_code
    from taizhang.read import articles, files
    from taizhang.read.dated import Fallback
    from taizhang.read.region import placed
    from taizhang.run import write_ledger
    from taizhang.run.progress import progress, tell
    from taizhang.run.share import Share
    from taizhang.run.summary import summary
    from taizhang.show import Dumper
    from taizhang.write import FORMATS
    from taizhang.write.format import Sheet

    if address and engine is EngineName.processes:
        raise typer.BadParameter("expected --engine ray or spark with it", param_hint="--address")
    sheet = Sheet(columns is ColumnSet.all, headers is Headers.zh)
    chosen = [format_.laid_out(sheet) for format_ in chosen_formats(formats, FORMATS)]
    if shard_records:
        chosen = _in_shards(chosen, shard_records)
    _refuse_nesting(inputs, out)
    fallback = Fallback(_date(published), "path" if published_from else None)
    console = Console(stderr=True)
    with faults_of_use():
        pipeline = pipeline_of(rules, min_confidence)
        if region and not region_code(region, pipeline.rules):
            raise typer.BadParameter(
                f"expected the code or name of a division such as 150702, got {region!r}",
                param_hint="--region",
            )
        dumper = Dumper(out / "debug") if debug else None
        spread = _spread(engine, address, workers)(make, timeout=timeout, ordered=not unordered)
        with progress(console, Share.of(files(inputs))) as report:
            tally = write_ledger(
                placed(
                    fallback.over(
                        articles(inputs, pipeline.rules, limits_of(limits), pairs(fields, "--fields"))
                    ),
                    region,
                    by_path=region_from is RegionFrom.path,
                    rules=pipeline.rules,
                ),
                pipeline,
                out,
                chosen,
                kept=rejects.value,
                workers=spread,
                dump=dumper.dump if dumper else None,
                progress=report,
                say=lambda message: tell(console, told(message)),
                keep_copies=keep_copies,
            )
    try:
        Console().print(summary(tally, perf_counter() - began, str(out)))
    except OSError as error:  # the ledger is written all the same
        text = _("{out} is written, but its summary could not be printed: {error}")
        tell(console, text.format(out=out, error=error))
        drop_standard_output()
    raise typer.Exit(SOME_UNREAD if tally.unread else 0)


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


def _spread(
    engine: EngineName, address: str | None, workers: int | None
) -> Callable[..., Workers | Cluster | None]:
    """What the work is spread over; one process needs nothing for that."""
    from functools import partial

    if engine is not EngineName.processes:
        from taizhang.run.cluster import Cluster

        return partial(Cluster, partial(_connection(engine), address, workers))
    from taizhang.run import Workers

    count = workers or _cores()
    return partial(Workers, count=count) if count > 1 else lambda *_, **__: None


def _connection(engine: EngineName) -> Callable[[str | None, int | None], AbstractContextManager[Engine]]:
    if engine is EngineName.ray:
        from taizhang.run.ray_engine import ray_engine

        return ray_engine
    from taizhang.run.spark_engine import spark_engine

    return spark_engine


def many(inputs: Iterable[Path]) -> bool:
    """Whether there is surely work for several processes, seen without reading anything."""
    files = (path for given in inputs for path in (given.rglob("*") if given.is_dir() else [given]))
    return any(
        n == _MANY or (path.is_file() and path.stat().st_size > _LARGE) for n, path in enumerate(files)
    )


def _cores() -> int:
    """The cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
