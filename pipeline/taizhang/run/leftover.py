"""The run room's leftovers: what tells of an earlier run in the folder, and goes once its ledger is replaced.

Only where the manifest of an earlier run stands in the folder is anything taken for its work; and what somebody has
changed since is theirs.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from taizhang.errors import OutputError
from taizhang.write.beside import (
    AGGREGATED,
    DUMP_FILES,
    DUMPS,
    EXPORTED,
    EXPORTS,
    HEAD,
    MERGED,
    REPORT,
    REPORT_MARK,
)
from taizhang.write.manifest import DIFFERING, MANIFEST, digests


@dataclass(frozen=True, slots=True)
class Leftovers:
    """The files and folders of an earlier run that this one does not replace."""

    files: tuple[Path, ...] = ()
    dumps: tuple[Path, ...] = ()

    @classmethod
    def of(cls, folder: Path, made: Collection[str]) -> Leftovers:
        """What is in ``folder`` of an earlier run and its commands, but for the names and patterns of this run's files.

        Raises:
            OutputError: a file that would have to go was changed after the run that wrote it.
        """
        earlier = _read(folder / MANIFEST)
        exported = [f"{tool}/{EXPORTED}" for tool in EXPORTS]
        others = {name: _read(folder / name) for name in (MERGED, AGGREGATED, *exported)}
        if "run_folder" not in earlier:
            return cls()
        signed = {
            (Path(manifest).parent / name).as_posix(): digest
            for manifest, content in {MANIFEST: earlier, **others}.items()
            for name, digest in _outputs(content).items()
        }
        left = {n: d for n, d in signed.items() if not _among(n, made) and (folder / n).is_file()}
        for name, digest in left.items():
            if digests([folder / name]) != {Path(name).name: digest}:
                raise OutputError(
                    f"{folder / name}: expected the file that an earlier run wrote, which this run would remove, "
                    "got one that was changed since; move it away first"
                )
        unsigned = [name for name in earlier.get("differing", DIFFERING) if not _among(name, made)]
        unsigned += [name for name, manifest in others.items() if manifest]
        unsigned += [REPORT] if is_report(folder / REPORT) else []
        files = [folder / name for name in (*left, *unsigned)]
        dumps = sorted(path.parent for path in folder.glob(f"{DUMPS}/*/{DUMP_FILES[0]}"))
        return cls(tuple(path for path in files if path.is_file()), tuple(dumps))

    def remove(self, dumped: Iterable[Path]) -> None:
        """Remove them, but for the folders that this run has dumped articles into.

        Raises:
            OSError: one of them cannot be removed.
        """
        for path in self.files:
            path.unlink(missing_ok=True)
        kept = set(dumped)
        for article in self.dumps:
            if article not in kept:
                for name in DUMP_FILES:
                    (article / name).unlink(missing_ok=True)
                _remove_empty(article)
        for root in {
            path.parent for path in (*self.dumps, *self.files) if path.parent.name in (DUMPS, *EXPORTS)
        }:
            _remove_empty(root)


def is_report(path: Path) -> bool:
    """Whether there is a report at ``path``, and no file of somebody's own."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return REPORT_MARK.encode() in file.read(HEAD)


def _among(name: str, patterns: Collection[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _read(path: Path) -> dict[str, Any]:
    """The object in a JSON file; an empty one where there is none that can be read."""
    try:
        content = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _outputs(manifest: dict[str, Any]) -> dict[str, str]:
    found = manifest.get("outputs")
    return found if isinstance(found, dict) else {}
