"""What the tests of the report share: a browser, the seeds' report, the records that it must show."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the helpers beside this file

from browser import Shown, chromium

from taizhang.report import write_report
from taizhang.rules import RuleSet
from taizhang.run.folder import RunFolder
from taizhang.run.whole import whole_rejects

Rows = list[dict[str, Any]]


def _rows(path: Path) -> Rows:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def run(seed_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the seeds' run folder, with its debug dumps and its report."""
    folder = tmp_path_factory.mktemp("report") / "run"
    shutil.copytree(seed_ledger, folder)
    write_report(folder)
    return folder


@pytest.fixture(scope="session")
def records(run: Path) -> Rows:
    return _rows(run / "records.jsonl")


@pytest.fixture(scope="session")
def rejects(run: Path) -> Rows:
    """Every rejection with its article and its sentence."""
    return [reject.model_dump(mode="json") for reject in whole_rejects(RunFolder.open(run), RuleSet())]


@pytest.fixture(scope="session")
def listed(rejects: Rows) -> Rows:
    """Those that stand in the text, which the page lists; the others it counts."""
    return [row for row in rejects if row["span"]["start"] < row["span"]["end"]]


@pytest.fixture(scope="session")
def texts(run: Path) -> dict[str, str]:
    """The articles' clean texts by their ids."""
    return {row["document"]["id"]: row["text"] for row in _rows(run / "documents.jsonl")}


@pytest.fixture
def shown(browser: Any, run: Path) -> Iterator[Shown]:
    """The seeds' report in a wide window and in Chinese; nothing may have gone to the console in the end."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = Shown.open(context, run / "report.html")
    yield page
    context.close()
    assert page.console == []
