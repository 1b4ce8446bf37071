"""``taizhang check``: a sound run passes; each damage to a copy of it is found by the check that is there for it."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from taizhang.check import CHECKS, check_run
from taizhang.cli import app
from taizhang.errors import RunFolderError
from taizhang.pipeline import shipped_pipeline
from taizhang.write.exact_json import dumps
from taizhang.write.manifest import digests

CASES = Path(__file__).parent / "cases"
FORMATS = "jsonl,csv,parquet,sqlite,duckdb,xlsx"
ARTICLES = {
    "a.txt": "青禾县改造路灯1200盏，其中城区300盏。\n2019年3月，昆明市第二批修路5公里、桥梁3至5座。",
    "b.txt": "太原市解决问题614个，惠及群众1.5万余人。",
    "c.txt": "群众十分满意。",
    "d.txt": "",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder with all formats and dumps, as the command writes it."""
    folder = tmp_path_factory.mktemp("run")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, "utf-8")
    inputs = [str(folder / name) for name in ARTICLES]
    words = ["run", *inputs, "--out", str(folder / "out"), "--format", FORMATS, "--debug"]
    assert CliRunner().invoke(app, words).exit_code == 1  # d.txt is empty
    return folder / "out"


@pytest.fixture
def copy(sound: Path, tmp_path: Path) -> Path:
    """A copy of it to be damaged."""
    shutil.copytree(sound, tmp_path / "out")
    return tmp_path / "out"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line, parse_float=Decimal) for line in path.read_text("utf-8").splitlines()]


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(dumps(row) + "\n" for row in rows), "utf-8")


def _sign(folder: Path) -> None:
    """Make the manifest's digests those of the files as they are now, so that only the content is at fault."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    names = [name for name in manifest["outputs"] if (folder / name).exists()]
    manifest["outputs"] |= digests(folder / name for name in names)
    (folder / "manifest.json").write_text(dumps(manifest), "utf-8")


def _set(row: Any, where: str, value: Any) -> None:
    *path, last = where.split(".")
    for step in path:
        row = row[int(step) if isinstance(row, list) else step]
    row[int(last) if isinstance(row, list) else last] = value


def _damage(folder: Path, case: dict[str, Any]) -> None:
    path = folder / case["file"]
    match case["how"]:
        case "set":
            rows = _lines(path)
            _set(rows[case["line"] - 1], case["field"], case["value"])
            _write(path, rows)
        case "set-json":
            content = json.loads(path.read_bytes())
            _set(content, case["field"], case["value"])
            path.write_text(dumps(content), "utf-8")
        case "drop":
            rows = _lines(path)
            del rows[case["line"] - 1]
            _write(path, rows)
        case "double":
            rows = _lines(path)
            _write(path, [*rows, rows[case["line"] - 1]])
        case "append":
            with path.open("a", encoding="utf-8") as file:
                file.write(case["text"])
        case "remove":
            path.unlink()
        case "make":
            path.write_text(case["text"], "utf-8")


def damages() -> list[Any]:
    with (CASES / "damages.toml").open("rb") as file:
        return [pytest.param(case, id=case["proves"]) for case in tomllib.load(file)["case"]]


def _faults(folder: Path) -> dict[str, list[str]]:
    report = check_run(folder, shipped_pipeline().rules)
    return {name: check.faults for name, check in report.checks.items() if check.count}


def test_a_sound_run_has_no_fault(sound: Path) -> None:
    report = check_run(sound, shipped_pipeline().rules)
    assert {name: check.faults for name, check in report.checks.items() if check.count} == {}
    assert list(report.checks) == list(CHECKS)
    assert all(check.compared > 0 and not check.skipped for check in report.checks.values())


@pytest.mark.parametrize("case", damages())
def test_a_damage_is_found(case: dict[str, Any], copy: Path) -> None:
    _damage(copy, case)
    if case.get("signed", True):
        _sign(copy)
    found = _faults(copy)
    assert case["check"] in found, found
    assert any(case["says"] in line for line in found[case["check"]]), found[case["check"]]


def test_every_check_has_a_damage() -> None:
    assert {param.values[0]["check"] for param in damages()} == set(CHECKS)


def test_formats_are_counted(copy: Path) -> None:
    rows = _lines(copy / "records.jsonl")
    manifest = json.loads((copy / "manifest.json").read_bytes())
    manifest["counts"]["stages"]["validate"]["records"] = len(rows) + 1
    (copy / "manifest.json").write_text(dumps(manifest), "utf-8")
    told = {line.partition(":")[0] for line in _faults(copy)["formats"]}
    assert told == {"records.csv", "records.parquet", "ledger.sqlite", "ledger.duckdb"}


def test_other_rules_are_said_and_values_left(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_bytes())
    manifest["ruleset"] = "0" * 64
    (copy / "manifest.json").write_text(dumps(manifest), "utf-8")
    report = check_run(copy, shipped_pipeline().rules)
    assert "--rules" in report["values"].skipped and report.good


def test_a_folder_without_a_run(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="expected a folder that taizhang run wrote"):
        check_run(tmp_path, shipped_pipeline().rules)


@pytest.mark.parametrize(
    ("damage", "code", "says"),
    [
        (lambda folder: None, 0, "values    ok"),
        (lambda folder: (folder / "records.csv").unlink(), 1, "files     1 FAULTS"),
        (lambda folder: (folder / "manifest.json").unlink(), 2, "taizhang: "),
    ],
)
def test_the_command_tells_by_its_exit_code(
    damage: Callable[[Path], object], code: int, says: str, copy: Path
) -> None:
    damage(copy)
    result = CliRunner().invoke(app, ["check", str(copy)])
    assert result.exit_code == code
    assert says in result.output


def test_dumps_without_lines_of_records_are_no_fault(tmp_path: Path) -> None:
    """A run of CSV alone has its records in no file that is read line by line; nothing is said to be left out."""
    (tmp_path / "a.txt").write_text(ARTICLES["a.txt"], "utf-8")
    words = ["run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--format", "csv", "--debug"]
    assert CliRunner().invoke(app, words).exit_code == 0
    report = check_run(tmp_path / "out", shipped_pipeline().rules)
    assert report.good, [check.faults for check in report.checks.values()]
    assert report["texts"].about.endswith("(the run wrote no records.jsonl)")


@pytest.mark.parametrize("tool", ["label-studio", "docbin"])
def test_an_export_in_the_folder_is_of_its_run(tool: str, copy: Path) -> None:
    assert CliRunner().invoke(app, ["export", str(copy), "--to", tool]).exit_code == 0
    assert check_run(copy, shipped_pipeline().rules).good
    path = next(path for path in (copy / tool).iterdir() if path.name != "export.json")
    path.write_bytes(path.read_bytes() + b" ")
    (fault,) = check_run(copy, shipped_pipeline().rules)["files"].faults
    assert fault.startswith(f"{tool}/{path.name}: SHA-256: expected")
