"""Places: what each pointer of a text stands for where it stands, and what the text as a whole is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from taizhang.extract.places.gazetteer import NATION, Gazetteer, level_of, stem, within
from taizhang.extract.places.pointers import Pointer
from taizhang.extract.places.shapes import Deixis
from taizhang.records import How, PlaceMention

DOMINANT = 0.5  # share of all names from which on a text is about one place
TOWN = "deixis.town"  # the rule of words for a town, which lies in a county
OFTEN = 3  # times that a place is named in a text that is about it, unless its opening names it


class PlaceCode(NamedTuple):
    """A place as a code and, below the county, a township. An empty code is no place."""

    code: str = ""
    township: str = ""
    surface: str = ""
    candidates: tuple[str, ...] = ()  # all that the surface form may name


class Located(NamedTuple):
    """A pointer with the place that it stands for."""

    start: int
    end: int
    kind: str
    spot: PlaceCode
    how: How
    rule: str
    single: bool = False  # one name or chain of names, not several joined
    listed: PlaceCode = PlaceCode()  # what holds it and the places of the items before it in a list


COUNTRY = PlaceCode(NATION)
NOWHERE = PlaceCode()


def named(pointer: Pointer, about: PlaceCode) -> PlaceCode:
    """The place that names stand for together: one chain its last, several what holds them all.

    A town that is joined to an office or a company acts with it for the county that both are of.
    """
    spots = [spot for chain in pointer.chains if (spot := _last(chain, about))]
    if not spots:
        return NOWHERE
    if len(spots) == 1:
        return spots[0]._replace(township="") if pointer.shared else spots[0]
    codes = [s.code for s in spots]
    if len(set(codes)) == 1:
        return (
            spots[0]
            if len({s.township for s in spots}) == 1
            else PlaceCode(codes[0], surface=spots[0].surface)
        )
    return PlaceCode(common(codes), surface=spots[0].surface)


def _last(chain: Sequence[PlaceMention], about: PlaceCode) -> PlaceCode | None:
    """The most specific place of a chain; an open name is settled by the place in question where that can.

    A name that is above the one before it begins another name: 水磨沟区乌鲁木齐热电厂.
    """
    last = chain[0]
    for mention in chain[1:]:
        above = mention.code and last.code and within(last.code, mention.code) and mention.code != last.code
        last = last if above else mention
    if last.code is None:
        inside = [c for c in last.candidates if about.code and c.startswith(stem(about.code)[:4])]
        return PlaceCode(inside[0], "", last.surface, last.candidates) if len(inside) == 1 else None
    below = last.level == "township"
    return PlaceCode(last.code, last.surface if below else "", last.surface, last.candidates)


def common(codes: Sequence[str]) -> str:
    """The smallest division that holds all of several: the one of them that does, else what is above them.

    Counties of a municipality, and those straight under their province, have no prefecture above them.

    >>> common(["530100", "530125"]), common(["530102", "530125"]), common(["530100", "530300"])
    ('530100', '530100', '530000')
    >>> common(["469005", "469006"]), common(["110101", "110102"])
    ('460000', '110000')
    """
    for code in codes:
        if all(within(c, code) for c in codes):
            return code
    for size in (4, 2):
        stems = {c[:size] for c in codes}
        if len(stems) == 1 and (size == 2 or not _straight(codes[0])):
            return stems.pop().ljust(6, "0")
    return NATION


def _straight(code: str) -> bool:
    """Whether a county is straight under its province or municipality: GB/T 2260 gives those a 90 or a 01, 02."""
    return code[2:4] == "90" or code.startswith(("11", "12", "31", "50"))


def meant(rule: Deixis, about: Sequence[PlaceCode], names: Gazetteer, year: int | None) -> PlaceCode:
    """What a word like 全市 points at: the nearest division of the right kind, from the place in question up.

    ``about`` are the places in question: the first that has such a division decides, or else the first.
    """
    for spot in about:
        if spot.code in ("", NATION):
            continue
        if not rule.endings or (spot.township and spot.township.endswith(rule.endings)):
            return spot
        for division in reversed(names.path(names.row(spot.code, year), year)):
            if division.name.endswith(rule.endings):
                return PlaceCode(division.code)
    named = [spot for spot in about if spot.code not in ("", NATION)]
    counties = [spot for spot in named if level_of(spot.code) == "county"]  # a town lies in one
    return next(iter((counties if rule.id == TOWN else []) or named), NOWHERE)


def dominant(pointers: Sequence[Pointer], lead: int) -> PlaceCode:
    """The deepest division that holds at least ``DOMINANT`` of what a text names, the country included.

    It must be named before ``lead`` or ``OFTEN`` times. Where a text says 全市 or 我省 and no place is so
    prominent, what holds all places named will do, the country aside.
    """
    places = [
        (p.start, spot.code)
        for p in pointers
        if p.kind not in ("dateline", "goal")
        for c in p.chains
        if (spot := _last(c, NOWHERE))
    ]
    nation = sum(p.kind == "nation" for p in pointers)
    best = ""
    for code in sorted({code for _, code in places}):
        starts = [start for start, other in places if within(other, code)]
        prominent = len(starts) >= OFTEN or starts[0] < lead
        share = len(starts) / (len(places) + nation)
        if prominent and share >= DOMINANT and (not best or len(stem(code)) > len(stem(best))):
            best = code
    if not best and places and (not nation or any(p.kind in ("deixis", "agency") for p in pointers)):
        holder = common([code for _, code in places])
        prominent = len(places) >= OFTEN or places[0][0] < lead
        best = holder if prominent and level_of(holder) != "nation" else ""
    return PlaceCode(best)
