"""The commands' room: ``taizhang report``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from taizhang.cli.options import faults_of_use
from taizhang.messages import _

EPILOG = "Example: taizhang report out/ledger --language zh"


class Language(StrEnum):
    """The values of ``--language``."""

    zh = "zh"
    en = "en"


def report(
    run_dir: Annotated[
        Path, typer.Argument(metavar="RUN_DIR", help="A folder that taizhang run wrote, with records.jsonl.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Where the report goes; RUN_DIR/report.html unless given."
        ),
    ] = None,
    language: Annotated[
        Language | None,
        typer.Option("--language", help="In which the page opens; the browser's language unless given."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if it is no report.")] = False,
) -> None:
    """Write the ledger in RUN_DIR as one HTML file: records, charts, rejections, each with its article.

    The file needs no network and no server. Where the run was made with --debug, its articles link to the stage dumps.
    """
    from taizhang.report import write_report

    with faults_of_use():
        made = write_report(run_dir, out, language=language.value if language else "", force=force)
    text = _("{path}: {records} records and {rejects} rejections of {documents} articles").format(
        path=made.path, records=made.records, rejects=made.rejects, documents=made.documents
    )
    if made.debug_pages:
        text += _(", {count} linked to their stage dumps").format(count=made.debug_pages)
    typer.echo(text + _("; {megabytes:.1f} MB").format(megabytes=made.size / 1e6))
