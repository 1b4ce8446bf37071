"""The weights of a name's features by the name's making: a row for each feature, in it a column for each making.

Nearly all that is seen of a name counts differently by how it was made: ``by=left&kind=count``, ``long=4&left``. So
each such feature is looked up once, as a row, and what it is worth for a making is a column of that row. The features
themselves are spelt only for who asks: ``explain``, the fitting and the tests.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from taizhang.judge import FeatureSum, Weights
from taizhang.rules import RuleSet, once

WEIGHTS = "metric"
BY = "by"
CROSSED = frozenset({"first", "before", "final", "after", "holds", "start", "end", "out", "long"})
NOWHERE = -1  # the column of a making that no feature speaks of

Row = Sequence[int]


class ByValue(dict[str, list[int]]):
    """The rows of the features of one name by their values; of a value that the table does not know, one of noughts."""

    def __init__(self, nothing: Row) -> None:
        super().__init__()
        self._nothing = list(nothing)

    def __missing__(self, value: str) -> list[int]:
        return self._nothing


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
    rows: tuple[Row, ...]


class MakingWeights:
    """The crossed features of one table of weights.

    Attributes:
        weights: the table.
        columns: the column of each making.
        rows: for each name of a crossed feature the rows by its values.
        parts: features that cross no making, weighed before; ``held``: what names hold, by its bits.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.parts: dict[Hashable, FeatureSum] = {}
        self.held: dict[int, HeldFeatures] = {}
        split = [(feature, *_split(feature)) for feature in weights.rows]
        makings = sorted({made for _, made, _ in split} - {""})
        self.columns = {made: column for column, made in enumerate(makings)}
        self._nothing = (0,) * len(makings) + (0,)  # the last one is that of a making that none speaks of
        self._seen: dict[str, list[int]] = {}
        self.rows = {name: ByValue(self._nothing) for name in CROSSED}
        for feature, made, seen in split:
            if made:
                self._row(feature, seen)[self.columns[made]] = weights.rows[feature][0]

    @staticmethod
    @once
    def of(rules: RuleSet) -> MakingWeights:
        """Those of a rule set's metrics, made once."""
        return MakingWeights(Weights.of(rules, WEIGHTS))

    def _row(self, feature: str, seen: str) -> list[int]:
        name, _, value = seen.partition("=")
        table, key = (self._seen, seen) if feature.startswith(f"{BY}=") else (self.rows[name], value)
        return table.setdefault(key, list(self._nothing))

    def worth(self, seen: Iterable[str]) -> Mapping[str, int]:
        """What each making is worth where these things are seen of a number."""
        known = self._seen.get
        rows = [row for feature in ("", *seen) if (row := known(feature)) is not None]
        return dict(zip(self.columns, map(sum, zip(*rows, strict=True)), strict=False))


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
