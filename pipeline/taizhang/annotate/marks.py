"""The annotate room's marks: what a person marked in the report as right, wrong or corrected, as gold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from taizhang.annotate.corrected import AnnotatedGold, refuse_faults
from taizhang.annotate.gold import Gold, GoldRecord, GoldReject
from taizhang.errors import UnreadableInput
from taizhang.model_faults import first_fault, found, wanted

LAYOUT = 1  # of the file, as report/assets/marks.js writes it


class _MarkedRecord(BaseModel):
    """One record of an article that has a mark; ``fields`` as corrected, ``verdict`` None where it has none."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    start: int
    quote: str
    verdict: Literal["right", "wrong", "corrected"] | None
    reason: str | None
    fields: dict[str, str]
    action: str
    object: str
    part_of: str | None


class _MarkedArticle(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    records: tuple[_MarkedRecord, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    taizhang_marks: Literal[1]
    articles: tuple[_MarkedArticle, ...]


def read_marks(path: Path) -> AnnotatedGold:
    """The gold of a file of marks that the report saved.

    An article becomes gold when each of its records is marked; one with unmarked records is left open, since
    nobody has said that they are right.

    Raises:
        UnreadableInput: it is no such file, or what is marked right lacks a field of gold or contradicts itself;
            the message has a line for each.
    """
    gold, open_, faults = [], [], []
    for article in _file(path).articles:
        if any(record.verdict is None for record in article.records):
            open_.append(article.id)
            continue
        try:
            gold.append(_gold(article))
        except UnreadableInput as error:
            faults += error.detail.split("\n")
    refuse_faults(path, faults)
    return AnnotatedGold(tuple(gold), tuple(open_))


def _file(path: Path) -> _File:
    try:
        return _File.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UnreadableInput("unreadable", f"{path}: {error.strerror or error}") from error
    except ValidationError as error:
        detail = first_fault(error)
        raise UnreadableInput(
            "json", f"{path}: expected the file of marks that the report saves; {detail}"
        ) from error


def _gold(article: _MarkedArticle) -> Gold:
    """An article's gold, in the order of its text.

    Raises:
        UnreadableInput: a line for each field that is not as it should be.
    """
    records, rejects, faults = [], [], []
    for record in sorted(article.records, key=lambda one: one.start):
        if record.verdict == "wrong":
            rejects.append(GoldReject(doc=article.id, quote=record.quote, reason=record.reason or "other"))
            continue
        try:
            records.append(GoldRecord.model_validate(_fields(record)))
        except ValidationError as error:
            faults += [f"{article.id}: {record.quote!r} at {record.start}: {told}" for told in _told(error)]
    if faults:
        raise UnreadableInput("annotation", "\n".join(faults))
    kept = {record.quote for record in records}
    whole = [r if r.part_of in kept else r.model_copy(update={"part_of": None}) for r in records]
    return Gold(document=article.id, records=tuple(whole), rejects=tuple(rejects))


def _fields(record: _MarkedRecord) -> dict[str, Any]:
    fields = record.fields
    metric = fields.get("metric", "")
    heads = [word for word in dict.fromkeys((record.action, record.object)) if word and word in metric]
    return {
        **fields,
        "quote": record.quote,
        "value_max": fields.get("value_max") or None,
        "heads": heads or [metric],
        "part_of": record.part_of,
    }


def _told(error: ValidationError) -> Iterator[str]:
    for fault in error.errors():
        where = ".".join(map(str, fault["loc"]))
        expected, got = wanted(fault), found(fault)
        detail = f"{where}: expected {expected}, got {got}" if where else f"expected {expected}"
        yield detail
