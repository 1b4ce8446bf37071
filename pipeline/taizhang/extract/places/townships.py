"""Places: towns, streets and villages, where the county or town that they belong to is named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taizhang.extract.places.gazetteer import Gazetteer, gazetteer, level_of, within
from taizhang.extract.places.shapes import PLACES, Below, PlaceRules, all_forms
from taizhang.extract.places.spans import Spans
from taizhang.records import PlaceMention
from taizhang.rules import RuleSet, once
from taizhang.segment.dictionary import dictionary

LONGEST = 7  # characters of the proper part of a town's or village's name
BARE = 3  # the same where the name stands alone
HAN = "[\u4e00-\u9fff]"


class Townships:
    """The compiled endings of names below the county."""

    def __init__(self, rules: PlaceRules) -> None:
        ends = {b.level: _ending(b) for b in rules.below}
        nouns = [noun + end for noun in all_forms(rules.common) for b in rules.below for end in b.forms]
        bad = "|".join(sorted({*all_forms(rules.noname), *nouns}, key=lambda f: (-len(f), f)))
        before = "|".join(map(re.escape, all_forms(rules.bare_before)))
        town = rf"{ends['town']}(?!{ends['town']})"
        stop = "|".join(all_forms(rules.function))
        han = rf"(?:(?!{stop}){HAN})"
        self.ends = frozenset(f for b in rules.below for f in b.forms)
        soon = "".join(sorted({f[0] for b in rules.below if b.level == "town" for f in b.forms}))
        near = rf"(?=.{{1,{BARE}}}[{soon}])"  # saves trying what follows where no ending is near
        self.bare = re.compile(rf"(?:^|{before}){near}((?!{bad}){han}{{1,{BARE}}}{town})", re.M)
        self.town = re.compile(rf"(?!{bad}){han}{{1,{LONGEST}}}?{town}")
        self.village = re.compile(rf"(?!{bad}){han}{{1,{LONGEST}}}?{ends['village']}")
        self.any_town = re.compile(HAN + town)


def _ending(below: Below) -> str:
    """The pattern of what a name ends in; 村 in 村级 is no ending."""
    forms = "|".join(sorted(below.forms, key=lambda form: (-len(form), form)))
    return f"(?:{forms})" + (f"(?![{below.unless}])" if below.unless else "")


@once
def _townships(rules: RuleSet) -> Townships:
    return Townships(rules.load(PLACES, PlaceRules))


def add_towns(
    text: str, found: Sequence[PlaceMention], rules: RuleSet, year: int | None
) -> list[PlaceMention]:
    """``found`` with the places below the county put in, in order.

    A town stands straight after its county or city, or alone where the table knows it in a county that is
    named; a village only straight after what it belongs to. Either keeps its place when it is named again.
    """
    search = _Search(text, _townships(rules), gazetteer(rules), year)
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
        edges = Spans((m.start, m.end) for m in found)
        index = _Index(above)
        for match in self.endings.any_town.finditer(self.text) if above else ():
            for start in range(max(0, match.end() - LONGEST - 2), match.start() + 1):
                town = self.text[start : match.end()]
                counties = [c for c in self.names.towns.get(town, ()) if c in self.names.by_code]
                county = index.nearest(counties, start)
                if county and not edges.cut(start):
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
        counties = sorted((m for m in found if m.level == "county" and m.code), key=lambda m: m.start)
        ends = [m.end for m in counties]
        covered = Spans((m.start, m.end) for m in found)
        count = dictionary().count
        added = []
        for match in self.endings.bare.finditer(self.text) if counties else ():
            start, end = match.span(1)
            spans = ((end - 2, end), (end - 1, end + 1), (start, end), (start, end - 1))
            nouns = [noun for low, high in spans if (noun := self.text[low:high]) not in self.endings.ends]
            before = bisect_right(ends, start)
            if before and not any(count(noun) for noun in nouns) and not covered.hit(start, end):
                added.append(self._town(start, match[1], counties[before - 1].code or "", "below.bare"))
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
    spans = Spans((t.start, t.end) for t in towns)
    return [m for m in found if not spans.hold(m.start, m.end)]


class _Index:
    """Where the counties and cities of a text are named."""

    def __init__(self, above: Sequence[PlaceMention]) -> None:
        self._starts: dict[str, list[int]] = {}
        for mention in above:
            self._starts.setdefault(mention.code or "", []).append(mention.start)

    def nearest(self, counties: Sequence[str], at: int) -> str:
        """The county of a town: the one named nearest before it, else after; else the only one of a city."""
        found = [
            (*min((s > at, abs(at - s)) for s in self._near(c, at)), c) for c in counties if c in self._starts
        ]
        if found:
            return min(found)[2]
        inside = {c for c in counties if c[:4] + "00" in self._starts}
        return inside.pop() if len(inside) == 1 else ""

    def _near(self, code: str, at: int) -> list[int]:
        starts = self._starts[code]
        index = bisect_right(starts, at)
        return starts[max(0, index - 1) : index + 1]


def _again(text: str, found: Sequence[PlaceMention], towns: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """The same names once more, further on in the text, where they are not a part of another name."""
    covered = Spans((m.start, m.end) for m in towns)
    edges = Spans((m.start, m.end) for m in found)
    for surface, first in {m.surface: m for m in reversed(towns)}.items():
        at = text.find(surface, first.end)
        while at >= 0:
            end = at + len(surface)
            if not (edges.cut(at) or edges.cut(end) or covered.hit(at, end)):
                covered.add(at, end)
                yield first.model_copy(update={"start": at, "end": end, "rule": "below.again"})
            at = text.find(surface, end)


def is_below(mention: PlaceMention) -> bool:
    """Whether a mention names a place below the county."""
    return mention.code is not None and mention.level not in (level_of(mention.code), "")
