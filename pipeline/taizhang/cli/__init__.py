"""The commands' room. What takes long to import is imported inside the command that needs it."""

from __future__ import annotations

import io
import sys

import typer

from taizhang.cli import clean, evaluate, explain, export, import_gold, load, report, run
