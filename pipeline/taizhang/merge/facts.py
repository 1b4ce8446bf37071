"""The merge room's facts: what one or more articles tell, with all that tell it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
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


class FactRecord(NamedTuple):
    """One record on its way into a fact: what it tells alone, how sure it is, and which rule linked it to which."""

    alone: dict[str, Any]
    confidence: float
    rule: str
    linked_to: str


def single(row: dict[str, Any], number: int) -> dict[str, Any]:
    """The fact that one row of ``records.jsonl`` tells alone, as plain values in the order of ``Fact``.

    Args:
        number: of its line, from 1.
    """
    document = row["document"]
    published = document["published"] or None
    source = {
        "record": row["id"],
        "number": number,
        "document": document["id"],
        "title": document["title"],
        "url": document["url"],
        "published": document["published"],
        "quote": row["quote"],
        "value": row["value"],
        "rule": "",
        "linked_to": "",
    }
    return {
        "id": fact_id(row["id"]),
        "record": row["id"],
        **{name: row[name] for name in TAKEN},
        "records": 1,
        "documents": 1,
        "first_seen": published,
        "last_seen": published,
        "conflicts": [],
        "sources": [source],
    }


def read_fact(line: bytes) -> dict[str, Any]:
    """A line of ``facts.jsonl`` as plain values, every digit of its numbers kept."""
    found: dict[str, Any] = json.loads(line, parse_float=Decimal)
    return found


def fact_id(record: str) -> str:
    """The id of the fact whose first record this is: it stays while that record does.

    >>> fact_id("28970e85792b96d0")
    'f-28970e85792b96d0'
    """
    return f"f-{record}"


def assemble(tellings: Sequence[FactRecord], conflicts: Sequence[Conflict]) -> Fact:
    """The fact that some records tell, in their order."""
    best = min(tellings, key=_preference).alone
    sources = [telling.alone["sources"][0] for telling in tellings]
    published = [date for source in sources if (date := source["published"])]
    linked = [
        Source.model_validate(source | {"rule": telling.rule, "linked_to": telling.linked_to})
        for source, telling in zip(sources, tellings, strict=True)
    ]
    return Fact(
        id=tellings[0].alone["id"],
        record=best["record"],
        **{name: best[name] for name in TAKEN},
        records=len(tellings),
        documents=len({source["document"] for source in sources}),
        first_seen=earliest(published),
        last_seen=latest(published),
        conflicts=tuple(conflicts),
        sources=tuple(linked),
    )


def _preference(telling: FactRecord) -> tuple[int, bool, int, float, int]:
    """The record that says the most comes first: number, time, place, then confidence and order."""
    said = telling.alone
    depth = len(said["place"]["name"])
    number = said["sources"][0]["number"]
    return _BOUNDS.index(said["bound"]), not said["time"], -depth, -telling.confidence, number
