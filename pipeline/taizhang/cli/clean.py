"""The commands' room: ``taizhang clean``."""

from __future__ import annotations

from typing import Annotated

import typer

from taizhang.cli.options import (
    SOME_UNREAD,
    Fields,
    File,
    LimitsText,
    Rules,
    echo,
    faults_of_use,
    limits_of,
    not_read,
    pairs,
)

EPILOG = "Example: taizhang clean page.html --explain"


def clean(
    file: File,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the list of fixes with their places instead.")
    ] = False,
    fields: Fields = "",
    limits: LimitsText = "",
    rules: Rules = None,
) -> None:
    """Print the clean text of FILE, or what cleaning did to it."""
    from taizhang.clean import clean as cleaned
    from taizhang.read import articles
    from taizhang.records import Rejection
    from taizhang.rules import RuleSet
    from taizhang.show.fixes import fixes

    unread = False
    with faults_of_use():
        known = RuleSet(rules or ())
        for found in articles([file], known, limits_of(limits), pairs(fields, "--fields")):
            if isinstance(found, Rejection):
                typer.echo(not_read(found), err=True)
                unread = True
            else:
                result = cleaned(found, known)
                echo(fixes(result) if explain else [result.text])
    raise typer.Exit(SOME_UNREAD if unread else 0)
