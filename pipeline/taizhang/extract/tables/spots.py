"""Tables: the places that heads of rows and columns name, settled by what the table is of and by each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from taizhang.extract.places.gazetteer import NATION, Division, level_of, stem, within
from taizhang.extract.places.lexicon import lexicon
from taizhang.extract.places.mentions import find_places
from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.shapes import TableWords, squeezed
from taizhang.records import PlaceMention
from taizhang.rules import RuleSet

AT_HAND = 512  # texts whose places are kept: those of a row come back at once
SHARE = 0.6  # of the heads of a row or column from which on it is one of places
PATH_BEGINS = range(2, 9)  # characters of the name that a path begins with: 广西, 内蒙古自治区
EDGE = "：:、,，"
BRACKETS = {"(": ("(", "（", "〔", "["), ")": (")", "）", "〕", "]")}


class TablePlaces:
    """Names of places in one article's tables."""

    def __init__(self, rules: RuleSet, published: str | None) -> None:
        self._rules, self._published = rules, published
        self._words = TableWords.of(rules)
        self._lexicon = lexicon(rules)
        self.names = self._lexicon.names
        self.year = int(published[:4]) if published else None
        self.mentions = lru_cache(maxsize=AT_HAND)(self._found)

    def column(
        self, texts: Iterable[str], context: str, said: bool = False, some: bool = False
    ) -> dict[str, PlaceCode]:
        """For each head that is just the name of a place, the place; empty where fewer than most of them are.

        ``context``: the code of what the table is of, or empty. ``said``: the head over them says that they are places;
        ``some``: that some of them may be.
        """
        heads = list(dict.fromkeys(texts))
        found = {text: made for text in heads if (made := self._candidates(text, context))}
        wholes = {text: self.whole(text, context) for text in heads}
        towns = self._towns(heads, context, said or some)
        named = [t for t in heads if t in found or t in towns or wholes[t] is not None]
        counted = [t for t in heads if not self._words.has("total", t)]
        if not (found or ((said or some) and towns)) or (len(named) < SHARE * len(counted) and not some):
            return {}
        near = self._common(found, context)
        found = _of_one_level(found)
        settled = {text: spot for text, made in found.items() if (spot := _one(made, near))}
        for text, spot in wholes.items():
            if spot is not None and text not in settled:
                settled[text] = spot
        return towns | settled

    def _is_town(self, text: str) -> bool:
        """Whether a name ends as a town's does and is no word for towns as a class: 乡镇, 街道."""
        return self._words.has("town", text) and not self._words.has("place", text)

    def _towns(self, heads: Sequence[str], context: str, said: bool) -> dict[str, PlaceCode]:
        """Towns by their names alone, which the table of towns need not have, in a table of the county above them.

        Under a head that says so they may be those of a city, too.
        """
        level = level_of(context or NATION)
        if level != "county" and not (said and level == "city"):
            return {}
        plain = {text: squeezed(text).strip(EDGE) for text in heads}
        return {text: PlaceCode(context, t, t) for text, t in plain.items() if self._is_town(t)}

    def whole(self, text: str, context: str) -> PlaceCode | None:
        """What 全市 stands for in a table of ``context``; None where a text is no such word."""
        text = squeezed(text)
        if not self._words.has("whole", text):
            return None
        if self._words.has("nation", text):
            return PlaceCode(NATION)
        if not context or context == NATION:
            return PlaceCode(context)
        path = self.names.path(self.names.row(context, self.year), self.year)
        endings = next((self._words.wholes[c] for c in text if c in self._words.wholes), ("",))
        for division in reversed(path):
            if division.name.endswith(endings):
                return PlaceCode(division.code)
        return PlaceCode(context)

    def exact(self, text: str, context: str) -> PlaceCode | None:
        """The place that a head names by itself."""
        return _one(self._candidates(text, context), Counter()) or self.whole(text, context)

    def _found(self, text: str) -> list[PlaceMention]:
        """The places that a text names."""
        return find_places(text, self._rules, self._published)

    def named(self, text: str) -> PlaceCode | None:
        """The last place of the first chain of names in a text, or the place inside it that brackets hold at its end.

        泸州市各乡镇粮食生产情况（合江县） is of 合江县.
        """
        chains = self._chains(text)
        if not chains:
            return None
        first, last = chains[0][-1], chains[-1][-1]
        closing = text[last.end :].strip()
        bracketed = (
            closing in BRACKETS[")"] and text[chains[-1][0].start - 1 : chains[-1][0].start] in BRACKETS["("]
        )
        inner = bracketed and last.code and first.code and within(last.code, first.code)
        return _spot(last if inner else first)

    def only(self, text: str, context: str) -> PlaceCode | None:
        """The one place in ``context`` that a text names; None where it names several or none."""
        found = {
            spot.code + spot.township: spot for chain in self._chains(text) if (spot := _spot(chain[-1]))
        }
        inside = [s for s in found.values() if not context or within(s.code, context)]
        return inside[0] if len(inside) == 1 and inside[0].code != context else None

    def _chains(self, text: str) -> list[list[PlaceMention]]:
        """The places of a text, those that follow each other straight away as one: 云南省昆明市."""
        chains: list[list[PlaceMention]] = []
        for mention in self.mentions(text):
            if not mention.code:
                continue
            last = chains[-1][-1] if chains else None
            if last and mention.start == last.end and within(mention.code, last.code or ""):
                chains[-1].append(mention)
            else:
                chains.append([mention])
        return chains

    def _candidates(self, text: str, context: str) -> list[PlaceCode]:
        plain = squeezed(text).strip(EDGE)
        form = plain
        if len(form) < 2:
            return []
        if form in self.names.names:
            divisions = self._lexicon.meanings(form, self.year)
            return [PlaceCode(d.code, "", plain) for d in self._inside(divisions, context)]
        towns = [c for c in self.names.towns.get(form, ()) if c in self.names.by_code]
        inside = [c for c in towns if context and within(c, context)]
        spots = [PlaceCode(c, form, plain) for c in (inside or ([] if context else towns))]
        return spots or self._path(plain)

    def _path(self, plain: str) -> list[PlaceCode]:
        """The place at the end of a whole path, the names above it short or in full: 广西南宁市."""
        if not any(plain[:size] in self.names.names for size in PATH_BEGINS):
            return []
        chains = self._chains(plain)
        whole = len(chains) == 1 and chains[0][0].start == 0 and chains[0][-1].end == len(plain)
        spot = _spot(chains[0][-1]) if whole and len(chains[0]) > 1 else None
        return [spot] if spot else []

    def _inside(self, divisions: Sequence[Division], context: str) -> list[Division]:
        inside = [d for d in divisions if not context or within(d.code, context)]
        above = [d for d in divisions if context and within(context, d.code)]
        return inside or above or list(divisions)

    def _common(self, found: dict[str, list[PlaceCode]], context: str) -> Counter[str]:
        """How many of the heads may lie in each city and province."""
        counts: Counter[str] = Counter()
        for spots in found.values():
            counts.update({spot.code[:size] for spot in spots for size in (2, 4)})
        if context:
            counts[stem(context)[:4]] += len(found)
        return counts


