"""What articles with gold teach of each field: the metric among the names offered, the phase among six labels."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from math import exp
from typing import Any, NamedTuple

from taizhang.evaluate import right
from tune.gold import OWN, SEED, Read, is_seed, judged
from tune.model import Case
from tune.phase import PhaseText, text_of

STRANGE, FAR = (
    0.02,
    16,
)  # what each letter costs that a right name and gold's do not share, and how many count


class Lessons(NamedTuple):
    """All cases of the articles, in their order."""

    metric: list[Case]
    phase: list[PhaseText]
    named: list[tuple[str, int]]  # of each case of the metric its article, and which of its candidates it is


def lessons(articles: Iterable[Read]) -> Lessons:
    """The cases of all aligned quantities."""
    found = Lessons([], [], [])
    for read in articles:
        candidates = read.trace.extraction.candidates
        found.phase.append(text_of(read))
        for i, j in read.pairs:
            gold, candidate = read.gold[i], candidates[j]
            if not judged(gold, "metric") or gold.get(OWN):
                continue  # our articles name things in full: fitted with them, fewer names of real pages were right
            options = candidate.choices["metric"].options
            rights = tuple(_worth(o.value, gold) for o in options)
            weight = SEED if is_seed(read) else 1.0
            found.metric.append(Case(tuple(o.features for o in options), rights, read.id, weight))
            found.named.append((read.id, j))
    return found


def _worth(name: str, gold: dict[str, Any]) -> float:
    """How well a name says what gold does: 0 where it is wrong, else the less the more of its letters differ.

    By gold's heads alone many names of a number are right, among them such as say too much. Fitted on this, as many are
    right, and more of them are gold's to the letter.
    """
    if not right("metric", gold, {"metric": name}):
        return 0.0
    alike = SequenceMatcher(None, name, gold["metric"], autojunk=False).get_matching_blocks()
    strange = len(name) + len(gold["metric"]) - 2 * sum(block.size for block in alike)
    return exp(-STRANGE * min(strange, FAR))
