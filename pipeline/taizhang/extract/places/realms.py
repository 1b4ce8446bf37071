"""Places: whose news the items of a list are, as the headings over them say: 国内快讯 our own, 国际快讯 of others."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from taizhang.extract.places.shapes import Realm
from taizhang.segment.layout import Heading, Layout, LayoutUnit

NUMBER = "(?:[（(]?[\u4e00-\u9fff]{1,3}[、）)]|[^\u4e00-\u9fff]{0,6})"  # of an item, before its heading: （三）, 12.
PAUSE = "[：:；;。]?"  # behind a heading
BETWEEN = "[\u4e00-\u9fff]{0,2}?"  # between whose news it is and the word for a digest: 国际|联播|快讯


def realm_patterns(realms: Iterable[Realm], digest: Sequence[str]) -> dict[str, re.Pattern[str]]:
    """For each side what a heading over its news looks like."""
    ends = "|".join(map(re.escape, digest))
    said: dict[str, list[str]] = {}
    for realm in realms:
        said.setdefault(realm.side, []).extend(map(re.escape, realm.forms))
    return {
        side: re.compile(f"{NUMBER}(?:{'|'.join(forms)}){BETWEEN}(?:{ends}){PAUSE}")
        for side, forms in said.items()
    }


class Realms:
    """One text, asked whose news stands at an offset."""

    def __init__(self, layout: Layout, patterns: Mapping[str, re.Pattern[str]]) -> None:
        self._text, self._patterns = layout.text, patterns
        told = [(heading, self._said(heading)) for heading in layout.headings]
        self._over = [(heading.start, heading.until, side) for heading, side in told if side]
        self._title = self._said(layout.title)

    def _said(self, unit: LayoutUnit | Heading) -> str:
        heading = self._text[unit.start : unit.end].strip()
        return next((side for side, said in self._patterns.items() if said.fullmatch(heading)), "")

    def at(self, offset: int) -> str:
        """home, abroad, or empty where neither a heading nor the title says."""
        index = bisect_right(self._over, offset, key=lambda over: over[0]) - 1
        if index >= 0 and offset < self._over[index][1]:
            return self._over[index][2]
        return self._title
