"""The phase of each quantity, judged by the weights once its time is known: alone, then in the company of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from taizhang.extract.phases import chain
from taizhang.extract.phases.features import READ, STATE_LEFT
from taizhang.extract.phases.rules import FILE, ContextFile
from taizhang.judge import Choice, Option, Weights, probabilities
from taizhang.records import Quantity
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout

WEIGHTS = "phase"
CHAIN = "phase_chain"


def judge_phase(seen: Iterable[str], rules: RuleSet) -> Choice:
    """The phases of a quantity alone, in the order of what the weights of ``seen`` add up to.

    Args:
        seen: the features of the quantity.
        rules: the rule set in force.
    """
    weights = Weights.of(rules, WEIGHTS)
    kept = tuple(sorted(seen))
    return _choice(kept, weights.labels, weights.sums(kept))


def judge_phases(
    seen: Sequence[Iterable[str]], quantities: Sequence[Quantity], layout: Layout, rules: RuleSet
) -> Iterator[Choice]:
    """The phases of all quantities of an article, each judged alone first and then in the company of the others."""
    alone, table = Weights.of(rules, WEIGHTS), Weights.of(rules, CHAIN)
    kept = [tuple(sorted(features)) for features in seen]
    first = [alone.sums(features) for features in kept]
    joint = rules.load(FILE, ContextFile).joint
    for features, company in zip(kept, chain.companies(first, quantities, layout, joint), strict=True):
        yield _choice(features, alone.labels, chain.scores(company, table.rows))


def _choice(seen: tuple[str, ...], labels: Sequence[str], scores: Sequence[float]) -> Choice:
    options = [
        Option(label, "phase.judged", seen, score) for label, score in zip(labels, scores, strict=True)
    ]
    options.sort(key=lambda o: (-o.score, o.value))
    return Choice(tuple(options), max(probabilities(scores)))


def with_setting(seen: Iterable[str], time: str, published: str | None, about: str) -> set[str]:
    """The features of a quantity with those of its time and of the heading that it stands under.

    Args:
        seen: the features that its clause and its text give.
        time: its time, ISO 8601; empty where nothing tells it.
        published: the day of its article; None where that is not known.
        about: what the nearest heading announces; empty where none does.
    """
    found = set(seen)
    told = when(time, published)
    across = [feature for feature in found if feature.startswith((READ, STATE_LEFT)) and "&" not in feature]
    return found | {told, f"about={about or 'nothing'}"} | {f"{told}&{feature}" for feature in across}


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
