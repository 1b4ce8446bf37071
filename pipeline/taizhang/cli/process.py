"""The commands' room: what the system does to the process: signals, streams that take nothing, no memory."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from taizhang.cli.options import WRONG_USAGE
from taizhang.messages import _, language, speaking

_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def guarded(command: Callable[[], None]) -> None:
    """Do ``command`` as a process of its own: what the system does to it ends in one line and an exit code."""
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup sets it
            signal.signal(number, _end)
    _prepare_standard_output()
    with speaking(language(os.environ)):
        _run(command)


def _run(command: Callable[[], None]) -> None:
    try:
        command()
    except OSError as error:
        _complain(_("expected to write what was asked for, got {error}").format(error=error))
        drop_standard_output()
        sys.exit(WRONG_USAGE)
    except MemoryError:
        _complain(_("expected more memory, got none; fewer --workers and smaller --limits need less"))
        sys.exit(WRONG_USAGE)


def drop_standard_output() -> None:
    """Send what is still to come to nowhere, so that the end of the process does not try it once more."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.__stdout__.fileno() if sys.__stdout__ else 1)


def _prepare_standard_output() -> None:
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    if isinstance(sys.stdout.buffer, io.RawIOBase):  # PYTHONUNBUFFERED: what is half taken would be lost
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(sys.stdout.buffer))
    if sys.stdout.isatty():  # a terminal that lacks a character shows its code instead
        sys.stdout.reconfigure(errors="backslashreplace")
    else:  # a file or a program gets the same bytes in every locale
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _end(number: int, frame: FrameType | None) -> None:
    """End as Ctrl-C would: what is open is closed, and what a run has reached is kept."""
    for other in _SIGNALS:
        signal.signal(other, signal.SIG_IGN)  # once is enough; the end is not to be broken off
    name = signal.Signals(number).name
    _complain(_("ended by {name}; the same command continues a run").format(name=name))
    sys.exit(128 + number)


def _complain(text: str) -> None:
    with suppress(OSError, AttributeError):  # standard error may take nothing either, or not be there
        sys.stderr.write(f"taizhang: {text}\n")
