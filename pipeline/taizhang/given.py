"""What a Python caller gives, looked at before anything is done: a wrong type is told with what was expected."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def text(name: str, value: object, *, optional: bool = False) -> None:
    """Refuse what is no text.

    Raises:
        TypeError: names the argument, what was expected and what was got.

    >>> text("title", 3)
    Traceback (most recent call last):
    TypeError: title: expected a str, got int: 3
    """
    if isinstance(value, str) or (optional and value is None):
        return
    wanted = "a str or None" if optional else "a str"
    hint = " (decode it first)" if isinstance(value, bytes | bytearray) else ""
    raise TypeError(f"{name}: expected {wanted}, got {_shown(value)}{hint}")


def paths(name: str, value: object) -> tuple[Path, ...]:
    """One path, or several, as paths.

    Raises:
        TypeError: it is none; names the argument, what was expected and what was got.

    >>> [str(path) for path in paths("path", "news")], [str(path) for path in paths("path", ["a", Path("b")])]
    (['news'], ['a', 'b'])
    """
    if isinstance(value, str | os.PathLike):
        return (Path(value),)
    if isinstance(value, Iterable) and not isinstance(value, bytes | bytearray):
        given = tuple(value)
        if all(isinstance(one, str | os.PathLike) for one in given):
            return tuple(map(Path, given))
    raise TypeError(f"{name}: expected a path or several (str or pathlib.Path), got {_shown(value)}")


def folders(name: str, value: object) -> tuple[Path, ...]:
    """Several paths, as paths; one alone is refused, since its letters would be taken for paths.

    Raises:
        TypeError: it is no sequence of paths.

    >>> folders("rules_dirs", "x")
    Traceback (most recent call last):
    TypeError: rules_dirs: expected a sequence of folders, such as ['x'], got str: 'x'
    """
    if isinstance(value, str | os.PathLike):
        raise TypeError(
            f"{name}: expected a sequence of folders, such as [{os.fspath(value)!r}], got {_shown(value)}"
        )
    return paths(name, value)


def names(name: str, value: object) -> tuple[str, ...]:
    """Several names; one alone is refused, since its letters would be taken for names.

    Raises:
        TypeError: it is no sequence of str.

    >>> names("by", "place")
    Traceback (most recent call last):
    TypeError: by: expected a sequence of names, such as ['place'], got str: 'place'
    """
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | bytearray):
        given = tuple(value)
        if all(isinstance(one, str) for one in given):
            return given
    such = f", such as [{value!r}]" if isinstance(value, str) else ""
    raise TypeError(f"{name}: expected a sequence of names{such}, got {_shown(value)}")


def path(name: str, value: object) -> Path:
    """One path.

    Raises:
        TypeError: it is none.

    >>> path("run_dir", None)
    Traceback (most recent call last):
    TypeError: run_dir: expected a path (str or pathlib.Path), got None
    """
    if isinstance(value, str | os.PathLike):
        return Path(value)
    raise TypeError(f"{name}: expected a path (str or pathlib.Path), got {_shown(value)}")


def _shown(value: object) -> str:
    if value is None:
        return "None"
    said = repr(value)
    return f"{type(value).__name__}: {said if len(said) <= 60 else said[:57] + '...'}"
