"""Places: villages that are named again further on, and keep the place that they were first named with."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from taizhang.extract.places.spans import Spans
from taizhang.records import PlaceMention

LEVELS = ("city", "county", "township")  # of the places that a village is named after

IsCommon = Callable[[re.Match[str]], bool]  # whether what looks like a village is none


def villages_again(
    text: str, found: Sequence[PlaceMention], first: re.Pattern[str], is_common: IsCommon
) -> Iterator[PlaceMention]:
    """The later mentions of villages: 甲县乙镇的丙村…丙村有120户 is about 甲县.

    A village stands straight after a county, a city or a town, or after 的 or a comma; one that two of them have
    keeps no place. ``found`` are the names of the text so far; ``first`` is how a village is named first, as its group.
    """
    homes: dict[str, list[PlaceMention]] = {}
    for place in found:
        match = first.match(text, place.end) if place.code and place.level in LEVELS else None
        if match and not is_common(match):
            homes.setdefault(match[1], []).append(place)
    covered = Spans((m.start, m.end) for m in found)
    ends = sorted(m.end for m in found)
    for village, places in homes.items():
        if len({p.code for p in places}) > 1:
            continue
        at = text.find(village, places[0].end + len(village))
        while at >= 0:
            end = at + len(village)
            chained = bisect_left(ends, at) < len(ends) and ends[bisect_left(ends, at)] == at
            if not (covered.hit(at, end) or chained):
                covered.add(at, end)
                yield _later(places[0], village, at)
            at = text.find(village, end)


def _later(place: PlaceMention, village: str, at: int) -> PlaceMention:
    name = place.name.removesuffix(place.surface) if place.level == "township" else place.name
    update = {"start": at, "end": at + len(village), "surface": village, "name": name + village}
    return place.model_copy(update=update | {"level": "township", "rule": "below.later"})
