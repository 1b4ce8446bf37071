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
    faults_of_use,
    limits_of,
    pairs,
    pipeline_of,
)
from taizhang.messages import told

if TYPE_CHECKING:
    from taizhang.write.format import Format

EPILOG = "Example: taizhang run news/ report.txt --out ledger --format jsonl,csv --debug"


class Headers(StrEnum):
    """The values of ``--headers``."""

    en = "en"
    zh = "zh"


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
    debug: Annotated[
        bool, typer.Option("--debug", help="Also write DIR/debug/ARTICLE/: each stage and a page.")
    ] = False,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Records under it go to the rejects.")
    ] = 0.0,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, help="Processes that do the work; the processor's cores unless given."
        ),
    ] = None,
    unordered: Annotated[
        bool,
        typer.Option("--unordered", help="Write each article when it is done, not in the input's order."),
    ] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds that a worker may take over one article.")
    ] = 300.0,
    fields: Fields = "",
    limits: LimitsText = "",
    rules: Rules = None,
) -> None:
    """Write the ledger of all articles in the files and folders INPUT...

    Formats: jsonl, csv, parquet, xlsx, sqlite, duckdb; parquet, xlsx and duckdb each need the extra of that name.

    DIR gets the records (records.jsonl, records.csv and so on), rejects.jsonl (every number and every article that is
    no record, with the reason), manifest.json and timings.json. Exit code: 0 when all articles were read, 1
    when some could not be, 2 for wrong usage. A run that was broken off is continued by the same command.
    With --debug, one process does all.
    """
    from functools import partial
    from time import perf_counter

    from rich.console import Console

    from taizhang.pipeline import Pipeline
    from taizhang.read import articles, files
    from taizhang.run import Workers, write_ledger
    from taizhang.run.progress import progress, summary
    from taizhang.run.share import Share
    from taizhang.show import Dumper

    chosen = [f.in_chinese() if headers is Headers.zh else f for f in _formats(formats)]
    _refuse_nesting(inputs, out)
    began = perf_counter()
    console = Console(stderr=True)
    with faults_of_use():
        pipeline = pipeline_of(rules, min_confidence)
        dumper = Dumper(out / "debug") if debug else None
        count = workers or _cores()
        spread = Workers(partial(Pipeline, tuple(rules or ()), min_confidence), count, timeout, not unordered)
        with progress(console, Share.of(files(inputs))) as report:
            tally = write_ledger(
                articles(inputs, pipeline.rules, limits_of(limits), pairs(fields, "--fields")),
                pipeline,
                out,
                chosen,
                workers=spread if count > 1 else None,
                dump=dumper.dump if dumper else None,
                progress=report,
                say=lambda message: console.print(told(message), markup=False, soft_wrap=True),
            )
    Console().print(summary(tally, perf_counter() - began, str(out)))
    raise typer.Exit(SOME_UNREAD if tally.unread else 0)


def _cores() -> int:
    """The cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _formats(names: str) -> list[Format]:
    from taizhang.write import FORMATS

    known = {format_.name: format_ for format_ in FORMATS}
    wanted = [name.strip() for name in names.split(",")]
    for name in wanted:
        if name not in known:
            raise typer.BadParameter(
                f"expected some of {', '.join(known)}, got {name!r}", param_hint="--format"
            )
    return [known[name] for name in dict.fromkeys(wanted)]


def _refuse_nesting(inputs: list[Path], out: Path) -> None:
    """An output folder inside an input folder would be read as input by the next run."""
    for folder in inputs:
        if folder.is_dir() and out.resolve().is_relative_to(folder.resolve()):
            raise typer.BadParameter(f"expected a folder outside {folder}, got {out}", param_hint="--out")
