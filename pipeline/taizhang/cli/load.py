"""The commands' room: ``taizhang load``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.options import faults_of_use
from taizhang.messages import _

if TYPE_CHECKING:
    from rich.table import Table

    from taizhang.load import Loaded

EPILOG = "Example: taizhang load out/ledger postgresql://eva@localhost/ledgers"


def load(
    run_dir: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="A folder that taizhang run wrote.")],
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL",
            help="postgresql://USER@HOST:PORT/DATABASE; the password rather in PGPASSWORD or ~/.pgpass.",
        ),
    ],
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Make a ledger of another layout anew, and let a document take the place of another one of its id.",
        ),
    ] = False,
) -> None:
    """Load the ledger in RUN_DIR into a PostgreSQL database.

    Its tables are made where they are not there. All is done in one transaction: a load that fails changes
    nothing. The same run a second time changes nothing; a new run of the same articles (with other rules, say)
    adds, changes and removes the records that differ. Documents that the run did not read stay.
    Needs the extra postgres.
    """
    from rich.console import Console

    from taizhang.run.folder import RunFolder
    from taizhang.run.progress import rows_progress
    from taizhang.write.extras import needed

    with faults_of_use():
        needed("psycopg", "postgres")
        from taizhang.load import Target
        from taizhang.load import load as loaded

        target = Target.of(url)
        run = RunFolder.open(run_dir)
        with rows_progress(Console(stderr=True), _("loading")) as progress:
            done = loaded(run, target, force=force, progress=progress)
    Console().print(_summary(done, target.name))


def _summary(done: Loaded, name: str) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for title in ("", _("added"), _("changed"), _("removed"), _("unchanged")):
        table.add_column(title, justify="right" if title else "left")
    for rows, change in done.tables.items():
        counts = (change.added, change.changed, change.removed, change.unchanged)
        table.add_row(rows, *map(str, counts))
    table.caption = Text(
        (_("tables made; ") if done.made else "")
        + (_("search of sentences without an index: {why}; ").format(why=done.search) if done.search else "")
        + _("loaded into {name}").format(name=name),
    )
    table.caption_justify = "left"
    return table
