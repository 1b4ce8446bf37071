"""The weights of a name's features by the name's making: a row for each feature, in it a column for each making.

Nearly all that is seen of a name counts differently by how it was made: ``by=left&kind=count``, ``long=4&left``. So
each such feature is looked up once, as a row of weights in one whole number, and what it is worth for a making is one
lane of that number. The features themselves are spelt only for who asks: ``explain``, the fitting and the tests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from itertools import repeat
from typing import NamedTuple

from taizhang.judge import FeatureSum, Lanes, Weights
from taizhang.rules import RuleSet, once

WEIGHTS = "metric"
BY = "by"
CROSSED = frozenset({"first", "before", "final", "after", "holds", "start", "end", "out", "long"})

Row = int  # the weights of one feature for all makings


class ByValue(dict[str, Row]):
    """The rows of the features of one name by their values; of a value that the table does not know, one of noughts."""

    def __missing__(self, value: str) -> Row:
        return 0


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


class HeldFeatures(NamedTuple):
    """What a name holds besides nouns and verbs, and the weights of that."""

    words: FeatureSum
    joints: tuple[str, ...]
    row: Row


class MakingWeights:
    """The crossed features of one table of weights.

    Attributes:
        weights: the table.
        lane: the lane of each making; one that no feature speaks of has none.
        rows: for each name of a crossed feature the rows by its values.
        parts: features that cross no making, weighed before; ``held``: what names hold, by its bits.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.parts: dict[Hashable, FeatureSum] = {}
        self.held: dict[int, HeldFeatures] = {}
        split = [(feature, *_split(feature)) for feature in weights.rows]
        makings = sorted({made for _, made, _ in split} - {""})
        self.lane = {made: lane for lane, made in enumerate(makings)}
        self._lanes = Lanes(len(makings))
        self._seen: dict[str, Row] = {}
        self.rows = {name: ByValue() for name in CROSSED}
        rows: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(makings))
        for feature, made, seen in split:
            if made:
                rows[BY if feature.startswith(f"{BY}=") else "", seen][self.lane[made]] = weights.rows[
                    feature
                ][0]
        for (by, seen), row in rows.items():
            name, _, value = seen.partition("=")
            table, key = (self._seen, seen) if by else (self.rows[name], value)
            table[key] = self._lanes.packed(row)

    @staticmethod
    @once
    def of(rules: RuleSet) -> MakingWeights:
        """Those of a rule set's metrics, made once."""
        return MakingWeights(Weights.of(rules, WEIGHTS))

    def row(self, seen: Iterable[str]) -> Row:
        """What makings are worth where these things are seen of a number."""
        return sum(map(self._seen.get, ("", *seen), repeat(0)))

    def worth(self, row: Row, made: str) -> int:
        """What a row says of one making."""
        lane = self.lane.get(made)
        return 0 if lane is None else self._lanes.one(row, lane)


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
