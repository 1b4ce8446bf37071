"""Judge: a choice among options: each has features, the weights of the features are added up, the highest sum wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from math import exp
from operator import attrgetter
from typing import NamedTuple, Protocol

_named, _score = attrgetter("value", "rule"), attrgetter("score")
SCALE = 1000  # weights are added up in thousandths, as whole numbers: their sum is the same in any order


class Weighed(Protocol):
    """Something that is seen for an option: features, and the sum of their weights in thousandths.

    What is cheap to weigh and dear to spell may spell its features only when they are asked for.
    """

    @property
    def features(self) -> tuple[str, ...]:
        """Their names."""

    @property
    def score(self) -> int:
        """The sum of their weights."""


class FeatureSum(NamedTuple):
    """Features that are always seen together, and the sum of their weights in thousandths."""

    features: tuple[str, ...]
    score: int


class Option(NamedTuple):
    """One value that a field may have.

    Attributes:
        value: what the field would hold, as text (a phase, an ISO 8601 time, a code, a name).
        rule: id of the rule or generator that offers it.
        seen: names of what is seen for it, each once, in any order: sums are exact, so none depends on it.
        score: the sum of the features' weights, filled in by ``choose``.
        parts: more of what is seen for it, weighed before.
    """

    value: str
    rule: str
    seen: tuple[str, ...] = ()
    score: float = 0.0
    parts: tuple[Weighed, ...] = ()

    @property
    def features(self) -> tuple[str, ...]:
        """All that is seen for it.

        >>> Option("2019", "a", parts=(FeatureSum(("near",), 1000), FeatureSum(("year", "past"), -250))).features
        ('near', 'year', 'past')
        """
        return (*self.seen, *[feature for part in self.parts for feature in part.features])


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


def choose(options: Sequence[Option], table: Mapping[str, int]) -> Choice:
    """The options in the order of their scores.

    Args:
        options: at least one.
        table: the weight of each feature in thousandths; a feature that it does not know adds nothing.

    >>> choice = choose([Option("2019", "a", ("near",)), Option("2018", "b", ("far",))], {"near": 1000, "far": -1000})
    >>> [option.value for option in choice.options], round(choice.sure, 2)
    (['2019', '2018'], 0.88)
    """
    weight = table.get
    return ranked(
        [Option(o.value, o.rule, o.seen, sum(map(weight, o.seen, repeat(0))) / SCALE) for o in options]
    )


def likeliest(choice: Choice) -> Choice:
    """The choice with the value first whose options have the highest probability together.

    Several options may offer one value, and each of them speaks for it.

    >>> two, one = Option("2019", "a", ("near",)), Option("2018", "b", ("sure",))
    >>> likeliest(choose([two, two, one], {"near": 1000, "sure": 1500})).winner.value
    '2019'
    """
    odds = probabilities([option.score for option in choice.options])
    masses: dict[str, float] = {}
    for option, probability in zip(choice.options, odds, strict=True):
        masses[option.value] = masses.get(option.value, 0.0) + probability
    best = max(masses, key=lambda value: masses[value])  # of equals the first, as the options are in order
    ordered = sorted(choice.options, key=lambda option: option.value != best)
    return Choice(tuple(ordered), masses[best])


def ranked(options: list[Option]) -> Choice:
    """Options that have their scores, in order."""
    options.sort(key=_named)
    options.sort(key=_score, reverse=True)  # of equal scores the order stays
    odds = probabilities([o.score for o in options])
    best = options[0].value
    sure = sum([p for p, o in zip(odds, options, strict=True) if o.value == best])
    return Choice(tuple(options), sure)


def probabilities(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities that add up to 1 (softmax).

    >>> probabilities([0.0, 0.0])
    [0.5, 0.5]
    """
    highest = max(scores)
    powers = [exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
