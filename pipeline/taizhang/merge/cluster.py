"""The merge room's clusters: linked records become one fact, as long as no two of them contradict each other.

Links do not carry: a record without a time may be linked to one of 2018 and to one of 2019, which are not the same. So
links are taken the strongest first, and one that would bring together what does not fit is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple


class FactTraits(NamedTuple):
    """What of a record must fit every other record of its fact."""

    value: str
    low: float
    high: float
    bound: str
    place: str
    first: str
    last: str
    stage: str


def compatible(a: FactTraits, b: FactTraits, *, copied: bool) -> bool:
    """Whether two records may tell the same fact; of a copied sentence the phase may have been read differently.

    >>> exact = FactTraits("614", 614, 614, "exact", "", "", "", "")
    >>> compatible(exact, FactTraits("600", 600, 700, "over", "", "", "", ""), copied=False)
    True
    >>> compatible(exact, FactTraits("620", 620, 620, "exact", "", "", "", ""), copied=False)
    False
    """
    return (
        (a.value == b.value or (max(a.low, b.low) <= min(a.high, b.high) and not _both_exact(a, b)))
        and {a.bound, b.bound} != {"over", "under"}
        and (not a.place or not b.place or a.place.startswith(b.place) or b.place.startswith(a.place))
        and (not a.first or not b.first or _nested(a, b))
        and (copied or a.stage == b.stage)
    )


class Clusters:
    """Which fact each linked record tells; a record that no link names is a fact by itself."""

    def __init__(self, stances: Mapping[int, FactTraits]) -> None:
        self._parent = {number: number for number in stances}
        self._stances = {number: {stance} for number, stance in stances.items()}
        self._taken: dict[int, list[tuple[int, int]]] = {}

    def join(self, links: Iterable[tuple[int, int, int]], copying: frozenset[int]) -> None:
        """Take links (rank, record, record) in their order; ``copying``: the ranks of rules about copied text."""
        for rank, a, b in links:
            first, second = sorted((self.fact(a), self.fact(b)))
            if first == second:
                continue
            pairs = product(self._stances[first], self._stances[second])
            if all(compatible(x, y, copied=rank in copying) for x, y in pairs):
                self._parent[second] = first
                self._stances[first] |= self._stances.pop(second)
                self._taken.setdefault(a, []).append((rank, b))
                self._taken.setdefault(b, []).append((rank, a))

    def fact(self, number: int) -> int:
        """The number of the first record of the fact that this record tells."""
        root = number
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[number] != root:
            self._parent[number], number = root, self._parent[number]
        return root

    def numbers(self) -> Iterable[int]:
        """All records that some link names."""
        return self._parent.keys()

    def origins(self) -> Iterator[tuple[int, int, int]]:
        """For each record that a link brought into a fact: itself, the rank of the rule, the record it is linked to.

        The links taken are a tree, so seen from the first record of the fact each other one has one link.
        """
        for root in self._parent:
            if self.fact(root) != root:
                continue
            reached, edge = {root}, [root]
            while edge:
                near = edge.pop()
                for rank, far in self._taken.get(near, ()):
                    if far not in reached:
                        reached.add(far)
                        edge.append(far)
                        yield far, rank, near


def _both_exact(a: FactTraits, b: FactTraits) -> bool:
    return a.low == a.high and b.low == b.high


def _nested(a: FactTraits, b: FactTraits) -> bool:
    return (a.first <= b.first and b.last <= a.last) or (b.first <= a.first and a.last <= b.last)
