"""The formats by the command: headers in Chinese, and a missing library as a fault of use before anything is read."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.write.columns import RECORD_COLUMNS, SHORT_COLUMNS
from taizhang.write.fields import chinese_headers


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text("太原市解决问题614个。", "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ([], tuple(c.name for c in SHORT_COLUMNS)),
        (["--headers", "zh"], chinese_headers(SHORT_COLUMNS)),
        (["--columns", "all"], tuple(c.name for c in RECORD_COLUMNS)),
        (["--columns", "all", "--headers", "zh"], chinese_headers(RECORD_COLUMNS)),
    ],
    ids=["names", "chinese", "all", "all-chinese"],
)
def test_headers(option: list[str], expected: tuple[str, ...], report: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(app, ["run", report, "--out", str(out), "--format", "csv,xlsx", *option])
    assert done.exit_code == 0, done.output
    with (out / "records.csv").open(encoding="utf-8-sig", newline="") as rows:
        assert tuple(next(csv.reader(rows))) == expected
    sheet = openpyxl.load_workbook(out / "records.xlsx")["records"]
    assert tuple(cell.value for cell in sheet[1]) == expected


@pytest.mark.fault(
    "Rules and packages",
    "the library of an output format is not installed",
    made="`--format jsonl,xlsx` in a Python that finds no xlsxwriter",
    guard="write/extras.py: needed",
)
def test_a_missing_extra_is_named(
    report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happened: Callable[[str], None]
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)  # type: ignore[arg-type]
    out = tmp_path / "out"
    done = CliRunner().invoke(app, ["run", report, "--out", str(out), "--format", "jsonl,xlsx"])
    assert done.exit_code == 2
    assert "pip install '.[xlsx]'" in done.output
    assert not (out / "records.jsonl").exists()
    assert not (out / "manifest.json").exists()
    happened("exit code 2 and the command that installs it; no file of the ledger is there")
