"""The command as a process of its own: what starts it, and the environment in which it finds the program."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from subprocess import CompletedProcess

Command = Callable[..., CompletedProcess[str]]


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that finds the program where this one does."""
    path = os.pathsep.join(sys.path)
    return os.environ | {"PYTHONPATH": path, "COLUMNS": "300", "NO_COLOR": "1"} | more