def _spot(mention: PlaceMention) -> PlaceCode | None:
    if mention.code is None:
        return None
    return PlaceCode(mention.code, mention.surface if mention.level == "township" else "", mention.surface)


def _of_one_level(found: dict[str, list[PlaceCode]]) -> dict[str, list[PlaceCode]]:
    """The places that names may mean, of the level that most plain names have: 河南 among provinces is one."""
    plain = Counter(level_of(made[0].code) for made in found.values() if len(made) == 1)
    level, count = plain.most_common(1)[0] if plain else ("", 0)
    if 2 * count <= plain.total():
        return found
    return {text: [s for s in made if level_of(s.code) == level] or made for text, made in found.items()}


def _one(spots: Sequence[PlaceCode], near: Counter[str]) -> PlaceCode | None:
    """The one of several places that lies where most of the others do."""
    if len(spots) <= 1:
        return spots[0] if spots else None
    ranked = sorted(spots, key=lambda s: (near[s.code[:4]], near[s.code[:2]], level_of(s.code) != "county"))
    best, next_ = ranked[-1], ranked[-2]
    told = (near[best.code[:4]], near[best.code[:2]]) > (near[next_.code[:4]], near[next_.code[:2]])
    if told or level_of(best.code) != level_of(next_.code):
        return best
    return None
