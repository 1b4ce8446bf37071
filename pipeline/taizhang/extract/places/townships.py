"""Places: towns, streets and villages, where the county or town that they belong to is named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from taizhang.extract.places.gazetteer import Gazetteer, gazetteer, level_of, within
from taizhang.extract.places.home import BareTown, told
from taizhang.extract.places.shapes import PLACES, PlaceRules, TownEnding, all_forms
from taizhang.extract.places.spans import Spans
from taizhang.extract.places.villages import villages_again
from taizhang.extract.places.words import evidence
from taizhang.records import PlaceMention
from taizhang.rules import RuleSet, once
from taizhang.segment.dictionary import dictionary

LONGEST = 7  # characters of the proper part of a town's or village's name
BARE = 3  # the same where the name stands alone
ACTING = ("v", "vd", "d", "p", "c", "m", "r", "t")  # tags of words that no name begins with
DESCRIBING = ("a", "ad", "an", "b", "vn")  # and of those that may stand before a noun: 美丽, 智能
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
        between = "|".join((*all_forms(rules.attribute), "，"))
        self.first = re.compile(rf"(?:{between})?({self.village.pattern})")
        self.any_town = re.compile(HAN + town)
        self.town_end, self.village_end = re.compile(f"{ends['town']}$"), re.compile(ends["village"])


def _ending(below: TownEnding) -> str:
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
    search = _TownshipSearch(text, _townships(rules), gazetteer(rules), year)
    added = list(search.known(found))
    kept = search.settled(_outside(found, added), added)
    added += search.adjacent(kept, added)
    added += search.bare([*kept, *added])
    added += search.namesakes([*kept, *added], added)
    added += _again(text, kept, added)
    known = sorted([*_outside(kept, added), *added], key=lambda m: m.start)
    added += villages_again(text, known, search.endings.first, search.is_common)
    return sorted([*_outside(kept, added), *added], key=lambda m: m.start)


@dataclass(frozen=True, slots=True)
class _TownshipSearch:
    """One text, searched for places below the county in several ways."""

    text: str
    endings: Townships
    names: Gazetteer
    year: int | None

    def known(self, found: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
        """Towns of the table whose county, or whose city, is named in the text, or told by the towns together."""
        above = [m for m in found if m.code and m.level in ("county", "city")]
        counties = {m.end: m.code or "" for m in above if m.level == "county"}
        edges = Spans((m.start, m.end) for m in found)
        index = _Index(above)
        alone: list[BareTown] = []
        beside = self._beside(counties)
        for match in self.endings.any_town.finditer(self.text):
            listed = list(self._listed(match, edges))
            for start, town, owners in listed:
                if start in counties and counties[start] not in owners:
                    break
                county = counties.get(start) or beside.get(town) or index.nearest(owners, start)
                if county:
                    yield self._town(start, town, county, "below.table")
                    break
            else:
                alone += [BareTown(*one) for one in listed[:1] if self._is_name(*one[:2])]
        named = {code for m in found for code in ([m.code] if m.code else m.candidates)}
        homes = told(alone, named)
        for start, town, owners in alone:
            home = next((c for c in owners if c in homes), "")
            if home:
                yield self._town(start, town, home, "below.home")

    def settled(self, found: Sequence[PlaceMention], towns: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Names left open that one of the counties of the text's towns bears: 鼓楼区 with 洪山镇 is in 福州."""
        codes = {t.code for t in towns}
        return [self._settled(m, [c for c in m.candidates if c in codes]) for m in found]

    def _settled(self, mention: PlaceMention, meant: Sequence[str]) -> PlaceMention:
        """The mention as the one that is ``meant``, where it was open and just one is."""
        if mention.code is not None or len(meant) != 1:
            return mention
        name, rule = self.names.full_name(meant[0], self.year), f"{mention.rule}+settled.town"
        update = {"code": meant[0], "name": name, "level": level_of(meant[0]), "rule": rule}
        return mention.model_copy(update=update)

    def _beside(self, counties: Mapping[int, str]) -> dict[str, str]:
        """The county of each town that is named straight after one, by the offset where the county's name ends."""
        matches = ((self.endings.town.match(self.text, end), code) for end, code in counties.items())
        return {match[0]: code for match, code in matches if match}

    def _listed(self, match: re.Match[str], edges: Spans) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """The towns of the table that end where a match ends, the longest first, with the counties that have one."""
        for start in range(max(0, match.end() - LONGEST - 2), match.start() + 1):
            town = self.text[start : match.end()]
            owners = tuple(c for c in self.names.towns.get(town, ()) if c in self.names.by_code)
            if owners and not edges.cut(start):
                yield start, town, owners

    def _is_name(self, start: int, town: str) -> bool:
        """Whether no word of the language explains what looks like a town: it is none, and none crosses its start."""
        end = start + len(town)
        seen = evidence(self.text, start, end, self.names.towns)
        return not dictionary().count(town) and not seen.crosses_start and not seen.crosses_end

    def adjacent(self, found: Sequence[PlaceMention], towns: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Towns, or else villages, straight after a county or city."""
        starts = {m.start: m.code for m in (*found, *towns)}
        added = []
        for place in found:
            if place.code is None or place.level not in ("county", "city"):
                continue
            other = starts.get(place.end)  # 丙旗|乐山村: a name that lies elsewhere begins that of a village
            inner = {place.end} if other and not within(other, place.code) else set()
            for pattern, rule in ((self.endings.town, "below.town"), (self.endings.village, "below.village")):
                match = pattern.match(self.text, place.end)
                if (
                    match
                    and not self.is_common(match)
                    and not (starts.keys() - inner) & set(range(*match.span()))
                ):
                    added.append(
                        self._town(match.start(), match[0], self._county(match[0], place.code), rule)
                    )
                    break
        return added

    def is_common(self, match: re.Match[str]) -> bool:
        """Whether words of the language explain what looks like a town or village and is none of the table's.

        It begins with a word that acts (打造), or is such a word or one that describes before another (美丽|乡村).
        """
        name, words = match[match.lastindex or 0], dictionary()
        if name in self.names.towns:
            return False
        if self.endings.village_end.match(self.text, match.end()):  # 甲县成立|乡村医疗队
            return True
        acts = words.tag(name[:2]) in ACTING and name[:2] not in self.names.names
        described = words.tag(name[:-2]) in (*ACTING, *DESCRIBING) and words.count(name[-2:])
        return name[2:] not in self.endings.ends and bool(acts or described)

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

    def namesakes(self, found: Sequence[PlaceMention], towns: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Villages that bear the name of a town of the text, and lie in it: 黄集村 in 黄集镇."""
        covered = Spans(sorted({(m.start, m.end) for m in found}))
        added = []
        for town in {t.surface: t for t in towns}.values():
            stem = self.endings.town_end.sub("", town.surface)
            pattern = (
                re.compile(re.escape(stem) + self.endings.village_end.pattern) if len(stem) > 1 else None
            )
            for match in pattern.finditer(self.text) if pattern else ():
                if not covered.hit(*match.span()):
                    covered.add(*match.span())
                    added.append(self._town(match.start(), match[0], town.code or "", "below.namesake"))
        return added

    def _county(self, town: str, above: str) -> str:
        """The county of a town, or of its office, that is named after its city, if the table knows just one."""
        known = next((town[:n] for n in range(len(town), 0, -1) if town[:n] in self.names.towns), town)
        counties = {
            c for c in self.names.towns.get(known, ()) if within(c, above) and c in self.names.by_code
        }
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
