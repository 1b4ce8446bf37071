"""What a newcomer does, for real: a clean clone, `make run`, then the tutorial line by line with what that set up."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
BLOCK = re.compile(r"(<!-- not run: .+? -->\n\n?)?```(\w+)\n(.*?)```", re.DOTALL)
SHOWN = {"LC_ALL": "C.UTF-8", "LANGUAGE": "", "COLUMNS": "200"}  # in which the output is as on the page
LARGEST = 450  # MB of the environment that `make run` makes

Do = Callable[..., str]


@pytest.fixture(scope="module")
def clone(pip_works: None, do: Do, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean clone in which `make run` has been said, and nothing else."""
    for program in ("git", "make"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    if not (TOP / ".git").exists():
        pytest.skip("this is no checkout")
    folder = tmp_path_factory.mktemp("newcomer") / "taizhang"
    do("git", "clone", "--quiet", "--no-local", TOP, folder, cwd=folder.parent)
    # What is not committed yet is to be tried, too.
    changed = do("git", "ls-files", "--modified", "--others", "--exclude-standard", cwd=TOP).splitlines()
    for name in filter(lambda name: (TOP / name).is_file(), changed):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / name, folder / name)
    do("make", "run", f"PYTHON={sys.executable}", cwd=folder)
    return folder


def test_make_run_writes_the_ledger_with_what_running_needs_and_no_more(clone: Path, do: Do) -> None:
    assert (clone / "out" / "ledger" / "records.csv").is_file()
    names = {
        line.partition("==")[0].lower()
        for line in do(clone / ".venv/bin/pip", "freeze", cwd=clone).splitlines()
    }
    assert "spacy" in names
    do(clone / ".venv/bin/pip", "check", cwd=clone)
    assert not names & {
        "pytest",
        "ruff",
        "mypy",
        "ray",
        "pyspark",
        "playwright",
        "duckdb",
        "pandas",
        "matplotlib",
    }
    files = (path for path in (clone / ".venv").rglob("*") if path.is_file() and not path.is_symlink())
    assert sum(path.stat().st_size for path in files) < LARGEST * 1_000_000


def test_a_second_make_run_has_nothing_to_set_up(clone: Path, do: Do) -> None:
    planned = do("make", "--dry-run", "run", cwd=clone)
    assert "pip" not in planned and "taizhang run seeds" in planned


def test_the_tutorial_line_by_line(clone: Path, do: Do) -> None:
    """In one language: that the other says the same commands, and what they print there, is tests/test_docs.py's."""
    there = clone / ".venv" / "bin"
    path = os.pathsep.join([str(there), os.environ["PATH"]])
    printed = ""
    for skipped, language, content in BLOCK.findall((clone / "docs" / "tutorial.md").read_text("utf-8")):
        if skipped and "pip install" not in content:
            continue
        if language == "sh":
            lines = content.splitlines()
            printed = "".join(do("bash", "-ec", line, cwd=clone, PATH=path, **SHOWN) for line in lines)
        elif language == "python":
            (clone / "program.py").write_text(content, "utf-8")
            printed = do("python", "program.py", cwd=clone, PATH=path)
        elif language == "text":
            lines = printed.splitlines()
            assert [
                line for line in content.splitlines() if not any(line in shown for shown in lines)
            ] == [], printed
    assert (clone / "tutorial" / "solved.svg").is_file()
