"""The commands' room: ``taizhang indicators suggest`` and ``taizhang indicators list``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.options import Rules, RunDir, echo, faults_of_use
from taizhang.cli.spoken import Command, SpokenGroup

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from taizhang.indicators.suggest import Suggestion

EPILOG = "Example: taizhang indicators suggest out/ledger --most 20"

indicators = typer.Typer(
    cls=SpokenGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="What is the same thing said in many ways.",
)


@indicators.command(cls=Command, epilog=EPILOG)
def suggest(
    run_dir: RunDir,
    most: Annotated[
        int, typer.Option("--most", min=1, metavar="N", help="Suggestions that are listed.")
    ] = 50,
    least: Annotated[
        int, typer.Option("--least", min=1, metavar="N", help="Records that one must have.")
    ] = 2,
    rules: Rules = None,
) -> None:
    """List the most frequent metrics in RUN_DIR that have no indicator, likely equal ones together.

    A line has the number of records, the kind, units and phases, and the wordings: what a row of indicators.tsv in a
    folder of your own (--rules DIR) is made of. Exit code: 0, or 2 where RUN_DIR is not what it should be.
    """
    from itertools import islice

    from taizhang.indicators.suggest import suggestions
    from taizhang.rules import RuleSet
    from taizhang.run.folder import RECORDS, RunFolder, rows

    with faults_of_use():
        folder = RunFolder.open(run_dir)
        found = list(islice(suggestions(rows(folder.file(RECORDS)), RuleSet(rules or ()), least), most))
    echo(map(_line, found))


@indicators.command("list", cls=Command, epilog="Example: taizhang indicators list --rules my-rules")
def list_(rules: Rules = None) -> None:
    """List all indicators: id, Chinese and English name, kinds and units, parted by tabs."""
    from taizhang.indicators import Indicators
    from taizhang.rules import RuleSet

    with faults_of_use():
        known = Indicators.of(RuleSet(rules or ())).known
    echo("\t".join((i.id, i.zh, i.en, ",".join(i.kinds), " ".join(i.units))) for i in known.values())


def _line(suggestion: Suggestion) -> str:
    told = (suggestion.units, suggestion.phases, suggestion.names)
    return "\t".join(
        (str(suggestion.records), suggestion.kind, *(" ".join(_most(counter)) for counter in told))
    )


def _most(counter: Counter[str]) -> Iterator[str]:
    for name, count in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:5]:
        yield f"{name or '-'}({count})"
