"""The report room's facts: which records tell the same, and which contradict each other, where a merge has said so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from taizhang.report.pack import Packed, coded
from taizhang.run.facts import RepeatedFact


def retold(ids: Sequence[str], facts: Iterable[RepeatedFact]) -> Packed:
    """For each record the one that stands for the fact that it tells with others, and those that contradict it.

    >>> retold(["a", "b"], [RepeatedFact("a", ("a", "b"), ("c",))])["fact"]
    {'of': ['a'], 'at': [0, 0]}
    """
    fact: dict[str, str] = {}
    against: dict[str, list[str]] = {}
    for told in facts:
        if len(told.records) > 1:
            fact |= dict.fromkeys(told.records, told.record)
        against |= {record: list(told.against) for record in told.records}
    return {
        "fact": coded(fact.get(record) for record in ids),
        "against": coded(against.get(record, []) for record in ids),
    }
