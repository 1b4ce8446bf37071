"""The run's room: the facts that a merge has made of a run's records, where they are those of these records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from taizhang.run.folder import RECORDS, RunFolder
from taizhang.write.beside import MERGED

FACTS = "facts.jsonl"


@dataclass(frozen=True, slots=True)
class RepeatedFact:
    """A fact that several records tell, or that contradicts another.

    Attributes:
        record: id of the record that stands for it.
        records: ids of all that tell it.
        against: ids of the records that stand for the facts that contradict it.
    """

    record: str
    records: tuple[str, ...]
    against: tuple[str, ...]


def facts_file(folder: RunFolder) -> Path | None:
    """The facts of a merge of these records; None where there is none, or of others."""
    try:
        merged = json.loads((folder.path / MERGED).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    path = folder.path / FACTS
    same = merged.get("records") == folder.manifest.outputs.get(RECORDS)
    return path if same and FACTS in merged.get("outputs", {}) and path.is_file() else None


def told(folder: RunFolder) -> Iterator[RepeatedFact]:
    """The facts that are more than one record by itself."""
    path = facts_file(folder)
    if path is None:
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            fact = json.loads(line)
            records = tuple(source["record"] for source in fact["sources"])
            against = tuple(other["fact"].removeprefix("f-") for other in fact["conflicts"])
            if len(records) > 1 or against:
                yield RepeatedFact(fact["record"], records, against)
