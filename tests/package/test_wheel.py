"""The wheel in an empty environment of each other Python: it installs, and the program works without the checkout.

On this Python test_newcomer.py installs the same dependencies into an empty environment, and asks pip about them.
"""

from __future__ import annotations

import json
import sys
import tomllib
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
TRIED = ("3.11", "3.12", "3.13")
THIS = "{}.{}".format(*sys.version_info)
OTHERS = [number for number in TRIED if number != THIS]
SMOKE = "import taizhang; print(*(f'{r.place.code} {r.value}' for r in taizhang.extract('太原市修桥7座。').records))"
LISTED = "from importlib.metadata import distributions as d; print(*(each.metadata['Name'].lower() for each in d()))"

Do = Callable[..., str]


@pytest.fixture(scope="module")
def wheel(pip_works: None, do: Do, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source archive as an index would have it."""
    folder = tmp_path_factory.mktemp("dist")
    do(
        sys.executable,
        "-m",
        "build",
        "--outdir",
        folder,
        TOP,
        cwd=folder,
        PIP_CONSTRAINT=str(TOP / "constraints.txt"),
    )
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_the_rules_and_the_schemas_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name.partition("/")[2] for name in names}
    for folder in ("rules", "schemas"):
        files = [p for p in (TOP / folder).rglob("*") if p.is_file()]
        assert {p.relative_to(TOP).as_posix() for p in files} <= inside
    assert {name.partition("/")[0] for name in names} == {
        "taizhang",
        f"taizhang-{PROJECT['version']}.dist-info",
    }


def test_the_classifiers_are_the_pythons_that_are_tried() -> None:
    said = [
        c.rpartition(" ")[2]
        for c in PROJECT["classifiers"]
        if c.startswith("Programming Language :: Python :: 3.")
    ]
    assert said == list(TRIED)
    assert "urls" not in PROJECT, "there is none"


@pytest.mark.parametrize("number", OTHERS)
def test_it_works_in_an_empty_environment(
    number: str, wheel: Path, python: Callable[[str], str], do: Do, tmp_path: Path
) -> None:
    """On one Python the report, the check and the Chinese messages are tried, too, which are the same files on each."""
    do(python(number), "-m", "venv", "env", cwd=tmp_path)
    own = tmp_path / "env" / "bin"
    do(own / "python", "-m", "pip", "install", "-c", TOP / "constraints.txt", wheel, cwd=tmp_path)
    # As pipx and uvx run it: the script by its path, its environment not entered.
    assert do(own / "taizhang", "--version", cwd=tmp_path).startswith(
        f"taizhang {version('taizhang')} (Python {number}."
    )
    (tmp_path / "a.txt").write_text("太原市排查隐患12处，整改10处。\n", "utf-8")
    kept = ("--format", "jsonl,csv,sqlite", "--debug")
    do(own / "taizhang", "run", "a.txt", "--out", "ledger", *kept, cwd=tmp_path)
    rows = (tmp_path / "ledger" / "records.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(row)["place"]["code"] for row in rows] == ["140100", "140100"]
    assert do(own / "python", "-c", SMOKE, cwd=tmp_path) == "140100 7\n"
    listed = set(do(own / "python", "-c", LISTED, cwd=tmp_path).split())
    assert {"pytest", "duckdb", "pyarrow"} & listed == set()
    do(own / "python", "-m", "pip", "check", cwd=tmp_path)
    if number == OTHERS[0]:
        _try_further(own, do, tmp_path)


def _try_further(own: Path, do: Do, folder: Path) -> None:
    do(own / "taizhang", "report", "ledger", cwd=folder)
    do(own / "taizhang", "check", "ledger", cwd=folder)
    assert "用法" in do(own / "taizhang", "--help", cwd=folder, LC_ALL="zh_CN.UTF-8")
