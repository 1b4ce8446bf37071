"""The commands' room: ``taizhang rules``: which rules know a word, are they in order, do a user's own work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from taizhang.cli.options import Rules, echo, faults_of_use
from taizhang.cli.spoken import Command, SpokenGroup
from taizhang.messages import _, told

FAULTS = 1

app = typer.Typer(
    cls=SpokenGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Look into the rules, and check rules of your own.",
    epilog="Example: taizhang rules check myrules",
)


@app.command(cls=Command, epilog="Example: taizhang rules check myrules")
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of rules of your own.")],
) -> None:
    """Check the rules in DIR: load them over the shipped ones and run their examples.

    A fault is a line that says file, rule, what was expected and what was got. Words that take the place of shipped
    ones are told, too. Exit code: 0 when all is well, 1 when something is not, 2 when DIR cannot be read.
    """
    from taizhang.rulebook.check import check_folder

    with faults_of_use():
        found = check_folder(folder)
    echo(map(told, [*found.faults, *found.notes]))
    if found.faults:
        typer.echo(_("{count} faults").format(count=len(found.faults)))
        raise typer.Exit(FAULTS)
    typer.echo(
        _("{rules} rules, {examples} examples run, {words} words: no fault").format(
            rules=found.rules, examples=found.examples, words=found.words
        )
    )
    if found.idle:
        typer.echo(_("{idle} rules have examples that cannot be run by themselves").format(idle=found.idle))


@app.command(cls=Command, epilog="Example: taizhang rules where 走访")
def where(
    word: Annotated[str, typer.Argument(metavar="WORD", help="A word as it is written.")],
    rules: Rules = None,
) -> None:
    """Show which files, lines and rules know WORD, and what they say of it.

    Exit code: 0 when something knows it, 1 when nothing does.
    """
    from taizhang.rulebook.where import where as search
    from taizhang.rules import RuleSet

    with faults_of_use():
        found = list(search(word, RuleSet(rules or ())))
    echo(f"{k.path}:{k.line}: {told(k.says)}" if k.line else f"{k.path}: {told(k.says)}" for k in found)
    if not found:
        typer.echo(_("nothing knows {word}").format(word=word))
        raise typer.Exit(FAULTS)


@app.command(cls=Command, epilog="Example: taizhang rules lint --texts tests --texts seeds")
def lint(
    texts: Annotated[
        list[Path] | None,
        typer.Option("--texts", metavar="PATH", help="Texts, tests and examples that use the words."),
    ] = None,
    rules: Rules = None,
) -> None:
    """Check that the word tables are sorted, without doubles, and that every line can be reached and is used.

    Use is asked for only with --texts. Exit code: 0 when all is in order, 1 when something is not.
    """
    from taizhang.rulebook.lint import Lint
    from taizhang.rules import RuleSet

    with faults_of_use():
        faults = list(Lint(RuleSet(rules or ()), tuple(texts or ())).faults())
    echo(f"{fault.path}:{fault.line}: {told(fault.detail)}" for fault in faults)
    if faults:
        raise typer.Exit(FAULTS)
