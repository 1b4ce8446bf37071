"""The commands' room: ``taizhang explain``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

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
    pipeline_of,
)
from taizhang.messages import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from taizhang.show.numbers import Number

EPILOG = "Example: taizhang explain report.txt --number 3"


NumberAsked = Annotated[
    int | None, typer.Option("--number", metavar="N", min=1, help="Which number of the text.")
]
All = Annotated[
    bool, typer.Option("--all", help="Also list the numbers of the markup, which are not in the text.")
]


def explain(  # noqa: PLR0913, PLR0917 - each option is an argument
    file: File,
    number: NumberAsked = None,
    all_: All = False,
    fields: Fields = "",
    limits: LimitsText = "",
    rules: Rules = None,
) -> None:
    """Say how one number of FILE was read: which rule filled each field, or why it is no record.

    Without --number: all numbers of the text, a line each, and how many the markup has.
    """
    from taizhang.read import articles
    from taizhang.records import Rejection
    from taizhang.show import explain as explained
    from taizhang.show import numbers, overview

    seen = unread = 0
    with faults_of_use():
        pipeline = pipeline_of(rules)
        for article in articles([file], pipeline.rules, limits_of(limits), pairs(fields, "--fields")):
            if isinstance(article, Rejection):
                typer.echo(not_read(article), err=True)
                unread += 1
                continue
            trace = pipeline.run(article)
            found = numbers(trace)
            if number is None:
                typer.echo(_counted(article.document.id, found, all_))
                echo(overview(trace, seen + 1, whole=all_))
            elif number <= seen + len(found):
                echo(explained(trace, found[number - seen - 1]))
                return
            seen += len(found)
    if number is not None and not unread:
        _refuse_number(number, seen, file)
    raise typer.Exit(SOME_UNREAD if unread else 0)


def _refuse_number(number: int, seen: int, file: Path) -> NoReturn:
    """There is no such number among those of the file."""
    if seen:
        raise typer.BadParameter(f"{file} has {seen} numbers: expected 1 to {seen}, got {number}")
    raise typer.BadParameter(f"{file} has no numbers: expected no --number, got {number}")


def _counted(article: str, found: Sequence[Number], whole: bool) -> str:
    """How many numbers the article's text has, and its markup, where that is not listed."""
    within = sum(number.in_text for number in found)
    outside = len(found) - within
    if whole or not outside:
        return _("{article}: {count} numbers").format(article=article, count=len(found))
    text = _("{article}: {count} numbers, and {outside} in the markup (--all lists them)")
    return text.format(article=article, count=within, outside=outside)
