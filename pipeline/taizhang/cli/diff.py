"""The commands' room: ``taizhang diff``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.options import echo, faults_of_use
from taizhang.messages import _, wide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taizhang.diff import Inputs, Summary

EPILOG = "Example: taizhang diff out/before out/after --json"
DIFFERENT = 1


def diff(
    run_a: Annotated[Path, typer.Argument(metavar="RUN_A", help="A folder that taizhang run wrote.")],
    run_b: Annotated[Path, typer.Argument(metavar="RUN_B", help="Another one, of the same articles.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON Lines: each difference, then the summary.")
    ] = False,
    show: Annotated[
        int, typer.Option("--show", metavar="N", min=0, help="Examples of each group of differences.")
    ] = 3,
) -> None:
    """Show which records RUN_B has more, less or other than RUN_A, by the ids of the rules.

    Numbers are matched by article and by where they stand in its source text. An article of one run alone, or whose
    text is another one, is told and not compared. Exit code: 0 when both are the same, 1 when not, 2 for wrong usage.
    """
    from taizhang.diff import Inputs, Summary, differences
    from taizhang.run.folder import RunFolder
    from taizhang.write.exact_json import dumps

    with faults_of_use():
        old, new = RunFolder.open(run_a), RunFolder.open(run_b)
        inputs = Inputs.of(old, new)
        summary = Summary(inputs, show)
        for _name, records, found in differences(old, new, inputs.both):
            summary.add(records, found)
            if as_json:
                echo(dumps(difference.as_json()) for difference in found)
    if as_json:
        echo(dumps(line) for line in (*_alone(inputs), summary.as_json()))
    else:
        echo(_lines(summary))
    raise typer.Exit(0 if summary.same else DIFFERENT)


def _alone(inputs: Inputs) -> Iterator[dict[str, str]]:
    for what in ("only_old", "only_new", "other_text"):
        yield from ({"what": what, "document": name} for name in getattr(inputs, what))


def _lines(summary: Summary) -> Iterator[str]:
    inputs = summary.inputs
    yield wide(_("documents"), 11) + _("{count} in both").format(count=len(inputs.both))
    for names, told in (
        (inputs.only_old, _("{count} only in the first run, not compared")),
        (inputs.only_new, _("{count} only in the second run, not compared")),
        (inputs.other_text, _("{count} with another text, not compared")),
    ):
        if names:
            shown = f"{', '.join(names[:5])}{' ...' if len(names) > 5 else ''}"
            yield "           " + _("{what}: {names}").format(what=told.format(count=len(names)), names=shown)
    whats = {"added": _("added"), "dropped": _("dropped"), "altered": _("altered")}
    counts = (f"{summary.counts[what]} {said}" for what, said in whats.items())
    yield wide(_("records"), 11) + _(", ").join(counts)
    for (what, field, old, new), count in summary.sorted():
        yield f"{count:>7} {whats[what]} {field}: {old} -> {new}"
        yield from (f"          {example}" for example in summary.shown[what, field, old, new])
