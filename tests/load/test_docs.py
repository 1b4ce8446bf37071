"""The commands, queries and programs of docs/databases.md, each run on a real server with the seeds' ledger."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from taizhang.load import load
from taizhang.run.folder import RunFolder

DOCS = Path(__file__).parents[2] / "docs" / "databases.md"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
SAID = "postgresql://eva@localhost/ledgers"


def _blocks(language: str) -> list[str]:
    return [content for name, content in BLOCKS if name == language]


def test_every_kind_of_block_is_run() -> None:
    assert {name for name, _ in BLOCKS} == {"sh", "sql", "python"}


@pytest.fixture(scope="module")
def url(server: Any, seed_ledger: Path) -> Iterator[str]:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE docs")
    target = server.database("docs").target
    load(RunFolder.open(seed_ledger), target)
    yield server.url("docs")


@pytest.mark.parametrize("query", _blocks("sql"))
def test_queries(query: str, url: str) -> None:
    with psycopg.connect(url) as connection:
        assert connection.execute(query.replace("%", "%%"), ()).fetchall()  # type: ignore[arg-type]


@pytest.mark.parametrize("program", _blocks("python"))
def test_programs(program: str, url: str) -> None:
    code = program.replace(SAID, url)
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "result" in done.stdout


@pytest.mark.parametrize("commands", _blocks("sh"))
def test_commands(commands: str, url: str, seed_ledger: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_ledger, tmp_path / "ledger")
    for line in commands.splitlines():
        words = shlex.split(line.replace(f"{SAID}?", f"{url}&").replace(SAID, url))
        if words[0] == "psql" and shutil.which("psql") is None:
            pytest.skip("PostgreSQL's psql is not installed (Debian: apt-get install postgresql-client)")
        program = [sys.executable, "-m", "taizhang.cli"] if words[0] == "taizhang" else words[:1]
        subprocess.run([*program, *words[1:]], check=True, capture_output=True, cwd=tmp_path)
