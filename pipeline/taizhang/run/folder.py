"""The run room's folder: what ``taizhang run`` left, opened to be read again, and checked against its manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from taizhang.errors import RunFolderError
from taizhang.model_faults import found, wanted
from taizhang.records import CleanText, RectificationItem, Rejection
from taizhang.write.manifest import DIFFERING, LAYOUT, MANIFEST
from taizhang.write.records_jsonl import Kept
from taizhang.write.resaved_csv import csv_told

RECORDS, REJECTS, DOCUMENTS = "records.jsonl", "rejects.jsonl", "documents.jsonl"

_SHOWN = 3  # faults of one line that a message names

Item = TypeVar("Item", RectificationItem, Rejection, CleanText)


class Numerals(BaseModel):
    """How many numerals were seen in an article, and in what they ended."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    seen: int
    in_records: int
    in_rejects: int


class Input(BaseModel):
    """One input of the run: an article with the digest of its source, or what could not be read, with the reason.

    Attributes:
        failed: why an article that was read gave nothing.
        records, rejects, numerals: what an article gave; None where it gave nothing.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    path: str | None
    id: str
    sha256: str | None = None
    unread: str | None = None
    failed: str | None = None
    records: int | None = None
    rejects: int | None = None
    numerals: Numerals | None = None


class RunManifest(BaseModel):
    """What ``manifest.json`` says; keys that a later program of the same layout adds are let be.

    Attributes:
        run_folder: number of the layout of folder and records.
        counts: of articles, of what each stage made, of rejections by reason.
        ruleset: SHA-256 of the rules in force.
        outputs: SHA-256 of each file of the run that has the same bytes each time.
        differing: the other files of the run, whose bytes differ from run to run.
        taizhang: version of the program that ran.
        rejects: which rejected numbers have a line in ``rejects.jsonl``.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    run_folder: int
    inputs: tuple[Input, ...]
    counts: dict[str, Any]
    ruleset: str
    outputs: dict[str, str]
    differing: tuple[str, ...] = DIFFERING
    taizhang: str
    rejects: Kept = "all"

    @property
    def records(self) -> int:
        """How many records the run wrote."""
        return int(self.counts.get("stages", {}).get("validate", {}).get("records", 0))

    @property
    def articles(self) -> int:
        """How many articles it read."""
        return int(self.counts.get("articles", {}).get("read", 0))


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A folder that ``taizhang run`` wrote, of a layout that this program reads."""

    path: Path
    manifest: RunManifest

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """The run folder at ``path``; only its manifest is read.

        Raises:
            RunFolderError: there is no such folder, no run has been finished in it, its manifest is damaged, or
                it is of a layout that this program does not read.
        """
        if path.is_file():
            detail = csv_told(path) or f"{path}: expected a folder that taizhang run wrote, got a file"
            raise RunFolderError(detail)
        if not path.is_dir():
            raise RunFolderError(f"{path}: expected a folder that taizhang run wrote, got no such folder")
        return cls(path, _manifest(path / MANIFEST))

    def file(self, name: str) -> Path:
        """The path of one file of the run.

        Raises:
            RunFolderError: the run wrote no such file, or it is there no more.
        """
        path = self.path / name
        if path.is_file():
            return path
        if name in self.manifest.outputs:
            raise RunFolderError(f"{path}: expected the file that {MANIFEST} names, but it is missing")
        raise RunFolderError(self._not_written(path))

    def _not_written(self, path: Path) -> str:
        wrote = ", ".join(self.manifest.outputs) or "none"
        detail = f"{path}: expected this file, but the run wrote others ({wrote})"
        if path.name == RECORDS:
            detail = f"{path}: expected this file, but the run wrote others ({wrote}); run it with --format jsonl, too"
        return detail

    def faults(self, names: Iterable[str] | None = None) -> Iterator[str]:
        """What is not as the manifest says of the files named (of all that it names): a line for each file."""
        for name in self.manifest.outputs if names is None else names:
            path, expected = self.path / name, self.manifest.outputs.get(name)
            if expected is None:
                detail = self._not_written(path)
            elif not path.is_file():
                detail = f"{path}: expected the file that {MANIFEST} names, but it is missing"
            elif (got := _digest(path)) != expected:
                detail = (
                    f"{path}: expected SHA-256 {expected}, as in {MANIFEST}, got {got}: changed after the run"
                )
            else:
                continue
            yield detail

    def verify(self, names: Iterable[str] | None = None) -> None:
        """Check files against the manifest's digests: those named, or all that it names.

        Raises:
            RunFolderError: a file is missing or has other bytes; the message has a line for each.
        """
        if found := list(self.faults(names)):
            raise RunFolderError("\n".join(found))

    def records(self) -> Iterator[RectificationItem]:
        """All records in the order of the run, one at a time; every digit of their numbers is kept.

        Raises:
            RunFolderError: the run wrote no ``records.jsonl``, or a line in it is no record.
        """
        return _items(self.file(RECORDS), RectificationItem)

    def rejects(self) -> Iterator[Rejection]:
        """The rejections that the run kept, in its order, one at a time.

        Of a number's article there is the id alone, and no sentence: see ``taizhang.run.whole``.

        Raises:
            RunFolderError: ``rejects.jsonl`` is missing, or a line in it is no rejection.
        """
        return _items(self.file(REJECTS), Rejection)

    def texts(self) -> Iterator[CleanText]:
        """The clean text of every input in the order of the run, one at a time; empty for what is no article.

        Raises:
            RunFolderError: ``documents.jsonl`` is missing, or a line in it is no article.
        """
        return _items(self.file(DOCUMENTS), CleanText)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file as they are; a number with a fraction is a Decimal.

    Raises:
        RunFolderError: a line is no JSON object; names file and line.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line, parse_float=Decimal)
            except ValueError as error:
                if number == 1 and (told := csv_told(path)):
                    raise RunFolderError(told) from error
                raise RunFolderError(f"{path}:{number}: expected a JSON object, got {error}") from error
            if not isinstance(row, dict):
                raise RunFolderError(f"{path}:{number}: expected a JSON object, got {type(row).__name__}")
            yield row


def _items(path: Path, model: type[Item]) -> Iterator[Item]:
    for number, row in enumerate(rows(path), 1):
        try:
            yield model.model_validate(row)
        except ValidationError as error:
            raise RunFolderError(f"{path}:{number}: expected a {model.__name__}, {_faults(error)}") from error


def _manifest(path: Path) -> RunManifest:
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise RunFolderError(
            f"{path.parent}: expected a folder that taizhang run wrote, got one without {MANIFEST}"
        ) from error
    except ValueError as error:
        raise RunFolderError(f"{path}: expected JSON, got {error}") from error
    layout = content.get("run_folder") if isinstance(content, dict) else None
    if layout != LAYOUT:
        got = "none" if layout is None else repr(layout)
        raise RunFolderError(
            f"{path}: expected run_folder {LAYOUT}, the layout that this version of taizhang reads, got {got}; "
            "run it again on the input"
        )
    try:
        return RunManifest.model_validate(content)
    except ValidationError as error:
        raise RunFolderError(f"{path}: {_faults(error)}") from error


def _faults(error: ValidationError) -> str:
    """What a model did not accept: each field, what was expected and what was got."""
    told = []
    faults = error.errors()
    for fault in faults[:_SHOWN]:
        where = ".".join(map(str, fault["loc"]))
        detail = f"{where}: expected {wanted(fault)}, got {found(fault)}"
        told.append(detail)
    if len(faults) > _SHOWN:
        detail = f"and {len(faults) - _SHOWN} more"
        told.append(detail)
    return "; ".join(told)


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
