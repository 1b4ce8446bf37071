"""The commands' room: ``taizhang aggregate``."""

from __future__ import annotations

from typing import Annotated

import typer

from taizhang.cli.options import Rules, RunDir, chosen_formats, echo, faults_of_use
from taizhang.cli.run_options import Headers, HeadersIn
from taizhang.messages import _

EPILOG = "Example: taizhang aggregate out/ledger --level city"


By = Annotated[
    str, typer.Option("--by", metavar="NAMES", help="What parts the rows: place, year, indicator.")
]
Level = Annotated[
    str, typer.Option("--level", metavar="LEVEL", help="Gather places to province, city or county.")
]
Phases = Annotated[str, typer.Option("--phase", metavar="NAMES", help="Only these phases, joined by commas.")]
Indicators = Annotated[
    str, typer.Option("--indicator", metavar="IDS", help="Only these indicators, joined by commas.")
]
Unit = Annotated[
    str,
    typer.Option("--unit", metavar="UNIT", help="The unit of the values, such as 亩; else the base units."),
]
FormatNames = Annotated[
    str, typer.Option("--format", metavar="NAMES", help="Formats of the table: csv, xlsx, parquet.")
]
KeepCopies = Annotated[
    bool, typer.Option("--keep-copies", help="Count what copies of an article tell again, too.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace files of these names that no aggregate has written.")
]


def aggregate(  # noqa: PLR0913, PLR0917 - each option is an argument
    run_dir: RunDir,
    by: By = "place,year,indicator",
    level: Level = "",
    phase: Phases = "",
    indicator: Indicators = "",
    unit: Unit = "",
    formats: FormatNames = "csv",
    headers: HeadersIn = Headers.en,
    keep_copies: KeepCopies = False,
    force: Force = False,
    rules: Rules = None,
) -> None:
    """Add up the records in RUN_DIR to one row for each place, year, indicator, phase and unit.

    RUN_DIR gets aggregate.csv (or .xlsx, .parquet): value, lowest and highest, how many records, facts and articles
    it was made of, contradictions, the year before and the change to it, and the quotes and sources. Each fact counts
    once; percentages are never added up, nor a part to its total, a county to its city, a month to its year. The
    facts of taizhang merge are used where they are. Needs the extra duckdb; xlsx and parquet, that of their name.
    Exit code: 0, or 2 where RUN_DIR or the command is not what it should be.
    """
    from taizhang.aggregates.aggregate import Question, answers
    from taizhang.aggregates.files import AGGREGATE_FORMATS, write_aggregate
    from taizhang.rules import RuleSet
    from taizhang.run.folder import RunFolder

    chosen = chosen_formats(formats, AGGREGATE_FORMATS)
    question = Question(_names(by), level, _names(phase), _names(indicator), unit, keep_copies)
    with faults_of_use():
        folder = RunFolder.open(run_dir)
        rows = list(answers(folder, RuleSet(rules or ()), question))
        paths = write_aggregate(folder.path, rows, chosen, chinese=headers is Headers.zh, force=force)
    disputed = sum(bool(row.contradictions) for row in rows)
    figures = _("{rows} rows, {valued} with a value, {disputed} with contradictions")
    echo(
        [figures.format(rows=len(rows), valued=sum(row.value is not None for row in rows), disputed=disputed)]
    )
    echo(str(path) for path in paths)


def _names(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in written.split(",") if name.strip()))
