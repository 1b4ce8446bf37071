"""The indicators' room: what is counted most and has no indicator yet, gathered for a person to add.

Metrics are gathered as OpenRefine gathers cells, by a key: here the different characters of action and object, without
the words that say nothing. So 解决群众问题 and 群众问题解决 are one suggestion with two wordings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from taizhang.indicators.patterns import bare
from taizhang.indicators.shapes import WORDS, IndicatorFile
from taizhang.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Metrics that are likely the same thing, of one kind.

    Attributes:
        records: how many there are.
        names, units, phases: the wordings, units and phases, with how often each comes.
    """

    kind: str
    names: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    phases: Counter[str] = field(default_factory=Counter)

    @property
    def records(self) -> int:
        """How many records have one of the names."""
        return self.names.total()


def suggestions(rows: Iterable[Mapping[str, Any]], rules: RuleSet, least: int = 2) -> Iterator[Suggestion]:
    """The metrics of records (rows of ``records.jsonl``) without an indicator, the most frequent first.

    Args:
        least: records that a suggestion must have.
    """
    edges = rules.load(WORDS, IndicatorFile).edges
    dropped = sorted({*edges.silent, *edges.lead, *edges.tail}, key=lambda word: (-len(word), word))
    found: dict[tuple[str, str], Suggestion] = {}
    for row in rows:
        metric = row["metric"]
        if metric["indicator"] or not metric["name"] or row["duplicate_of"]:
            continue
        text = bare(metric["name"])
        for word in dropped:
            text = text.removeprefix(word) or text
        key = "".join(sorted(set(text))), str(row["kind"])
        made = found.setdefault(key, Suggestion(key[1]))
        made.names[metric["name"]] += 1
        made.units[row["unit"]] += 1
        made.phases[row["phase"]] += 1
    ranked = sorted(found.values(), key=lambda s: (-s.records, min(s.names)))
    yield from (suggestion for suggestion in ranked if suggestion.records >= least)
