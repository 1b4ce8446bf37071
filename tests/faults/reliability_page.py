"""The faults that tests make for real, as the table of docs/reliability.md: the tests write it and guard it.

A test that makes a fault carries the mark ``fault`` and tells through the fixture ``happened`` what it saw:

    @pytest.mark.fault("Disk", "the disk is full", made="a tmpfs of 1 MiB", guard="run/ledger.py: write_ledger")
    def test_a_full_disk(tmp_path, happened):
        ...
        happened(f"exit code {code}: “{message}”; the files of the run before are untouched")

Where the test passes, what it told must be what the page says; ``make reliability`` writes the page anew.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PAGE = TOP / "docs" / "reliability.md"
# The sections of the page, in order; a new one needs a line here and its heading in the page.
AREAS = ("Disk", "Processes", "Surroundings", "Rules and packages", "Determinism", "Hostile input", "Time")
BEGIN, END = "<!-- rows: {} -->", "<!-- end -->"
HEAD = "| fault | how it is made | what happened | what stands against it | test |\n| --- | --- | --- | --- | --- |"
_WRITE = "--write-reliability"
_TEST = re.compile(r"\[(\w+)\]\(\.\./([\w/.]+)\) \|$")


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the page."""

    area: str
    name: str
    made: str
    guard: str
    test: str
    happened: str = ""

    @classmethod
    def of(cls, item: pytest.Item) -> Fault | None:
        """The fault that ``item`` is marked with.

        Raises:
            pytest.UsageError: the mark does not say what it should.
        """
        mark = item.get_closest_marker("fault")
        if mark is None:
            return None
        if len(mark.args) != 2 or mark.args[0] not in AREAS or set(mark.kwargs) != {"made", "guard"}:
            raise pytest.UsageError(
                f"{item.nodeid}: expected fault(AREA, NAME, made=…, guard=…) with an area of {', '.join(AREAS)}, "
                f"got {mark.args} {mark.kwargs}"
            )
        test = item.nodeid.partition("[")[0]
        return cls(mark.args[0], mark.args[1], mark.kwargs["made"], mark.kwargs["guard"], test)

    def row(self) -> str:
        """The row as it stands in the page."""
        path, _, function = self.test.partition("::")
        cells = self.name, self.made, self.happened, self.guard, f"[{function}](../{path})"
        return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


ROWS = pytest.StashKey[dict[tuple[str, str], Fault]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(_WRITE, action="store_true", help="write docs/reliability.md from the tests that pass")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "fault(area, name, made, guard): makes a fault; see reliability_page.py"
    )
    config.stash[ROWS] = {}


@pytest.fixture
def happened(request: pytest.FixtureRequest) -> Iterator[Callable[[str], None]]:
    """Tells what the fault led to, in words that are the same on every machine; called once all is asserted."""
    fault = Fault.of(request.node)
    assert fault, "the fixture `happened` is for tests with the mark `fault`"
    told: list[str] = []
    yield told.append
    report = getattr(request.node, "fault_report", None)
    if report is None or not report.passed:
        return
    assert len(told) == 1, "a test with the mark `fault` says exactly once what happened"
    seen = Fault(fault.area, fault.name, fault.made, fault.guard, fault.test, told[0])
    rows = request.config.stash[ROWS]
    before = rows.setdefault((seen.area, seen.name), seen)
    assert before == seen, f"two tests say different things of one fault: {before} and {seen}"
    if not request.config.getoption(_WRITE):
        assert seen.row() in rows_of(seen.area), f"{PAGE.name} says otherwise: make reliability\n{seen.row()}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.fault_report = report
        marked = item.get_closest_marker("fault") is not None
        if marked and report.passed and "happened" not in getattr(item, "fixturenames", ()):
            report.outcome, report.longrepr = "failed", f"{item.nodeid}: marked `fault` without `happened`"
    return report


def rows_of(area: str) -> list[str]:
    """The rows of one section as the page has them."""
    begin = BEGIN.format(area)
    body = PAGE.read_text("utf-8").partition(begin)[2].partition(END)[0]
    return body.strip().splitlines()[2:]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the page; the row of a test that could not run here, or was not asked for, stays as it was."""
    if not session.config.getoption(_WRITE) or exitstatus != pytest.ExitCode.OK:
        return
    seen = session.config.stash[ROWS]
    page = PAGE.read_text("utf-8")
    for area in AREAS:
        rows = {_name(row): row for row in rows_of(area) if _stands(row)}
        rows |= {fault.name: fault.row() for fault in seen.values() if fault.area == area}
        before, begin, rest = page.partition(BEGIN.format(area))
        _, end, after = rest.partition(END)
        assert begin, f"{PAGE.name} has no {BEGIN.format(area)}"
        assert end, f"{PAGE.name} has no {END} after {begin}"
        body = "".join(f"{rows[name]}\n" for name in sorted(rows))
        page = f"{before}{begin}\n{HEAD}\n{body}{end}{after}"
    PAGE.write_text(page, "utf-8")


def _name(row: str) -> str:
    return row.split(" | ", maxsplit=1)[0].removeprefix("| ")


def _stands(row: str) -> bool:
    """Whether the test that a row names is there and makes the row's fault."""
    name, path = _TEST.search(row).groups()
    if not (TOP / path).is_file():
        return False
    source = (TOP / path).read_text("utf-8")
    defined = {node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    return name in defined and _name(row) in source


def rows_without_a_test() -> list[str]:
    """Rows of the page that no test makes any more."""
    return [row for area in AREAS for row in rows_of(area) if not _stands(row)]
