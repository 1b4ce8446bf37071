"""Places: one figure with all that bears on its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from taizhang.extract.candidates import PlaceChoice
from taizhang.extract.places.pointers import Pointer
from taizhang.extract.places.sights import FigureUnits, NearbyPlace


class FigureContext(NamedTuple):
    """One figure with all that bears on its place."""

    at: int
    units: FigureUnits
    near: tuple[NearbyPlace, ...]
    ours: tuple[str, ...]  # the places named in its paragraph before it, the nearest first
    odds: Mapping[str, float]  # of each division to be what the text is about
    top: str  # the likeliest of them
    ruled: PlaceChoice  # what the rules say
    own: tuple[NearbyPlace, NearbyPlace] | None  # the first place of its paragraph and the last before it
    pointer: tuple[Pointer | None, str]  # the last word such as 全市 before it, and where that stands
