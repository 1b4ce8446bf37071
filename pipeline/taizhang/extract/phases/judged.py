"""The phase of each quantity, judged by the weights once its time is known."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.judge import Choice, Option, Weights, probabilities
from taizhang.rules import RuleSet

WEIGHTS = "phase"


def judge_phase(seen: Sequence[str], rules: RuleSet) -> Choice:
    """The phases in the order of what the weights of ``seen`` add up to.

    Args:
        seen: the features of the quantity.
        rules: the rule set in force.
    """
    weights = Weights.of(rules, WEIGHTS)
    kept = tuple(sorted(seen))
    scores = weights.sums(kept)
    options = [
        Option(label, "phase.judged", kept, score)
        for label, score in zip(weights.labels, scores, strict=True)
    ]
    options.sort(key=lambda o: (-o.score, o.value))
    return Choice(tuple(options), max(probabilities(scores)))


def when(time: str, published: str | None) -> str:
    """How a quantity's time stands to its article's date, as a feature.

    >>> when("2025/..", "2024-05-01"), when("2024-03", "2024-05-01"), when("", None)
    ('time=to-come', 'time=year', 'time=none')
    """
    begins = time.partition("/")[0]
    if not begins:
        return "time=none"
    if published is None:
        return "time=undated"
    if begins > published[: len(begins)]:
        return "time=to-come"
    return "time=year" if begins[:4] == published[:4] else "time=past"
