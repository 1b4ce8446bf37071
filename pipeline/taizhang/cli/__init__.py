"""The commands' room. What takes long to import is imported inside the command that needs it."""

from __future__ import annotations

from typing import Annotated

import typer

from taizhang.cli import (
    aggregate,
    check,
    clean,
    diff,
    evaluate,
    explain,
    export,
    import_gold,
    indicators,
    load,
    merge,
    report,
    rules,
    run,
)
from taizhang.cli.process import guarded
from taizhang.cli.spoken import Command, SpokenGroup
from taizhang.cli.version import told_version

app = typer.Typer(
    cls=SpokenGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich would take longer to import than all the rest of the help to show
    pretty_exceptions_enable=False,
    help="Reads Chinese news and work reports and writes the ledger: every quantity as one typed record.",
    epilog="Example: taizhang run seeds --out out/ledger",
)


@app.callback()
def taizhang(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=told_version, help="Show the version and exit."),
    ] = False,
) -> None:
    """What holds for all commands; its help is that of ``app``."""


app.command(cls=Command, epilog=run.EPILOG)(run.run)
app.command(cls=Command, epilog=check.EPILOG)(check.check)
app.command(cls=Command, epilog=clean.EPILOG)(clean.clean)
app.command(cls=Command, epilog=explain.EPILOG)(explain.explain)
app.command(cls=Command, epilog=evaluate.EPILOG)(evaluate.evaluate)
app.command(cls=Command, epilog=merge.EPILOG)(merge.merge)
app.command(cls=Command, epilog=aggregate.EPILOG)(aggregate.aggregate)
app.add_typer(indicators.indicators, name="indicators")
app.command(cls=Command, epilog=diff.EPILOG)(diff.diff)
app.command(cls=Command, epilog=export.EPILOG)(export.export)
app.command("import", cls=Command, epilog=import_gold.EPILOG)(import_gold.import_gold)
app.command(cls=Command, epilog=load.EPILOG)(load.load)
app.command(cls=Command, epilog=report.EPILOG)(report.report)
app.add_typer(rules.app, name="rules")


def main() -> None:
    """The entry point of the ``taizhang`` command."""
    guarded(app)
