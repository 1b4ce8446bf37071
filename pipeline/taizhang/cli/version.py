"""The commands' room: ``taizhang --version``."""

from __future__ import annotations

import platform
from importlib.metadata import version

import typer


def told_version(asked: bool) -> None:
    """Print the version of the program and of Python, and end."""
    if asked:
        typer.echo(f"taizhang {version('taizhang')} (Python {platform.python_version()})")
        raise typer.Exit()
