"""Places: towns, streets and villages, where the county or town that they belong to is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taizhang.extract.places.gazetteer import Gazetteer, gazetteer, level_of, within
from taizhang.extract.places.shapes import PLACES, PlaceRules, all_forms
from taizhang.extract.places.words import frequencies
from taizhang.records import PlaceMention
from taizhang.rules import RuleSet

LONGEST = 7  # characters of the proper part of a town's or village's name
BARE = 3  # the same where the name stands alone
HAN = "[\u4e00-\u9fff]"


class Townships:
    """The compiled endings of names below the county."""

    def __init__(self, rules: PlaceRules) -> None:
        ends = {b.level: "|".join(sorted(b.forms, key=lambda f: (-len(f), f))) for b in rules.below}
        nouns = [noun + end for noun in all_forms(rules.common) for b in rules.below for end in b.forms]
        bad = "|".join(sorted({*all_forms(rules.noname), *nouns}, key=lambda f: (-len(f), f)))
        before = "|".join(map(re.escape, all_forms(rules.bare_before)))
        town = rf"(?:{ends['town']})(?!{ends['town']})"
        stop = "|".join(all_forms(rules.function))
        han = rf"(?:(?!{stop}){HAN})"
        self.ends = frozenset(f for b in rules.below for f in b.forms)
        self.bare = re.compile(rf"(?:^|{before})((?!{bad}){han}{{1,{BARE}}}{town})", re.M)
        self.town = re.compile(rf"(?!{bad}){han}{{1,{LONGEST}}}?{town}")
        self.village = re.compile(rf"(?!{bad}){han}{{1,{LONGEST}}}?(?:{ends['village']})")
        self.any_town = re.compile(HAN + town)


def add_towns(
    text: str, found: Sequence[PlaceMention], rules: RuleSet, year: int | None
) -> list[PlaceMention]:
    """``found`` with the places below the county put in, in order.

    A town stands straight after its county or city, or alone where the table knows it in a county that is
    named; a village only straight after what it belongs to. Either keeps its place when it is named again.
    """
    if "places.townships" not in rules.compiled:
        rules.compiled["places.townships"] = Townships(rules.load(PLACES, PlaceRules))
    search = _Search(text, rules.compiled["places.townships"], gazetteer(rules), year)
    added = list(search.known(found))
    kept = _outside(found, added)
    added += search.adjacent(kept, added)
    added += search.bare([*kept, *added])
    added += _again(text, kept, added)
    return sorted([*_outside(kept, added), *added], key=lambda m: m.start)


@dataclass(frozen=True, slots=True)
class _Search:
    """One text, searched for places below the county in several ways."""

    text: str
    endings: Townships
    names: Gazetteer
    year: int | None

    def known(self, found: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
        """Towns of the table whose county, or whose city, is named in the text."""
        above = [m for m in found if m.code and m.level in ("county", "city")]
        for match in self.endings.any_town.finditer(self.text) if above else ():
            for start in range(max(0, match.end() - LONGEST - 2), match.start() + 1):
                town = self.text[start : match.end()]
                counties = [c for c in self.names.towns.get(town, ()) if c in self.names.by_code]
                county = _nearest(counties, above, start)
                if county and not any(m.start < start < m.end for m in found):
                    yield self._town(start, town, county, "below.table")
                    break

    def adjacent(self, found: Sequence[PlaceMention], towns: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Towns, or else villages, straight after a county or city."""
        starts = {m.start for m in (*found, *towns)}
        added = []
        for place in found:
            if place.code is None or place.level not in ("county", "city"):
                continue
            for pattern, rule in ((self.endings.town, "below.town"), (self.endings.village, "below.village")):
                match = pattern.match(self.text, place.end)
                if match and starts.isdisjoint(range(*match.span())):
                    added.append(
                        self._town(match.start(), match[0], self._county(match[0], place.code), rule)
                    )
                    break
        return added

    def bare(self, found: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Towns that the table does not have, after their county; no common noun such as 小镇 or 家乡."""
        counties = [m for m in found if m.level == "county" and m.code]
        covered = [(m.start, m.end) for m in found]
        freq = frequencies()
        added = []
        for match in self.endings.bare.finditer(self.text) if counties else ():
            start, end = match.span(1)
            spans = ((end - 2, end), (end - 1, end + 1), (start, end), (start, end - 1))
            nouns = [noun for low, high in spans if (noun := self.text[low:high]) not in self.endings.ends]
            before = [m for m in counties if m.end <= start]
            if before and not any(freq.get(noun) for noun in nouns) and not _hits(start, end, covered):
                added.append(self._town(start, match[1], before[-1].code or "", "below.bare"))
        return added

    def _county(self, town: str, above: str) -> str:
        """The county of a town that is named straight after its city, where the table knows just one."""
        counties = {c for c in self.names.towns.get(town, ()) if within(c, above) and c in self.names.by_code}
        return counties.pop() if len(counties) == 1 else above

    def _town(self, start: int, surface: str, code: str, rule: str) -> PlaceMention:
        return PlaceMention(
            start=start,
            end=start + len(surface),
            surface=surface,
            code=code,
            name=self.names.full_name(code, self.year) + surface,
            level="township",
            candidates=(code,),
            rule=rule,
        )


def _outside(found: Sequence[PlaceMention], towns: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The mentions that are no part of a town's name: 嘉兴 in 嘉兴路街道 is one."""
    spans = [(t.start, t.end) for t in towns]
    return [m for m in found if not any(s <= m.start and m.end <= e for s, e in spans)]


def _nearest(counties: Sequence[str], above: Sequence[PlaceMention], at: int) -> str:
    """The county of a town: one that is named, the nearest before it first; else the only one of a city."""
    named = [m for m in above if m.code in counties]
    if named:
        return min(named, key=lambda m: (m.start > at, abs(at - m.start))).code or ""
    inside = {c for c in counties if any(within(c, m.code or "") for m in above if m.level == "city")}
    return inside.pop() if len(inside) == 1 else ""


def _hits(start: int, end: int, covered: Sequence[tuple[int, int]]) -> bool:
    return any(s < end and start < e for s, e in covered)


def _again(text: str, found: Sequence[PlaceMention], towns: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """The same names once more, further on in the text, where they are not a part of another name."""
    covered = [(m.start, m.end) for m in towns]
    edges = [(m.start, m.end) for m in found]
    for surface, first in {m.surface: m for m in reversed(towns)}.items():
        at = text.find(surface, first.end)
        while at >= 0:
            end = at + len(surface)
            cut = any(s < at < e or s < end < e for s, e in edges)
            if not cut and not _hits(at, end, covered):
                covered.append((at, end))
                yield first.model_copy(update={"start": at, "end": end, "rule": "below.again"})
            at = text.find(surface, end)


def is_below(mention: PlaceMention) -> bool:
    """Whether a mention names a place below the county."""
    return mention.code is not None and mention.level not in (level_of(mention.code), "")
