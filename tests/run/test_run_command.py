"""The options of ``taizhang run`` for many articles, and what its documentation says of the reasons."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.cli.spread import many
from taizhang.read import read_file
from taizhang.run import outcome, pool
from taizhang.run.lock import locked

RUNNING = Path(__file__).parents[2] / "docs" / "running.md"


def _run(*words: str | Path) -> tuple[int, str]:
    runner = CliRunner(env={"COLUMNS": "300", "NO_COLOR": "1"})
    result = runner.invoke(app, ["run", *(str(word) for word in words)])
    return result.exit_code, result.output


@pytest.mark.parametrize("words", [("--workers", "0"), ("--workers", "two"), ("--timeout", "0")])
def test_wrong_values(words: tuple[str, str], tmp_path: Path) -> None:
    code, shown = _run(tmp_path, "--out", tmp_path / ".." / "out", *words)
    assert code == 2
    assert words[0] in shown


def test_a_folder_that_another_run_writes_to(tmp_path: Path) -> None:
    news, out = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    out.mkdir()
    with locked(out):
        code, shown = _run(news, "--out", out)
    assert code == 2
    assert "expected a folder that no other run writes to" in shown
    assert _run(news, "--out", out)[0] == 0


@pytest.mark.parametrize(
    ("files", "size", "expected"),
    [
        pytest.param(3, 10, False, id="a few small files are no work for several processes"),
        pytest.param(80, 10, True, id="many files are"),
        pytest.param(1, 2_000_000, True, id="so is one large file of rows"),
    ],
)
def test_workers_are_made_ready_early_only_where_they_are_needed(
    files: int, size: int, expected: bool, tmp_path: Path
) -> None:
    for number in range(files):
        (tmp_path / f"{number}.txt").write_bytes(b"1" * size)
    assert many([tmp_path]) is expected
    assert many([tmp_path / "0.txt", tmp_path / "missing"]) is (size > 1_000_000)


def test_every_reason_is_explained() -> None:
    explained = set(re.findall(r"`([a-z-]+)`", RUNNING.read_text("utf-8").partition("Articles that gave")[2]))
    reasons = set(
        re.findall(r"``([a-z]+(?:-[a-z]+)*)``", (inspect.getdoc(read_file) or "").partition("Its reasons")[2])
    )
    assert len(reasons) > 20
    assert reasons | {outcome.INTERNAL_ERROR, outcome.TIMEOUT, pool.WORKER_DIED} <= explained
