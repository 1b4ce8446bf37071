"""Places: every name of a place in a text, with the place that it stands for where the text settles it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from taizhang.extract.places.ambiguity import settle
from taizhang.extract.places.estates import without_estates
from taizhang.extract.places.gazetteer import Division, level_of, stem, within
from taizhang.extract.places.heads import heads, leads, title_end
from taizhang.extract.places.lexicon import NameHit, NameHits, PlaceLexicon, lexicon, longest
from taizhang.extract.places.settled import DivisionHits
from taizhang.extract.places.spans import Spans
from taizhang.extract.places.townships import LONGEST, add_towns
from taizhang.records import PlaceMention
from taizhang.rules import RuleSet
from taizhang.segment.dictionary import dictionary

COUNTED = 16  # characters between a city and a part of it that has a figure of its own
SYLLABLES = 2  # a name of more is that of nothing else, wherever it stands
PASSES = 3  # times that open names are tried against what is settled by then


def find_places(text: str, rules: RuleSet, published: str | None = None) -> list[PlaceMention]:
    """All names of places in ``text``, in order and without overlap.

    ``published`` is the article's ISO 8601 date: a division is the one that bore the name in that year, give
    or take one. ``code`` is None where the text leaves open which of the ``candidates`` a name means.

    >>> [(m.surface, m.code) for m in find_places("昆明市西山区建了两座桥", RuleSet())]
    [('昆明市', '530100'), ('西山区', '530112')]
    """
    lex = lexicon(rules)
    year = int(published[:4]) if published else None
    found = _MentionSearch(text, lex, year).run()
    return add_towns(text, [m for m in found if m.rule], rules, year)


@dataclass
class _MentionSearch:
    """One text on its way from hits to mentions."""

    text: str
    lex: PlaceLexicon
    year: int | None
    open: dict[NameHit, list[Division]] = field(default_factory=dict)
    settled: DivisionHits = field(default_factory=DivisionHits)
    alone: list[NameHit] = field(default_factory=list)
    found: NameHits = field(init=False)
    _provinces: dict[int, list[str]] = field(default_factory=dict)

    def run(self) -> list[PlaceMention]:
        self.found = self.lex.scan(self.text)
        sure = without_estates(self.text, longest(self.found.sure), self.lex)
        for hit in sure:
            codes = [d.code for d in self.lex.meanings(hit.form, self.year)] if hit.kind != "trap" else []
            self._provinces[hit.end] = [c for c in codes if level_of(c) == "province"]
        self._settle_all([h for h in sure if h.kind in ("full", "plain")])
        for hit in [h for h in sure if h.kind == "full" and not self._stands(h)]:
            self.open.pop(hit)
            self.settled.drop(hit)
        taken = Spans((h.start, h.end) for h in sure if h.kind != "full" or h in self.open)
        self._shorts([h for h in self.found.short if not taken.hit(h.start, h.end)])
        self._alone()
        return [self._mention(h) for h in sorted(self.open)]

    def _settle_all(self, hits: list[NameHit]) -> None:
        """Names with one meaning first; the others by them, from the left, as long as more is settled."""
        for hit in hits:
            self.open[hit] = self.lex.meanings(hit.form, self.year)
        for hit in [h for h in hits if h.kind == "plain" and self._is_foreign_to(h)]:
            self.open.pop(hit)
        hits = [h for h in hits if h in self.open]
        for hit in hits:
            if len(self.open[hit]) == 1:
                self.settled.put(hit, self.open[hit][0], "settled.only")
        left = [h for h in hits if len(self.open[h]) > 1]
        for _ in range(PASSES):
            for hit in left:
                chosen = self._by_town(hit) or settle(
                    self.open[hit], hit.start, self.settled.known, self._adjacent(hit)
                )
                if chosen:
                    self.settled.put(hit, *chosen)
            left = [h for h in left if self.settled.get(h) is None]

    def _is_foreign_to(self, hit: NameHit) -> bool:
        """Whether the province named straight before holds no city of this name: 安徽|九江 is no city of 江西."""
        above = self._provinces.get(hit.start, ())
        cities = [d.code for d in self.open[hit]]
        return bool(above) and not any(
            level_of(c) == "province" or within(c, a) for c in cities for a in above
        )

    def _by_town(self, hit: NameHit) -> tuple[Division, str] | None:
        """The one candidate that has the town named straight after: 西湖区灵隐街道 is in 杭州."""
        for end in range(hit.end + 2, hit.end + LONGEST + 3):
            counties = self.lex.names.towns.get(self.text[hit.end : end], ())
            found = [d for d in self.open[hit] if d.code in counties]
            if len(found) == 1:
                return found[0], "settled.town"
        return None

    def _adjacent(self, hit: NameHit) -> str | None:
        """The code of the place that is named straight before."""
        division = self.settled.ending(hit.start)
        return division.code if division else None

    def _listed(self, hit: NameHit) -> Division | None:
        """The place that stands before a hit in a list, or at the other end of a line: 甲县、乙县, 甲县至乙县."""
        comma = self.text.startswith(self.lex.joined, hit.start - 1)
        return self.settled.ending(hit.start - 1) if comma else None

    def _stands(self, hit: NameHit) -> bool:
        """Whether an official name is a name here: 城区 and 和县 only near what is above them."""
        common = hit.form in self.lex.names.ordinary["full"]
        alias = any(e.kind == "alias" for e in self.lex.names.names[hit.form])
        if alias or (not common and len(hit.form) > 2):
            return True
        codes = [d.code for d in self.open[hit]]
        if not common:
            return self._opens(hit) or self.settled.kin(codes)
        near = [d.code for d in (self.settled.ending(hit.start), self._listed(hit)) if d]
        near += self._counted(hit)
        return any(c != n and c.startswith(stem(n)[:4]) for c in codes for n in near)

    def _counted(self, hit: NameHit) -> list[str]:
        """What is named shortly before a name with a figure of its own: 某市5人（东区1人，西区4人）."""
        if not self.text[hit.end : hit.end + 1].isdigit():
            return []
        index = bisect_left(self.settled.known, hit.start, key=lambda k: k.start) - 1
        known = self.settled.known[index] if index >= 0 else None
        return [known.code] if known and hit.start - known.end <= COUNTED else []

    def _opens(self, hit: NameHit) -> bool:
        """Whether a name stands where one begins: at the head of a clause, or after a word such as 在."""
        return hit.start == 0 or self.text.endswith(self.lex.openers, 0, hit.start)

    def _shorts(self, hits: list[NameHit]) -> None:
        """Short names of counties that the text vouches for and the words around them allow."""
        for hit in self._disjoint(hits):
            candidates = self.lex.meanings(hit.form, self.year)
            vouched = self._vouched(hit, candidates)
            if not self.lex.allowed(self.text, hit, self.found.ends, self.found.joints):
                continue
            if vouched and self._names_nature(hit):
                continue
            thing = self.text.startswith(self.lex.things, hit.end)
            if (
                not vouched
                and self._adjacent(hit) is None
                and (not thing or self.text.startswith(self.lex.bears, hit.end))
            ):
                self.alone.append(hit)
            elif vouched:
                self.open[hit] = candidates
                chosen = settle(vouched, hit.start, self.settled.known, self._adjacent(hit))
                if chosen:
                    self.settled.put(hit, *chosen)

    def _names_nature(self, hit: NameHit) -> bool:
        """Whether a short name goes on as that of a bay, a river, a mountain: 大连|金州湾, no 宜良|山区."""
        after = self.text[hit.end : hit.end + 2]
        return after.startswith(self.lex.nature) and not dictionary().count(after)

    def _alone(self) -> None:
        """Short names that nothing vouches for but themselves: of one county, no word, in the title or said again.

        Where the text names what is above the county anywhere, or one of its towns, once is enough.
        """
        forms = Counter(h.form for h in self.alone)
        line = title_end(self.text, self.lex)
        borne = {h.form for h in self.found.short if self._is_borne(h)}
        for hit in self.alone:
            candidates = self.lex.meanings(hit.form, self.year)
            if len(candidates) != 1:
                continue
            county = candidates[0]
            named = self._is_above_named(county)
            told = (
                self._is_told(hit) if named else heads(self.text, hit, self.lex) and self.lex.proper(hit.form)
            )
            if hit.form in self.lex.names.ordinary["county"] and not (told or hit.form in borne):
                continue
            first = min(h.start for h in self.alone if h.form == hit.form)
            opens = any(self._opens(h) for h in self.alone if h.form == hit.form)
            opens = opens or len(hit.form) > SYLLABLES
            long = len(hit.form) > SYLLABLES and not hit.form.endswith(self.lex.things)
            if (
                named
                or long
                or hit.form in borne
                or heads(self.text, hit, self.lex)
                or (leads(self.text, hit) and self.lex.proper(hit.form))
                or (forms[hit.form] > 1 and first < line)
                or (opens and (forms[hit.form] > 1 or first < line or self._located(hit)))
            ):
                self.open[hit] = candidates
                self.settled.put(hit, county, "settled.alone")

    def _is_told(self, hit: NameHit) -> bool:
        """Whether a name that is a word too is a place here: it is ours, or opens the text and is first a name."""
        if self.text.endswith(self.lex.ours, 0, hit.start):
            return True
        return hit.start == 0 and self.lex.proper(hit.form)

    def _is_borne(self, hit: NameHit) -> bool:
        """Whether a thing that bears its county's name stands here: a zone, or the town that is its seat."""
        if self.text.startswith(self.lex.bears, hit.end):
            return True
        candidates = self.lex.meanings(hit.form, self.year)
        if self.text.startswith(self.lex.organs, hit.end):
            return any(self._is_above_named(d) for d in candidates)
        seats = self.lex.names.towns.get(self.text[hit.start : hit.end + 1], ())
        return any(d.code in seats and self._is_above_named(d) for d in candidates)

    def _is_above_named(self, county: Division) -> bool:
        """Whether the text names what is above a county, or one beside it."""
        return bool(self.settled.kin([county.code])) or self.settled.named(county.code[:2] + "0000")

    def _located(self, hit: NameHit) -> bool:
        """Whether a name stands after a word for being somewhere."""
        return self.text.endswith(self.lex.location, 0, hit.start)

    def _disjoint(self, hits: list[NameHit]) -> Iterator[NameHit]:
        """Of hits that overlap the first that is allowed; one that stands apart is not asked yet."""
        end = 0
        for index, hit in enumerate(hits):
            if hit.start < end:
                continue
            overlapped = index + 1 < len(hits) and hits[index + 1].start < hit.end
            if not overlapped or self.lex.allowed(self.text, hit, self.found.ends, self.found.joints):
                yield hit
                end = hit.end

    def _vouched(self, hit: NameHit, candidates: list[Division]) -> list[Division]:
        """The candidates for which the text speaks: named in full, or what is above them stands before."""
        adjacent, listed = self._adjacent(hit), self._listed(hit)
        beside = listed.code if listed and level_of(listed.code) == "county" else ""
        inside = [d for d in candidates if adjacent and within(d.code, adjacent) and d.code != adjacent]
        if hit.form in self.lex.names.ordinary["city"]:
            cities = [d for d in candidates if level_of(d.code) == "city"]
            return [d for d in cities if d in inside or self._is_known_city(hit, d)]
        if hit.form in self.lex.names.ordinary["county"]:
            within_other = [d for d in candidates if listed and within(d.code, listed.code)]
            sure = self.lex.proper(hit.form) or self.text.startswith(self.lex.bears, hit.end)
            proper = (inside or within_other) if sure else []
            return proper or [d for d in candidates if beside and d.code[:2] == beside[:2]]
        line = self.text.rfind("\n", 0, max(0, self.text.rfind("\n", 0, hit.start)))
        return (
            inside
            or [d for d in candidates if self.settled.named(d.code)]
            or [d for d in candidates if beside and d.code[:4] == beside[:4]]
            or [d for d in candidates if self._above(d, line, hit.start)]
        )

    def _is_known_city(self, hit: NameHit, city: Division) -> bool:
        """Whether a prefecture whose name is a word is joined to another of its province, or named and stands here."""
        joined = self.text.startswith(self.lex.joints, hit.start - 1)
        other = self.settled.ending(hit.start - 1) if joined else None
        if other and other.code[:2] == city.code[:2] and level_of(other.code) == "city":
            return True
        return self.settled.named(city.code) and (self._opens(hit) or self._located(hit))

    def _above(self, division: Division, low: int, high: int) -> bool:
        """Whether what is above a division is named between two offsets."""
        higher = self.lex.names.path(division, self.year)[:-1]
        return any(self.settled.named_between(d.code, low, high) for d in higher)

    def _mention(self, hit: NameHit) -> PlaceMention:
        names = self.lex.names
        division = self.settled.get(hit)
        codes = tuple(d.code for d in self.open[hit])
        rule = next(
            (e.rule for e in names.names[hit.form] if e.division == (division or self.open[hit][0])), ""
        )
        if len(codes) > 1 and division:
            rule = f"{rule}+{self.settled.why(hit)}"
        zone = rule in self.lex.zones
        if division is None:
            return PlaceMention(start=hit.start, end=hit.end, surface=hit.form, candidates=codes, rule=rule)
        return PlaceMention.known(
            start=hit.start,
            end=hit.end,
            surface=hit.form,
            code=division.code,
            name=names.full_name(division.code, self.year, division) + (hit.form if zone else ""),
            level="township" if zone else level_of(division.code),
            candidates=codes,
            rule=rule,
        )
