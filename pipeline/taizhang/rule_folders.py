"""Which rule files a folder holds; one may be parted, ``exclusions.toml`` into ``exclusions/date.toml`` and others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from taizhang.errors import RuleError
from taizhang.layers import is_rules

_KINDS = frozenset({".toml", ".tsv"})
_LOOKED_AT = (
    "*.t[os][mv]*",
    "words/*.t[os][mv]*",
    "*/*.toml",
)  # what is meant as a rule file, copies of one, too


def files_of(folder: Path) -> list[Path]:
    """All rule files in a folder, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.suffix in _KINDS)


def named(path: Path, folder: Path) -> str:
    """The name that a file's content is asked for by: a part of a file in TOML has that of the whole.

    >>> named(Path("own/words/nouns.tsv"), Path("own")), named(Path("own/exclusions/date.toml"), Path("own"))
    ('words/nouns.tsv', 'exclusions.toml')
    """
    inside = path.relative_to(folder)
    parted = path.suffix == ".toml" and len(inside.parts) > 1
    return f"{inside.parent.as_posix()}.toml" if parted else inside.as_posix()


def refuse_unknown(folders: Sequence[Path]) -> None:
    """A file that no shipped one is named like would be read by nobody.

    Raises:
        RuleError: a folder after the first has such a file.
    """
    shipped = {named(path, folders[0]) for path in files_of(folders[0])}
    for folder in folders[1:]:
        seen = {path for pattern in _LOOKED_AT for path in folder.glob(pattern)}
        for path in sorted(seen):
            name = named(path, folder)
            if name not in shipped:
                known = ", ".join(sorted(shipped))
                raise RuleError(f"{path}: expected the name of a shipped rule file ({known}), got {name}")


def refuse_doubles(parts: Mapping[Path, Mapping[str, Any]]) -> None:
    """The parts of one file in one folder share tables of rules and nothing else, and each rule stands in one of them.

    Raises:
        RuleError: two parts say the same thing, so that their order would decide.
    """
    told: dict[str, Path] = {}
    for path, content in parts.items():
        for table, value in content.items():
            rules = value if is_rules(value) else ()
            for thing in [f"{table} {rule['id']}" for rule in rules] or [table]:
                other = told.setdefault(thing, path)
                if other != path:
                    raise RuleError(
                        f"{path}: expected {thing} in one file of the folder, got it in {other}, too"
                    )
