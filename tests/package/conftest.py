"""What the tests of the package share: whether pip can install here, and Pythons that are on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PINNED = "wasabi"  # a small one of the pinned packages, to ask pip for
PIP = {"PIP_QUIET": "1", "PIP_NO_COMPILE": "0"}


def environment() -> dict[str, str]:
    """That of somebody who has just opened a terminal: nothing of this checkout or its environment in it.

    pip compiles nothing (it takes 0 for yes here): what is imported is compiled then, and all of it would take minutes.
    """
    ours = {"PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTEST_CURRENT_TEST"}
    return {name: value for name, value in os.environ.items() if name not in ours} | PIP


@pytest.fixture(scope="session")
def pip_works(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skips where pip, as it is set up here, can get no package."""
    words = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--retries",
        "1",
        "-c",
        "constraints.txt",
        PINNED,
    ]
    folder = tmp_path_factory.mktemp("asked")
    done = subprocess.run(
        [*words, "-d", folder], check=False, cwd=TOP, env=environment(), capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"pip can get no package here: {done.stderr.strip().splitlines()[-1:]}")


def found_python(version: str) -> str | None:
    """The path of a Python of this version that runs: the one of this name, or one that pyenv keeps."""
    kept = sorted(
        Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob(f"versions/{version}.*/bin/python")
    )
    for path in (shutil.which(f"python{version}"), *map(str, reversed(kept))):
        if (
            path
            and subprocess.run(
                [path, "-c", "import venv, ensurepip"], check=False, capture_output=True
            ).returncode
            == 0
        ):
            return path
    return None


@pytest.fixture(scope="session")
def do() -> Callable[..., str]:
    """A function that runs a program in such an environment, with what keywords add, and gives what it printed."""

    def done(*words: object, cwd: Path, **more: str) -> str:
        ran = subprocess.run(
            list(map(str, words)),
            check=False,
            cwd=cwd,
            env=environment() | more,
            capture_output=True,
            text=True,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    return done


@pytest.fixture
def python() -> Callable[[str], str]:
    """A function that gives the path of a Python of a version, and skips where there is none."""

    def path(version: str) -> str:
        found = found_python(version)
        if found is None:
            pytest.skip(f"Python {version} is not installed here")
        return found

    return path
