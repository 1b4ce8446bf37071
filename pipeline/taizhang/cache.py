"""Tables kept on disk between runs: plain data that is dear to make, by a hash of all that it is made of.

What is kept only saves time. A table that is missing, damaged, of another version, or in a place where somebody else
may write is made anew; a folder that cannot be written is left alone.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from inspect import getfile
from pathlib import Path
from typing import TypeVar

Plain = TypeVar("Plain")

VARIABLE = "TAIZHANG_CACHE"  # of the environment: the folder to keep tables in, or "off" to keep none
_COPIES = 4  # of one table, the last used, that may lie there: other rules and other versions have their own
_NAMED = 32  # characters of a hash that end a file's name
_DIGEST = 32  # bytes of a SHA-256 at the head of each file, over all that follows


def table(name: str, made_of: str, build: Callable[[], Plain]) -> Plain:
    """What ``build`` gives, from disk where it was kept before.

    Args:
        name: of the table, and the beginning of its file's name.
        made_of: everything besides Python and the module of ``build`` that the table depends on, or a hash of it.
        build: makes the table: strings, numbers, bytes, and tuples, lists, dicts and sets of such.

    >>> from tempfile import gettempprefix  # any function of a module
    >>> table("example", "3", gettempprefix)
    'tmp'
    """
    folder = _folder()
    if folder is None:
        return build()
    key = "\0".join((_code(build), sys.version, str(marshal.version), name, made_of))
    path = folder / f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:_NAMED]}"
    payload = _kept(path)
    if payload is not None:
        found: Plain = marshal.loads(payload)
        return found
    made = build()
    _keep(path, name, marshal.dumps(made))  # type: ignore[arg-type]  # no type says "plain data"
    return made


def _folder() -> Path | None:
    chosen = os.environ.get(VARIABLE, "")
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path  # noqa: PLC0415 - not needed where the variable names a folder

    return user_cache_path("taizhang", appauthor=False)


def _code(build: Callable[[], object]) -> str:
    """A hash of the module that makes a table: a checkout keeps its version for long."""
    return hashlib.sha256(Path(getfile(build)).read_bytes()).hexdigest()


def _kept(path: Path) -> bytes | None:
    """The table's bytes where they are whole and only this user can have written them."""
    try:
        if not (_ours(path.parent) and _ours(path)):
            return None
        content = path.read_bytes()
    except OSError:
        return None
    with suppress(OSError):  # where it may only be read, nothing is removed either
        os.utime(path)  # the shipped rules' tables outlast those of rules that are tried once
    digest, payload = content[:_DIGEST], content[_DIGEST:]
    return payload if hashlib.sha256(payload).digest() == digest else None


def _ours(path: Path) -> bool:
    """Whether nobody but this user can write there; Windows keeps a user's folders to the user."""
    if not hasattr(os, "getuid"):
        return True
    state = path.stat()
    return state.st_uid == os.getuid() and not state.st_mode & 0o022


def _keep(path: Path, name: str, payload: bytes) -> None:
    """Write the table whole or not at all; a full or read-only disk costs the next run some time, no more."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(payload).digest() + payload)
        os.replace(part, path)
        _sweep(path.parent, name)
    except OSError:
        Path(part).unlink(missing_ok=True)


def _sweep(folder: Path, name: str) -> None:
    """Remove those tables of a name that were not used for longest: their rules or versions are gone."""
    every = sorted(folder.glob(f"{name}-{'?' * _NAMED}"), key=lambda path: path.stat().st_mtime_ns)
    for path in every[:-_COPIES]:
        path.unlink(missing_ok=True)
