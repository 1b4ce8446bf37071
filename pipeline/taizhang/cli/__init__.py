"""The commands' room. What takes long to import is imported inside the command that needs it."""

from __future__ import annotations

import io
import sys

import typer

from taizhang.cli import clean, evaluate, explain, run
from taizhang.cli.spoken import Command, Group

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Reads Chinese news and work reports and writes the ledger: every quantity as one typed record.",
    epilog="Example: taizhang run seeds --out out/ledger",
)
app.command(cls=Command, epilog=run.EPILOG)(run.run)
app.command(cls=Command, epilog=clean.EPILOG)(clean.clean)
app.command(cls=Command, epilog=explain.EPILOG)(explain.explain)
app.command(cls=Command, epilog=evaluate.EPILOG)(evaluate.evaluate)


def main() -> None:
    """The entry point of the ``taizhang`` command."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal that lacks a character shows its code instead
        sys.stdout.reconfigure(errors="backslashreplace")
    app()
