"""Places: the county that towns tell where the text names none: 百福司镇 is 来凤's and no other county's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

ENOUGH = 1.0  # one town that a single county has, or several that all of few counties have
CLEAR = 2.0  # times as many votes as the next county that does not share its towns
NEAR = {
    6: 12.0,
    4: 4.0,
    2: 2.0,
}  # what a vote counts where the county (digits of its code) or what holds it may be named


class BareTown(NamedTuple):
    """A town in a text that names neither its county nor its city, with the counties that have one of its name."""

    start: int
    town: str
    owners: tuple[str, ...]


def told(towns: Sequence[BareTown], named: Collection[str]) -> set[str]:
    """The counties that the towns of a text settle: each town gives one vote, shared by all that have one.

    ``named`` are the codes that the text names: a county in a prefecture or province that is named counts more, and
    where other provinces are named and not its own, towns of one name settle nothing.

    >>> told([BareTown(0, "甲镇", ("330101",)), BareTown(9, "乙镇", ("330101", "340101"))], ())
    {'330101'}
    >>> told([BareTown(9, "乙镇", ("330101", "340101"))], ())
    set()
    >>> told([BareTown(9, "乙镇", ("330101", "340101"))], {"340000"})
    {'340101'}
    """
    votes: dict[str, float] = {}
    for _, owners in sorted({(t.town, t.owners) for t in towns}):
        for county in owners:
            votes[county] = votes.get(county, 0.0) + _weight(county, named) / len(owners)
    settled: set[str] = set()
    for _, owners in sorted({(t.town, t.owners) for t in towns}):
        best, *others = sorted(owners, key=lambda c: (-votes[c], c))
        if votes[best] >= ENOUGH and all(votes[best] >= CLEAR * votes[c] for c in others):
            settled.add(best)
    return settled


def _weight(county: str, named: Collection[str]) -> float:
    for size, weight in NEAR.items():
        if any(code.startswith(county[:size]) for code in named):
            return weight
    return 0.5 if named else 1.0
