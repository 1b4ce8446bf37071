"""The commands' room: ``taizhang explain``."""

from __future__ import annotations

from typing import Annotated

import typer

from taizhang.cli.options import SOME_UNREAD, File, Rules, echo, faults_of_use, not_read, pipeline_of
from taizhang.messages import _

EPILOG = "Example: taizhang explain report.txt --number 3"


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
    with faults_of_use():
        pipeline = pipeline_of(rules)
        for article in articles([file], pipeline.rules):
            if isinstance(article, Rejection):
                typer.echo(not_read(article), err=True)
                unread += 1
                continue
            trace = pipeline.run(article)
            found = numbers(trace)
            if number is None:
                typer.echo(
                    _("{article}: {count} numbers").format(article=article.document.id, count=len(found))
                )
                echo(overview(trace, seen + 1))
            elif number <= seen + len(found):
                echo(explained(trace, found[number - seen - 1]))
                return
            seen += len(found)
    if number is not None and not unread:
        if seen:
            raise typer.BadParameter(f"{file} has {seen} numbers: expected 1 to {seen}, got {number}")
        raise typer.BadParameter(f"{file} has no numbers: expected no --number, got {number}")
    raise typer.Exit(SOME_UNREAD if unread else 0)
