"""What the tests of faults share: small disks, the command as a process of its own, and articles of our own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from own_process import Command, environment

ARTICLES = {
    "甲.txt": "青州市整改快讯\n截至2021年3月4日，青州市排查隐患1.5万处，整改9800处，其中校园312处。\n",
    "乙.html": "<p>临沂市通报：约谈干部12人，清退资金3.2亿元，占六成。</p>",
    "丙.json": '{"id": "c", "title": "昆明市解决难题", "text": "全市解决难题614个，惠及群众两千多户。"}',
}


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three articles of our own, in three formats, named in Chinese."""
    folder = tmp_path_factory.mktemp("news")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def taizhang() -> Command:
    """Runs the command; keyword arguments are those of ``subprocess.run``."""

    def command(*words: str | Path, **how: object) -> subprocess.CompletedProcess[str]:
        how = {
            "capture_output": True,
            "text": True,
            "encoding": "utf-8",
            "env": environment(),
            "timeout": 300,
        } | how
        return subprocess.run([sys.executable, "-m", "taizhang.cli", *map(str, words)], check=False, **how)

    return command


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a disk of the size and options given, or mounts the same one anew with others."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = False

    def mount(options: str) -> Path:
        nonlocal mounted
        options = f"remount,{options}" if mounted else options
        words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        done = subprocess.run(words, check=False, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"needs leave to mount a tmpfs: {done.stderr.strip()}")
        mounted = True
        return folder

    try:
        yield mount
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
