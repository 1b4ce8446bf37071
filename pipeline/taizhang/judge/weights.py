"""Judge: weights as they stand in ``rules/weights/``: a feature a line, sorted, a column for each label.

A table of one field is ``rules/weights/FIELD.tsv``: lines that begin with ``#`` are its head, the first other line
names the columns (``feature`` and the labels), the rest are features with rounded weights. ``make tune`` writes it.
``FIELD_pinned.tsv``, where there is one, holds weights set by hand in the same columns: they go before fitted ones.
They are TSV and not TOML since a table of ten thousand numbers is read many times as fast so, and a diff shows a
feature a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import repeat

from taizhang.cache import table
from taizhang.errors import RuleError
from taizhang.judge.choice import SCALE, FeatureSum, probabilities
from taizhang.rules import RuleSet

_LANE = 40  # bits for one sum of thousandths
_HALF, _MASK = 1 << _LANE - 1, (1 << _LANE) - 1


class Lanes:
    """Several whole numbers side by side in one, so that one addition adds up all of them.

    >>> lanes = Lanes(3)
    >>> total = lanes.packed([1, -2, 3]) + lanes.packed([10, 0, -10])
    >>> lanes.all(total), lanes.one(total, 1)
    ((11, -2, -7), -2)
    """

    def __init__(self, count: int) -> None:
        self._shifts = range(0, _LANE * count, _LANE)
        # What lifts each sum above nought, so that none borrows from the next.
        self._level = sum([_HALF << shift for shift in self._shifts])

    def packed(self, row: Sequence[int]) -> int:
        """The numbers of a row as one."""
        return sum([number << shift for number, shift in zip(row, self._shifts, strict=True)])

    def all(self, total: int) -> tuple[int, ...]:
        """The sums of all lanes."""
        total += self._level
        return tuple([(total >> shift & _MASK) - _HALF for shift in self._shifts])

    def one(self, total: int, lane: int) -> int:
        """The sum of one lane."""
        return (total + self._level >> _LANE * lane & _MASK) - _HALF


Table = Mapping[str, tuple[float, ...]]


class Weights:
    """The weights of one field.

    Args:
        name: of the field, and the stem of its file.
        labels: the columns, in order.
        table: for each feature its weights, one for each label.
        packed: the same in thousandths, each row as one whole number, a lane a label; worked out where not given.
    """

    def __init__(
        self,
        name: str,
        labels: Sequence[str],
        table: Table | Callable[[], Table],
        packed: dict[str, int] | None = None,
    ) -> None:
        self.name, self.labels, self._table = name, tuple(labels), table
        self._lanes = Lanes(len(self.labels))
        self._packed = _packed(self.table, self._lanes) if packed is None else packed

    @staticmethod
    def of(rules: RuleSet, name: str) -> Weights:
        """The weights of a field in a rule set, read once; a user's line for a feature replaces the shipped one.

        Raises:
            RuleError: the table has no line of column names, or a weight that is no number.
        """
        key = (Weights, name)
        if key not in rules.built:
            rules.built[key] = _of_file(rules, name)
        found: Weights = rules.built[key]
        return found

    @cached_property
    def table(self) -> Table:
        """For each feature its weights as they are written; sums need none of it."""
        return self._table() if callable(self._table) else self._table

    def sums(self, features: Sequence[str]) -> list[float]:
        """The sum of the features' weights for each label.

        >>> Weights("x", ["a", "b"], {"f": (1.0, 0.0), "g": (0.5, 2.0)}).sums(["f", "g", "unknown"])
        [1.5, 2.0]
        """
        return [score / SCALE for score in self.tally(features)]

    def tally(self, features: Iterable[str]) -> tuple[int, ...]:
        """The sum of the features' weights for each label, in thousandths.

        >>> Weights("x", ["a", "b"], {"f": (1.0, 0.0), "g": (0.5, 2.0)}).tally(["f", "g", "unknown"])
        (1500, 2000)
        """
        return self._lanes.all(sum(map(self._packed.get, features, repeat(0))))

    def odds(self, features: Sequence[str]) -> dict[str, float]:
        """The probability of each label."""
        return dict(zip(self.labels, probabilities(self.sums(features)), strict=True))

    @cached_property
    def rows(self) -> dict[str, tuple[int, ...]]:
        return {feature: self._lanes.all(row) for feature, row in self._packed.items()}

    @cached_property
    def _column(self) -> dict[str, int]:
        return {feature: self._lanes.one(row, 0) for feature, row in self._packed.items()}

    def column(self) -> dict[str, int]:
        """A table of one label as a plain mapping of thousandths, for ``choose``."""
        return self._column

    def part(self, features: tuple[str, ...]) -> FeatureSum:
        """Features that are seen together, weighed by the first label.

        >>> Weights("x", ["score"], {"f": (1.0,), "g": (0.5,)}).part(("f", "g", "unknown"))
        FeatureSum(features=('f', 'g', 'unknown'), score=1500)
        """
        weight = self._column.get
        return FeatureSum(features, sum(map(weight, features, repeat(0))))


def _packed(table: Table, lanes: Lanes) -> dict[str, int]:
    return {feature: lanes.packed([round(w * SCALE) for w in row]) for feature, row in table.items()}


def _files(name: str) -> tuple[str, str]:
    return f"weights/{name}.tsv", f"weights/{name}_pinned.tsv"


def _of_file(rules: RuleSet, name: str) -> Weights:
    """The weights of a file, whose sums are kept on disk: to read tens of thousands of lines takes a while."""

    def made() -> tuple[tuple[str, ...], dict[str, int]]:
        labels, found = _read(rules, name)
        return labels, _packed(found, Lanes(len(labels)))

    labels, packed = table(f"weights-{name}", rules.digest(*_files(name)), made)
    return Weights(name, labels, lambda: _read(rules, name)[1], packed)


def _read(rules: RuleSet, name: str) -> tuple[tuple[str, ...], Table]:
    """The labels of a file of weights, and its rows by their features."""
    file, pinned = _files(name)
    rows = rules.table(file)
    head = next(rows, None)
    if head is None or head[0] != "feature" or len(head) < 2:
        raise RuleError(f"{file}: expected a line of columns, feature and labels, got {head}")
    found: dict[str, tuple[float, ...]] = {}
    for row in (*rows, *rules.table(pinned)):
        if row[0] == "feature":  # the head of another folder's table
            continue
        try:
            found[row[0]] = tuple(map(float, row[1:]))
        except ValueError as error:
            raise RuleError(f"{file}: feature {row[0]}: expected numbers, got {row[1:]}") from error
    return tuple(head[1:]), found
