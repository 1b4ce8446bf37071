"""The commands' room: ``taizhang merge``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.options import Rules, RunDir, chosen_formats, echo, faults_of_use
from taizhang.messages import _, wide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taizhang.merge import Merged

EPILOG = "Example: taizhang merge out/ledger --format jsonl,csv"


def merge(
    run_dir: RunDir,
    formats: Annotated[
        str, typer.Option("--format", metavar="NAMES", help="Formats of the facts: jsonl, csv, parquet.")
    ] = "jsonl",
    force: Annotated[
        bool, typer.Option("--force", help="Replace files of these names that no merge has written.")
    ] = False,
    rules: Rules = None,
) -> None:
    """Link the records in RUN_DIR that tell the same fact, and write the facts beside them.

    RUN_DIR gets facts.jsonl (each fact with its sources, when it was first and last seen, and the facts that
    contradict it) or the tables facts and fact_sources, and merge.json. Nothing is dropped: each record is a
    source of exactly one fact. Needs the extra duckdb; parquet, that of its name. Exit code: 0, or 2 where
    RUN_DIR or the command is not what it should be.
    """
    from taizhang.merge import merge as merged
    from taizhang.merge.files import FACT_FORMATS
    from taizhang.rules import RuleSet
    from taizhang.run.folder import RunFolder

    chosen = chosen_formats(formats, FACT_FORMATS)
    with faults_of_use():
        told = merged(RunFolder.open(run_dir), RuleSet(rules or ()), chosen, force=force)
    echo(_summary(told))


def _summary(merged: Merged) -> Iterator[str]:
    records = _("{records} in {documents} documents")
    yield wide(_("records"), 12) + records.format(records=merged.records, documents=merged.documents)
    facts = _("{facts}, {shared} of them told by several documents")
    yield wide(_("facts"), 12) + facts.format(facts=merged.facts, shared=merged.shared)
    yield wide(_("conflicting"), 12) + str(merged.conflicting)
    for rule, count in sorted(merged.links.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"  {count:>7} {rule}"
