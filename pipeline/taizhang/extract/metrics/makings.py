"""The weights of a name's features by the name's making.

Nearly all that is seen of a name counts differently by how it was made: ``by=left&kind=count``, ``long=4&left``. So
the weights are kept a making apart, by the value of each such feature, and what a name is worth is looked up without
spelling its features; these are spelt only for who asks: ``explain``, the fitting and the tests.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import repeat
from typing import NamedTuple

from taizhang.judge import FeatureSum, Weights
from taizhang.rules import RuleSet, once

WEIGHTS = "metric"
BY = "by"
CROSSED = ("first", "before", "final", "after", "holds", "start", "end", "out", "long")
BEGINS, ENDS = "begins", "ends"  # features of the characters with which a name begins and ends

Values = dict[str, int]  # the weights of one feature by its values, in thousandths


class MakingFeatures(NamedTuple):
    """What is seen of a number, for one making of its name, and what it is worth: a part of an option."""

    made: str
    seen: tuple[str, ...]
    score: int

    @property
    def features(self) -> tuple[str, ...]:
        """The making alone, and with each thing that is seen.

        >>> MakingFeatures("left", ("kind=count",), 0).features
        ('by=left', 'by=left&kind=count')
        """
        by = f"{BY}={self.made}"
        return (by, *[f"{by}&{seen}" for seen in self.seen])


class SpeltFeatures(NamedTuple):
    """The characters at the ends of a name, and what they are worth: a part of an option."""

    text: str
    score: int

    @property
    def features(self) -> tuple[str, ...]:
        """What the name begins and ends with, one character and two.

        >>> SpeltFeatures("走访农户", 0).features, SpeltFeatures("", 0).features
        (('begins=走', 'begins=走访', 'ends=户', 'ends=农户'), ())
        """
        text = self.text
        ends = (f"{BEGINS}={text[:1]}", f"{BEGINS}={text[:2]}", f"{ENDS}={text[-1:]}", f"{ENDS}={text[-2:]}")
        return ends if len(text) > 1 else ends[::2] if text else ()


class Making:
    """The weights that count for names of one making.

    Attributes:
        alone: of the making itself.
        seen: by what is seen of the number.
        first: by the values of that feature of the name's shape; the others likewise.
    """

    __slots__ = ("after", "alone", "before", "end", "final", "first", "holds", "long", "out", "seen", "start")

    def __init__(self) -> None:
        self.alone = 0
        self.seen: Values = {}
        self.first: Values = {}
        self.before: Values = {}
        self.final: Values = {}
        self.after: Values = {}
        self.holds: Values = {}
        self.start: Values = {}
        self.end: Values = {}
        self.out: Values = {}
        self.long: Values = {}

    def worth(self, seen: Sequence[str]) -> int:
        """What the making is worth where these things are seen of a number."""
        return self.alone + sum(map(self.seen.get, seen, repeat(0)))


class MakingWeights:
    """The crossed features of one table of weights.

    Attributes:
        weights: the table.
        parts: features that cross no making, weighed before; ``held``: of what names hold, by its bits.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.parts: dict[Hashable, FeatureSum] = {}
        self.held: dict[int, tuple[FeatureSum, tuple[str, ...]]] = {}
        self._makings: dict[str, Making] = {}
        self._begins: Values = {}
        self._ends: Values = {}
        for feature, weight in weights.column().items():
            self._keep(feature, weight)

    @staticmethod
    @once
    def of(rules: RuleSet) -> MakingWeights:
        """Those of a rule set's metrics, made once."""
        return MakingWeights(Weights.of(rules, WEIGHTS))

    def making(self, made: str) -> Making:
        """The weights of one making; of one that no feature speaks of, none."""
        found = self._makings.get(made)
        if found is None:
            found = self._makings[made] = Making()
        return found

    def spelt(self, text: str) -> SpeltFeatures:
        """What a name begins and ends with."""
        begins, ends = self._begins.get, self._ends.get
        score = begins(text[:1], 0) + ends(text[-1:], 0)
        if len(text) > 1:
            score += begins(text[:2], 0) + ends(text[-2:], 0)
        return SpeltFeatures(text, score)

    def _keep(self, feature: str, weight: int) -> None:
        """File the weight of a feature where it is looked up; one that crosses no making stays in the table."""
        name, _, value = feature.partition("=")
        made, seen = _split(feature)
        if name in (BEGINS, ENDS):
            (self._begins if name == BEGINS else self._ends)[value] = weight
        elif made and name != BY:
            values: Values = getattr(self.making(made), name)
            values[seen.partition("=")[2]] = weight
        elif made and seen:
            self.making(made).seen[seen] = weight
        elif made:
            self.making(made).alone = weight


def _split(feature: str) -> tuple[str, str]:
    """The making in a feature and what is seen with it; two empty ones of a feature that is crossed with no making.

    >>> _split("by=left&kind=count"), _split("by=left"), _split("long=4&left"), _split("size=4")
    (('left', 'kind=count'), ('left', ''), ('left', 'long=4'), ('', ''))
    """
    name, _, rest = feature.partition("=")
    if name == BY:
        made, _, seen = rest.partition("&")
        return made, seen
    seen, _, made = feature.rpartition("&")
    return (made, seen) if name in CROSSED and seen else ("", "")
