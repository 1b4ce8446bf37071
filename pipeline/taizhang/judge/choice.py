"""A choice among options: each has features, the weights of the features are added up, the highest sum wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, fsum
from typing import NamedTuple


class Option(NamedTuple):
    """One value that a field may have.

    Attributes:
        value: what the field would hold, as text (a phase, an ISO 8601 time, a code, a name).
        rule: id of the rule or generator that offers it.
        features: names of what is seen for it, each once, in any order: sums are exact, so none depends on it.
        score: the sum of the features' weights, filled in by ``choose``.
    """

    value: str
    rule: str
    features: tuple[str, ...] = ()
    score: float = 0.0


class Choice(NamedTuple):
    """All options of one field of one quantity, the winner first.

    Attributes:
        options: in falling order of score; equal scores in the order of value and rule, so that no result depends
            on the order in which options were offered.
        sure: the probability of the winner, between 0 and 1.
    """

    options: tuple[Option, ...]
    sure: float

    @property
    def winner(self) -> Option:
        """The option with the highest score."""
        return self.options[0]

    @property
    def rival(self) -> Option | None:
        """The best option with another value than the winner's."""
        return next((o for o in self.options if o.value != self.winner.value), None)


def choose(options: Sequence[Option], table: Mapping[str, float]) -> Choice:
    """The options in the order of their scores.

    Args:
        options: at least one.
        table: the weight of each feature; a feature that it does not know adds nothing.

    >>> choice = choose([Option("2019", "a", ("near",)), Option("2018", "b", ("far",))], {"near": 1.0, "far": -1.0})
    >>> choice.winner.value, choice.rival.value, round(choice.sure, 2)
    ('2019', '2018', 0.88)
    """
    weight = table.get
    scored = [Option(v, rule, seen, fsum([weight(f, 0.0) for f in seen])) for v, rule, seen, _ in options]
    scored.sort(key=lambda o: (-o.score, o.value, o.rule))
    odds = probabilities([o.score for o in scored])
    best = scored[0].value
    return Choice(tuple(scored), sum(p for p, o in zip(odds, scored, strict=True) if o.value == best))


def probabilities(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities that add up to 1 (softmax).

    >>> probabilities([0.0, 0.0])
    [0.5, 0.5]
    """
    highest = max(scores)
    powers = [exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
