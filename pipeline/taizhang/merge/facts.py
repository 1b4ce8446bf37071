"""The merge room's facts: what one or more articles tell, with all that tell it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from taizhang.merge.times import earliest, latest
from taizhang.records import Bound, Exact, Kind, Metric, Model, Phase, Place

# How much a record's way of giving the number says, best first.
_BOUNDS = ("exact", "range", "about", "over", "under")


class Source(Model):
    """One record that tells the fact."""

    record: str
    number: Annotated[int, Field(description="line of records.jsonl, from 1")]
    document: str
    title: str | None
    url: str | None
    published: str | None
    quote: str
    value: Exact
    rule: str = Field("", description="id of the rule that linked it; empty for the first source")
    linked_to: str = Field("", description="id of the record that it was linked to")


class Conflict(Model):
    """Another fact that contradicts this one."""

    fact: str
    value: Exact
    unit: str
    quote: str
    document: str
    rule: str


class Fact(Model):
    """One fact. Its fields from ``place`` to ``sentence`` are those of one of its records, ``record``."""

    id: str
    record: str
    place: Place
    agency: str | None
    metric: Metric
    value: Exact
    value_max: Exact | None
    unit: str
    bound: Bound
    kind: Kind
    phase: Phase
    time: str | None
    quote: str
    sentence: str
    records: int
    documents: int
    first_seen: str | None
    last_seen: str | None
    conflicts: tuple[Conflict, ...] = ()
    sources: tuple[Source, ...]


#: The fields of a record that a fact takes over as they are.
TAKEN = tuple(name for name in Fact.model_fields if name in {
    "place", "agency", "metric", "value", "value_max", "unit", "bound", "kind", "phase", "time", "quote", "sentence",
})  # fmt: skip
_OF_DOCUMENT = ("id", "title", "url", "published")


class Telling(NamedTuple):
    """One record on its way into a fact: where it stands, what it tells, and which rule linked it to which."""

    number: int
    id: str
    core: dict[str, Any]
    rule: str
    linked_to: str


def write_core(row: dict[str, Any]) -> str:
    """What a fact keeps of a row of ``records.jsonl``, as JSON; a number with a fraction is its digits as text."""
    document = {name: row["document"][name] for name in _OF_DOCUMENT}
    kept = {"document": document, "confidence": row["confidence"], **{name: row[name] for name in TAKEN}}
    return json.dumps(kept, default=str)


def read_core(text: str) -> dict[str, Any]:
    """What ``write_core`` kept."""
    found: dict[str, Any] = json.loads(text)
    return found


def fact_id(record: str) -> str:
    """The id of the fact whose first record this is: it stays while that record does.

    >>> fact_id("28970e85792b96d0")
    'f-28970e85792b96d0'
    """
    return f"f-{record}"


def assemble(tellings: Sequence[Telling], conflicts: Sequence[Conflict]) -> Fact:
    """The fact that some records tell, in their order."""
    best = min(tellings, key=_preference)
    published = [date for t in tellings if (date := t.core["document"]["published"])]
    return Fact(
        id=fact_id(tellings[0].id),
        record=best.id,
        **{name: best.core[name] for name in TAKEN},
        records=len(tellings),
        documents=len({t.core["document"]["id"] for t in tellings}),
        first_seen=earliest(published),
        last_seen=latest(published),
        conflicts=tuple(conflicts),
        sources=tuple(map(_source, tellings)),
    )


def _source(telling: Telling) -> Source:
    document = telling.core["document"]
    return Source(
        record=telling.id,
        number=telling.number,
        document=document["id"],
        title=document["title"],
        url=document["url"],
        published=document["published"],
        quote=telling.core["quote"],
        value=telling.core["value"],
        rule=telling.rule,
        linked_to=telling.linked_to,
    )


def _preference(telling: Telling) -> tuple[int, bool, int, float, int]:
    """The record that says the most comes first: number, time, place, then confidence and order."""
    said = telling.core
    depth = len(said["place"]["name"])
    return _BOUNDS.index(said["bound"]), not said["time"], -depth, -float(said["confidence"]), telling.number
