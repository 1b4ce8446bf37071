"""The commands' room: ``taizhang export``."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.options import faults_of_use
from taizhang.messages import _

if TYPE_CHECKING:
    from taizhang.run.folder import RunFolder

EPILOG = "Example: taizhang export out/ledger --to label-studio --out annotate"


class ExportTool(StrEnum):
    """The values of ``--to``."""

    label_studio = "label-studio"
    docbin = "docbin"


def export(
    run_dir: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="A folder that taizhang run wrote.")],
    to: Annotated[ExportTool, typer.Option("--to", help="What the files are for.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where they go; RUN_DIR/NAME of the tool unless given."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Let them take the place of files that are there.")
    ] = False,
) -> None:
    """Write the articles in RUN_DIR, with their records, for another tool.

    label-studio: tasks.json, to be imported, with a prediction for each record and each rejected number, and
    labeling.xml, the configuration of the project. What was corrected there comes back by taizhang import.
    docbin: docs.spacy, a DocBin of spaCy with the records in doc.spans["taizhang"], to train on.
    """
    from taizhang.annotate import write_docs, write_tasks
    from taizhang.annotate.spacy_docs import DOCS
    from taizhang.annotate.tasks import CONFIG, TASKS
    from taizhang.errors import OutputError
    from taizhang.run.folder import RunFolder

    write, names = (write_docs, (DOCS,)) if to is ExportTool.docbin else (write_tasks, (TASKS, CONFIG))
    folder = out or run_dir / to.value
    with faults_of_use():
        run = RunFolder.open(run_dir)
        for name in names:
            if (folder / name).exists() and not force:
                raise OutputError(f"{folder / name}: expected no such file, got one; --force replaces it")
        count = write(run, folder)
        if out is None:
            _sign(run, folder, names)
    files = _(", ").join(str(folder / name) for name in names)
    typer.echo(_("{count} articles written to {files}").format(count=count, files=files))


def _sign(run: RunFolder, folder: Path, names: Iterable[str]) -> None:
    """Say in a run's own folder what was written there: the next run removes it, and ``check`` knows it."""
    from taizhang.run.folder import RECORDS
    from taizhang.write.beside import EXPORTED
    from taizhang.write.exact_json import dumps
    from taizhang.write.manifest import digests
    from taizhang.write.whole import write_whole

    content = {"outputs": digests(folder / name for name in names), "records": run.manifest.outputs[RECORDS]}
    write_whole(folder / EXPORTED, dumps(content) + "\n")
