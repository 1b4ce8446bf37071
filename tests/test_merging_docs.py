"""The commands of docs/merging.md, each run as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from taizhang.cli import app

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "merging.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[-1])
def test_the_commands_run(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb", reason="duckdb is not installed: pip install '.[duckdb]'")
    (tmp_path / "seeds").mkdir()
    for seed in sorted((ROOT / "seeds").iterdir())[:3:2]:
        (tmp_path / "seeds" / seed.name).write_bytes(seed.read_bytes())
    monkeypatch.chdir(tmp_path)
    for line in block.splitlines():
        program, *arguments = shlex.split(line)
        assert program == "taizhang"
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == (1 if arguments[0] == "diff" else 0), result.output
    assert re.search(r"3 of them told by several documents|dropped", result.output)


def test_every_file_and_rule_that_is_named_is_there() -> None:
    rules = (ROOT / "rules" / "merge.toml").read_text("utf-8")
    ids = re.findall(r"`((?:link|conflict)\.[\w.-]+)`", TEXT)
    files = re.findall(r"`((?:rules|pipeline|schemas|bench)/[\w/.]+)`", TEXT)
    assert ids and files
    assert [name for name in ids if f'id = "{name}"' not in rules] == []
    assert [name for name in files if not (ROOT / name).exists()] == []
