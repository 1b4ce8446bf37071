"""Places: which of several divisions a name stands for, by its year, its neighbours and what governs it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from taizhang.extract.places.gazetteer import OPEN_END, Division, DivisionName, level_of, stem, within

NEAR = 64  # how many settled places to either side may settle an open one
LEVELS = {"province": 0, "city": 1, "county": 2}


class SettledPlace(NamedTuple):
    """A place already settled in the text: where it stands and its code."""

    start: int
    end: int
    code: str


def current(entries: Sequence[DivisionName], year: int | None) -> list[DivisionName]:
    """The entries that were in force: in the year, else within a year of it, else nearest to it.

    Without a year those in force today, else those that went last; and whatever bore the same name before and has
    no successor of that name: a text without a date may be of any year.
    """
    if year is None:
        last = max(e.division.last for e in entries)
        return [e for e in entries if e.division.last == last or _is_namesake(e, entries)]
    for tolerance in (0, 1):
        found = [e for e in entries if e.division.in_force(year, tolerance)]
        if found:
            return found
    gap = min(_gap(e.division, year) for e in entries)
    return [e for e in entries if _gap(e.division, year) == gap]


def _is_namesake(entry: DivisionName, entries: Sequence[DivisionName]) -> bool:
    """Whether a division that is no more was another one than those that bear its name, none with a new code."""
    own = entry.division
    bearers = [e.division for e in entries if e.division.name == own.name and e.division.last > own.last]
    renumbered = any(d.code[:2] == own.code[:2] and own.first < d.first <= own.last + 1 for d in bearers)
    return entry.kind != "short" and bool(bearers) and not renumbered


def _gap(division: Division, year: int) -> int:
    return max(division.first - year, year - division.last, 0)


def one_each(divisions: Iterable[Division]) -> list[Division]:
    """One row a code, the latest: a division that was renamed or renumbered in the year counts once."""
    latest: dict[str, Division] = {}
    for d in divisions:
        if d.code not in latest or d.last > latest[d.code].last:
            latest[d.code] = d
    same: dict[tuple[str, str], Division] = {}
    for d in latest.values():
        key = (d.name, d.code[:2] if d.last < OPEN_END else d.code)
        if key not in same or d.last > same[key].last:
            same[key] = d
    return sorted(same.values())


def settle(
    candidates: Sequence[Division], at: int, known: Sequence[SettledPlace], adjacent: str | None
) -> tuple[Division, str] | None:
    """The division that a name at offset ``at`` stands for with what says so, or None while several are open.

    ``adjacent`` is the code of the place named straight before; ``known`` are the settled
    places of the text, in order: the nearest before it that fits just one candidate decides, or else after it.
    """
    if adjacent is not None:
        inside = [d for d in candidates if within(d.code, adjacent) and d.code != adjacent]
        if inside:
            highest = _highest(inside)
            return (highest, "settled.inside") if highest else None
    if len(candidates) == 1:
        return candidates[0], "settled.only"
    top = _highest(candidates)
    if top is not None and level_of(top.code) != "county":
        return top, "settled.higher"
    index = bisect_left(known, at, key=lambda k: k.start)
    before, after = known[max(0, index - NEAR) : index], known[index : index + NEAR]
    for near in (*reversed(before), *after):
        for scope in (stem(near.code), near.code[:4]):
            inside = [d for d in candidates if d.code.startswith(scope)]
            if len(inside) == 1:
                return inside[0], "settled.near"
    return None


def _highest(divisions: Sequence[Division]) -> Division | None:
    """The one that stands highest, where just one does: 吉林 is the province, 辽宁朝阳 the prefecture."""
    top = min(LEVELS[level_of(d.code)] for d in divisions)
    found = [d for d in divisions if LEVELS[level_of(d.code)] == top]
    return found[0] if len(found) == 1 else None
