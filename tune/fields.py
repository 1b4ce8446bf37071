"""What articles with gold teach of each field: the metric among the names offered, the phase among six labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, get_args

from taizhang.evaluate import right
from taizhang.records import Phase
from taizhang.validate.evidence import evidence
from tune.gold import PARTIAL, Read, flat, judged
from tune.model import Case, LabelCase

PHASES: tuple[str, ...] = get_args(Phase)


class Lessons(NamedTuple):
    """All cases of the articles, in their order; those of the two fields stand side by side."""

    metric: list[Case]
    phase: list[LabelCase]
    seen: list[tuple[str, ...]]  # what confidence looks at besides the choices
    held: list[bool | None]  # whether value, unit and code are right; None where gold does not say
    more: list[LabelCase]  # phases of quantities whose gold says no metric


def lessons(articles: Iterable[Read]) -> Lessons:
    """The cases of all aligned quantities."""
    found = Lessons([], [], [], [], [])
    for read in articles:
        candidates = read.trace.extraction.candidates
        checks = [record.checks for record in read.trace.result.records]
        for i, j in read.pairs:
            gold, candidate = read.gold[i], candidates[j]
            phases = (gold["phase"], *(gold.get("also") or {}).get("phase", ()))
            seen = candidate.choices["phase"].winner.features
            if not judged(gold, "metric"):
                found.more.append(LabelCase(seen, phases, read.id))
                continue
            options = candidate.choices["metric"].options
            rights = tuple(right("metric", gold, {"metric": o.value}) for o in options)
            found.metric.append(Case(tuple(o.features for o in options), rights, read.id))
            found.phase.append(LabelCase(seen, phases, read.id))
            found.seen.append(tuple(evidence(candidate, checks[j], judged=False)))
            found.held.append(
                None
                if gold.get(PARTIAL)
                else all(right(name, gold, flat(candidate)) for name in ("value", "unit", "code"))
            )
    return found
