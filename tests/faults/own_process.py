"""The command as a process of its own: what starts it, and the environment in which it finds the program."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, CompletedProcess, Popen

from taizhang.run.lock import LOCK

Command = Callable[..., CompletedProcess[str]]


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that finds the program where this one does."""
    path = os.pathsep.join(sys.path)
    return os.environ | {"PYTHONPATH": path, "COLUMNS": "300", "NO_COLOR": "1"} | more


@contextmanager
def reading(out: Path, *words: str, env: Mapping[str, str] | None = None) -> Iterator[Popen[str]]:
    """A run in one process that waits for its standard input; it holds the folder's lock by then."""
    command = [sys.executable, "-m", "taizhang.cli", "run", "-", "--out", str(out), "--workers", "1", *words]
    process = Popen(command, env=env or environment(), stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True)
    try:
        until = time.monotonic() + 120
        while not (out / LOCK).exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert (out / LOCK).exists()
        yield process
    finally:
        process.kill()
        process.wait()
