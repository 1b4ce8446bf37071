"""The commands. What takes long to import is imported inside the command that needs it."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.errors import TaizhangError

if TYPE_CHECKING:
    from taizhang.evaluate import Score
    from taizhang.pipeline import Pipeline
    from taizhang.read import Limits
    from taizhang.write.format import Format

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Reads Chinese news and work reports and writes the ledger: every quantity as one typed record.",
    epilog="Example: taizhang run seeds --out out/ledger",
)

SOME_UNREAD, WRONG_USAGE = 1, 2


class Headers(StrEnum):
    """The values of ``--headers``."""

    en = "en"
    zh = "zh"


def _there(path: Path) -> Path:
    """``path`` if there is such a file or folder, or it is the standard input; typer knows no ``Path("-")``."""
    if str(path) != "-" and not path.exists():
        raise typer.BadParameter(f"{path} does not exist.")
    return path


Inputs = Annotated[
    list[Path],
    typer.Argument(
        callback=lambda paths: [_there(path) for path in paths],
        metavar="INPUT",
        help="Files and folders, - for standard input: text, HTML, JSON, JSON Lines, CSV, TSV, Parquet, DOCX, "
        "PDF, and gzip, Zstandard, ZIP and WARC around them.",
    ),
]
File = Annotated[
    Path,
    typer.Argument(
        callback=_there,
        dir_okay=False,
        help="One file with one or more articles; - for standard input.",
    ),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", metavar="DIR", help="A folder of rules of your own; may be given more than once."
    ),
]
Fields = Annotated[
    str,
    typer.Option(
        "--fields", metavar="SENSE=NAME,...", help="What the fields of rows are called: text=内容,title=题名."
    ),
]
LimitsOption = Annotated[
    str,
    typer.Option(
        "--limits", metavar="NAME=N,...", help="How much is read: file_bytes, row_bytes, unpacked_bytes, ..."
    ),
]


@app.command(epilog="Example: taizhang run news/ report.txt --out ledger --format jsonl,csv --debug")
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
    limits: LimitsOption = "",
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
    with _faults_of_use():
        pipeline = _pipeline(rules, min_confidence)
        dumper = Dumper(out / "debug") if debug else None
        count = workers or _cores()
        spread = Workers(partial(Pipeline, tuple(rules or ()), min_confidence), count, timeout, not unordered)
        with progress(console, Share.of(files(inputs))) as report:
            tally = write_ledger(
                articles(inputs, pipeline.rules, _limits(limits), _pairs(fields, "--fields")),
                pipeline,
                out,
                chosen,
                workers=spread if count > 1 else None,
                dump=dumper.dump if dumper else None,
                progress=report,
                say=lambda told: console.print(told, markup=False, soft_wrap=True),
            )
    Console().print(summary(tally, perf_counter() - began, str(out)))
    raise typer.Exit(SOME_UNREAD if tally.unread else 0)


@app.command(epilog="Example: taizhang clean page.html --explain")
def clean(
    file: File,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the list of fixes with their places instead.")
    ] = False,
    fields: Fields = "",
    limits: LimitsOption = "",
    rules: Rules = None,
) -> None:
    """Print the clean text of FILE, or what cleaning did to it."""
    from taizhang.clean import clean as cleaned
    from taizhang.read import articles
    from taizhang.records import Rejection
    from taizhang.rules import RuleSet
    from taizhang.show.fixes import fixes

    unread = False
    with _faults_of_use():
        known = RuleSet(rules or ())
        for found in articles([file], known, _limits(limits), _pairs(fields, "--fields")):
            if isinstance(found, Rejection):
                typer.echo(f"not read: {found.reason}: {found.detail}", err=True)
                unread = True
            else:
                result = cleaned(found, known)
                _echo(fixes(result) if explain else [result.text])
    raise typer.Exit(SOME_UNREAD if unread else 0)


@app.command(epilog="Example: taizhang explain report.txt --number 3")
def explain(
    file: File,
    number: Annotated[int | None, typer.Option("--number", min=1, help="Which number of the text.")] = None,
    rules: Rules = None,
) -> None:
    """Say how one number of FILE was read: which rule filled each field, or why it is no record.

    Without --number: all numbers of the text, a line each.
    """
    from taizhang.read import articles
    from taizhang.records import Rejection
    from taizhang.show import explain as explained
    from taizhang.show import numbers, overview

    seen = unread = 0
    with _faults_of_use():
        pipeline = _pipeline(rules)
        for article in articles([file], pipeline.rules):
            if isinstance(article, Rejection):
                typer.echo(f"not read: {article.reason}: {article.detail}", err=True)
                unread += 1
                continue
            trace = pipeline.run(article)
            found = numbers(trace)
            if number is None:
                typer.echo(f"{article.document.id}: {len(found)} numbers")
                _echo(overview(trace, seen + 1))
            elif number <= seen + len(found):
                _echo(explained(trace, found[number - seen - 1]))
                return
            seen += len(found)
    if number is not None and not unread:
        upper = f"1 to {seen}" if seen else "nothing, since it has none"
        raise typer.BadParameter(f"{file} has {seen} numbers: expected {upper}, got {number}")
    raise typer.Exit(SOME_UNREAD if unread else 0)


@app.command(epilog="Example: taizhang evaluate tests/gold out/ledger/records.jsonl --show")
def evaluate(
    gold_dir: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="One ID.jsonl a document.")],
    records: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A records.jsonl.")],
    only: Annotated[str, typer.Option(metavar="IDS", help="Ids of gold files, joined by commas.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Also print what was not right, a line each.")] = False,
) -> None:
    """Score RECORDS, and the rejects.jsonl beside it, against the gold files in GOLD_DIR."""
    from taizhang.evaluate import evaluate as score

    with _faults_of_use():
        result = score(gold_dir, records, [name for name in only.split(",") if name])
    if show:
        _echo(result.faults)
    if as_json:
        typer.echo(json.dumps(result.as_json(), ensure_ascii=False))
    else:
        _echo(_table(result))


def main() -> None:
    """The entry point of the ``taizhang`` command."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal that lacks a character shows its code instead
        sys.stdout.reconfigure(errors="backslashreplace")
    app()


