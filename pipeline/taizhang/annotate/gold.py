"""The annotate room's gold: corrected records as the files that ``taizhang evaluate`` scores against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from taizhang.errors import OutputError
from taizhang.evaluate import REJECTED, read_lines
from taizhang.records import Bound, Kind, Model, Phase
from taizhang.write.columns import digits
from taizhang.write.exact_json import dumps
from taizhang.write.whole import write_whole

Head = str | tuple[str, ...]

_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_TIME = rf"^(?:{_DAY}(?:/(?:{_DAY}|\.\.))?)?$"
_LONGEST_NAME = 240  # bytes of a file's name, with room for its ending; file systems allow 255


class GoldRecord(Model):
    """One record of a document's gold, its fields as they stand in the file."""

    quote: Annotated[str, Field(min_length=1)]
    value: Decimal
    value_max: Decimal | None = None
    unit: str = ""
    bound: Bound
    kind: Kind
    metric: Annotated[str, Field(min_length=1, max_length=40)]
    heads: Annotated[tuple[Head, ...], Field(min_length=1)]
    place: str = ""
    code: Annotated[str, Field(pattern=r"^(?:\d{6})?$")] = ""
    agency: str = ""
    phase: Phase
    time: Annotated[str, Field(pattern=_TIME)] = ""
    part_of: str | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if (self.value_max is not None) != (self.bound == "range"):
            raise ValueError("value_max: expected with the bound range, and with no other")
        for head in self.heads:
            if not any(word and word in self.metric for word in ([head] if isinstance(head, str) else head)):
                raise ValueError(f"heads: expected words of the metric {self.metric!r}, got {head!r}")
        return self

    def to_line(self) -> str:
        """The record as a line of a gold file.

        >>> GoldRecord(
        ...     quote="3户",
        ...     value=Decimal(3),
        ...     bound="exact",
        ...     kind="count",
        ...     metric="走访",
        ...     heads=("走访",),
        ...     phase="measure",
        ... ).to_line()[:53]
        '{"quote": "3户", "value": "3", "value_max": null, "uni'
        """
        fields = self.model_dump()
        return dumps(fields | {"value": digits(self.value), "value_max": digits(self.value_max)}) + "\n"


class GoldReject(Model):
    """One number of a document that is no record, with the reason."""

    doc: str
    quote: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]


class Gold(Model):
    """The gold of one document."""

    document: str
    records: tuple[GoldRecord, ...] = ()
    rejects: tuple[GoldReject, ...] = ()


def write_gold(gold: Sequence[Gold], folder: Path, *, force: bool = False) -> None:
    """Write a file for each document, and ``rejected.jsonl`` for the numbers of all of them that are no records.

    Args:
        folder: made if it is not there. Gold of other documents in it stays as it is.
        force: let files take the place of others.

    Raises:
        OutputError: a document's id cannot name a file; or, without ``force``, gold of it is there and is another.
        UnreadableInput: the ``rejected.jsonl`` in the folder is no JSON Lines.
    """
    files = {_name(one.document): "".join(r.to_line() for r in one.records) for one in gold}
    files[REJECTED] = "".join(_rejected(gold, folder / REJECTED))
    if not force:
        _refuse_to_replace(folder, files)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_whole(folder / name, content)
    except OSError as error:
        raise OutputError(f"{folder}: expected a folder to write to, got {error}") from error


def _name(document: str) -> str:
    name = f"{document}.jsonl"
    safe = not set('/\\:*?"<>|') & set(document) and document.isprintable() and not document.startswith(".")
    if not document or not safe or name == REJECTED or len(name.encode()) > _LONGEST_NAME:
        raise OutputError(f"expected document ids that can name a file of gold, got {document!r}")
    return name


def _rejected(gold: Sequence[Gold], path: Path) -> list[str]:
    """The lines of ``rejected.jsonl``: those of other documents as they are there, then the new ones."""
    new = {one.document for one in gold}
    there: Sequence[Mapping[str, Any]] = read_lines(path) if path.is_file() else ()
    kept = [row for row in there if row.get("doc") not in new]
    return [dumps(row) + "\n" for row in kept] + [dumps(r) + "\n" for one in gold for r in one.rejects]


def _refuse_to_replace(folder: Path, files: Mapping[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() == content.encode():
            continue
        if name == REJECTED and content.encode().startswith(path.read_bytes()):
            continue  # only lines of documents that were not in it
        raise OutputError(f"{path}: expected no gold of this document, got some; --force replaces it")
