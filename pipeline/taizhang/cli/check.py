"""The commands' room: ``taizhang check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.options import Rules, echo, faults_of_use, pipeline_of
from taizhang.messages import _, spoken, told, wide

if TYPE_CHECKING:
    from taizhang.check import Check, CheckReport

EPILOG = "Example: taizhang check ledger"
FAULTS = 1
_WIDTH = 9  # of the column of names
_EVERY = 20_000  # lines between two reports of progress


def check(
    run_dir: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="A folder that taizhang run wrote.")],
    rules: Rules = None,
) -> None:
    """Check that the ledger in RUN_DIR is whole and balances.

    Files are held against the manifest's SHA-256 and counts; articles, numerals, ids, totals, spans and values against
    each other. A fault is a line: file, line, field, what was expected, what was got. The rules must be those of the
    run for its values to be read again. Exit code: 0 when all holds, 1 when something does not, 2 when RUN_DIR has no
    finished run.
    """
    from rich.console import Console

    from taizhang.check import check_run

    console = Console(stderr=True)
    last = 0

    def reached(name: str, number: int) -> None:
        nonlocal last
        if number < last or number - last >= _EVERY:
            last = number
            status.update(_("{name}: {number} lines").format(name=name, number=number))

    with faults_of_use(), console.status("") as status:
        report = check_run(run_dir, pipeline_of(rules).rules, reached)
    echo(_lines(report))
    raise typer.Exit(0 if report.good else FAULTS)


def _lines(report: CheckReport) -> list[str]:
    lines = []
    width = _WIDTH if spoken() == "en" else _WIDTH + 5  # for two characters and a blank
    for check in report.checks.values():
        count = _("{count} FAULTS").format(count=check.count)
        state = count if check.count else (_("skipped") if check.skipped else _("ok"))
        about = check.skipped or check.about
        lines.append(f"{wide(_name(check), width)} {wide(state, 10)} {check.compared:>9}  {about}")
    for check in report.checks.values():
        faults = [told(fault) for fault in check.faults]
        if check.count > len(check.faults):
            faults.append(_("and {count} more").format(count=check.count - len(check.faults)))
        lines += [_("{check}: {fault}").format(check=_name(check), fault=fault) for fault in faults]
    return lines


def _name(check: Check) -> str:
    """What a check is called; its name, as the pages have it, stays in sight."""
    said = _(check.name)
    return check.name if spoken() == "en" else f"{said} {check.name}"
