"""The commands' room: ``taizhang evaluate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.cells import cell_len

from taizhang.cli.options import echo, faults_of_use
from taizhang.messages import _
from taizhang.messages.columns import wide

if TYPE_CHECKING:
    from taizhang.evaluate import Score

EPILOG = "Example: taizhang evaluate tests/gold out/ledger/records.jsonl --show"


def evaluate(
    gold_dir: Annotated[
        Path,
        typer.Argument(exists=True, file_okay=False, metavar="GOLD_DIR", help="One ID.jsonl a document."),
    ],
    records: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, metavar="RECORDS", help="A records.jsonl.")
    ],
    only: Annotated[str, typer.Option(metavar="IDS", help="Ids of gold files, joined by commas.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Also print what was not right, a line each.")] = False,
) -> None:
    """Score RECORDS, and the rejects.jsonl beside it, against the gold files in GOLD_DIR."""
    from taizhang.evaluate import evaluate as score

    with faults_of_use():
        result = score(gold_dir, records, [name for name in only.split(",") if name])
    if show:
        echo(result.faults)
    if as_json:
        typer.echo(json.dumps(result.as_json(), ensure_ascii=False))
    else:
        echo(_table(result))


def _table(score: Score) -> list[str]:
    from taizhang.evaluate import FIELDS
    from taizhang.messages.codes import named

    counts = score.counts
    lines = [
        _("{documents} documents, {gold} gold records, {program} program records").format(
            documents=score.documents, gold=counts["gold"], program=counts["program"]
        )
    ]
    rates = {named("score", name): score.rate(name) for name in ("found", "quantity", "record", "part_of")}
    width = max(9, *map(cell_len, rates))
    for name, rate in rates.items():
        counted = f"P {rate.precision:.3f}  R {rate.recall:.3f}  F1 {rate.f1:.3f}"
        lines.append(f"{wide(name, width)} {counted}")
    shares = "  ".join(f"{named('score', name)} {score.share(name):.3f}" for name in FIELDS)
    lines.append(_("right among the {count} found: {shares}").format(count=counts["found"], shares=shares))
    if total := counts["rejected gold"]:
        share, reason = counts["rejected"] / total, counts["rejected reason"] / total
        text = _(
            "rejected  {share:.3f} of {total} numbers that are no records, {reason:.3f} with gold's reason"
        )
        lines.append(text.format(share=share, total=total, reason=reason))
    return lines
