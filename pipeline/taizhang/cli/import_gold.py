"""The commands' room: ``taizhang import``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from taizhang.cli.options import faults_of_use
from taizhang.messages import _

EPILOG = "Example: taizhang import project-1.json --from label-studio --out gold"
_SHOWN = 10  # articles that are named


class ImportTool(StrEnum):
    """The values of ``--from``."""

    label_studio = "label-studio"
    report = "report"


def import_gold(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="What Label Studio exported as JSON, or the marks that the report saved."
        ),
    ],
    from_: Annotated[ImportTool, typer.Option("--from", help="Where the annotations were made.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder of gold; made if missing.")],
    force: Annotated[
        bool, typer.Option("--force", help="Let gold take the place of gold that is there.")
    ] = False,
) -> None:
    """Make gold of corrected annotations, for taizhang evaluate.

    DIR gets a file ID.jsonl for each annotated article, and rejected.jsonl. An article that nobody has annotated
    gets none, nor does one of which the report's marks leave a record open. Where an annotation lacks a field or
    contradicts itself, all such are named and nothing is written.
    """
    from taizhang.annotate import read_annotations, read_marks, write_gold

    with faults_of_use():
        annotated = read_marks(file) if from_ is ImportTool.report else read_annotations(file)
        write_gold(annotated.gold, out, force=force)
    records, rejects = (sum(len(getattr(g, name)) for g in annotated.gold) for name in ("records", "rejects"))
    text = _("{articles} articles, {records} records, {rejects} rejected numbers written to {out}")
    typer.echo(text.format(articles=len(annotated.gold), records=records, rejects=rejects, out=out))
    if annotated.open:
        names = ", ".join(annotated.open[:_SHOWN]) + (", …" if len(annotated.open) > _SHOWN else "")
        typer.echo(_("not annotated: {count}: {names}").format(count=len(annotated.open), names=names))