def _cores() -> int:
    """The cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _pipeline(rules: list[Path] | None, min_confidence: float = 0.0) -> Pipeline:
    from taizhang.pipeline import Pipeline, shipped_pipeline

    return Pipeline(rules or (), min_confidence) if rules or min_confidence else shipped_pipeline()


def _pairs(written: str, option: str) -> dict[str, str]:
    """``a=b,c=d`` as a mapping."""
    pairs = [pair.partition("=") for pair in written.split(",") if pair]
    for name, _, value in pairs:
        if not name or not value:
            raise typer.BadParameter(f"expected NAME=VALUE,..., got {written!r}", param_hint=option)
    return {name.strip(): value.strip() for name, _, value in pairs}


def _limits(written: str) -> Limits:
    from pydantic import ValidationError

    from taizhang.read import Limits

    try:
        return Limits.model_validate(_pairs(written, "--limits"))
    except ValidationError as error:
        known = ", ".join(Limits.model_fields)
        got = "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors())
        raise typer.BadParameter(
            f"expected whole numbers for {known}; {got}", param_hint="--limits"
        ) from error


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


@contextmanager
def _faults_of_use() -> Iterator[None]:
    """Our own exceptions are messages to the user, not tracebacks."""
    try:
        yield
    except TaizhangError as error:
        typer.echo(f"taizhang: {error}", err=True)
        raise typer.Exit(WRONG_USAGE) from error


def _echo(lines: list[str]) -> None:
    for line in lines:
        typer.echo(line)


def _table(score: Score) -> list[str]:
    from taizhang.evaluate import FIELDS

    counts = score.counts
    lines = [
        f"{score.documents} documents, {counts['gold']} gold records, {counts['program']} program records"
    ]
    for name in ("found", "quantity", "record", "part_of"):
        rate = score.rate(name)
        lines.append(f"{name:<9} P {rate.precision:.3f}  R {rate.recall:.3f}  F1 {rate.f1:.3f}")
    shares = "  ".join(f"{name} {score.share(name):.3f}" for name in FIELDS)
    lines.append(f"right among the {counts['found']} found: {shares}")
    if total := counts["rejected gold"]:
        share, reason = counts["rejected"] / total, counts["rejected reason"] / total
        lines.append(
            f"rejected  {share:.3f} of {total} numbers that are no records, {reason:.3f} with gold's reason"
        )
    return lines


if __name__ == "__main__":
    main()
