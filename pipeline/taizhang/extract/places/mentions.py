"""Places: every name of a place in a text, with the place that it stands for where the text settles it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from taizhang.extract.places.ambiguity import Known, current, one_each, settle
from taizhang.extract.places.gazetteer import Division, level_of, stem, within
from taizhang.extract.places.lexicon import Hit, Lexicon, lexicon, longest
from taizhang.extract.places.townships import add_towns
from taizhang.records import PlaceMention
from taizhang.rules import RuleSet

LIST_COMMA = "、"


def find_places(text: str, rules: RuleSet, published: str | None = None) -> list[PlaceMention]:
    """All names of places in ``text``, in order and without overlap.

    ``published`` is the article's ISO 8601 date: a division is the one that bore the name in that year, give
    or take one. ``code`` is None where the text leaves open which of the ``candidates`` a name means.

    >>> [(m.surface, m.code) for m in find_places("昆明市西山区建了两座桥", RuleSet())]
    [('昆明市', '530100'), ('西山区', '530112')]
    """
    lex = lexicon(rules)
    year = int(published[:4]) if published else None
    found = _Search(text, lex, year).run()
    return add_towns(text, [m for m in found if m.rule], rules, year)


@dataclass
class _Search:
    """One text on its way from hits to mentions."""

    text: str
    lex: Lexicon
    year: int | None
    open: dict[Hit, list[Division]] = field(default_factory=dict)
    settled: dict[Hit, Division] = field(default_factory=dict)

    def run(self) -> list[PlaceMention]:
        hits = self.lex.scan(self.text)
        sure = longest(h for h in hits if h.kind != "short")
        self._settle_all([h for h in sure if h.kind in ("full", "plain")])
        for hit in [h for h in sure if h.kind == "full" and not self._stands(h)]:
            self.open.pop(hit)
            self.settled.pop(hit, None)
        self._shorts([h for h in hits if h.kind == "short"], sure)
        return [self._mention(h) for h in sorted(self.open)]

    def _settle_all(self, hits: list[Hit]) -> None:
        """Names with one meaning first; the others by them, from the left, until nothing more is settled."""
        for hit in hits:
            entries = current(self.lex.names.names[hit.form], self.year)
            self.open[hit] = one_each(e.division for e in entries)
        for hit in hits:
            if len(self.open[hit]) == 1:
                self.settled[hit] = self.open[hit][0]
        left = -1
        while left != len(self.settled):
            left = len(self.settled)
            ends = {h.end: d.code for h, d in self.settled.items()}
            for hit in hits:
                if len(self.open[hit]) > 1:
                    chosen = settle(self.open[hit], hit.start, self._known(), ends.get(hit.start))
                    if chosen:
                        self.settled[hit] = chosen
                        ends[hit.end] = chosen.code

    def _known(self) -> list[Known]:
        return [Known(h.start, h.end, d.code) for h, d in self.settled.items()]

    def _adjacent(self, hit: Hit) -> str | None:
        """The code of the place that is named straight before."""
        for other, division in self.settled.items():
            if other.end == hit.start:
                return division.code
        return None

    def _stands(self, hit: Hit) -> bool:
        """Whether an official name is a name here: 城区 and 和县 only near what is above them."""
        common = hit.form in self.lex.names.ordinary["full"]
        alias = any(e.kind == "alias" for e in self.lex.names.names[hit.form])
        if alias or (not common and len(hit.form) > 2):
            return True
        codes = [d.code for d in self.open[hit]]
        if common:
            near = [d.code for h, d in self.settled.items() if h.end == hit.start or self._listed(h, hit)]
        else:
            near = [d.code for h, d in self.settled.items() if h is not hit]
        return any(c != n and c.startswith(stem(n)[:4]) for c in codes for n in near)

    def _listed(self, before: Hit, after: Hit) -> bool:
        return before.end + 1 == after.start and self.text[before.end] == LIST_COMMA

    def _shorts(self, hits: list[Hit], sure: list[Hit]) -> None:
        """Short names of counties that the text vouches for."""
        taken = [h for h in sure if h.kind != "full" or h in self.open]
        starts = [h.start for h in taken]
        for hit in longest(h for h in hits if not _overlaps(h, taken, starts)):
            entries = current(self.lex.names.names[hit.form], self.year)
            candidates = one_each(e.division for e in entries)
            vouched = self._vouched(hit, candidates)
            if vouched:
                self.open[hit] = candidates
                chosen = settle(vouched, hit.start, self._known(), self._adjacent(hit))
                if chosen:
                    self.settled[hit] = chosen

    def _vouched(self, hit: Hit, candidates: list[Division]) -> list[Division]:
        """The candidates for which the text speaks: named in full, or what is above them stands before."""
        adjacent = self._adjacent(hit)
        ordinary = self.lex.names.ordinary
        if hit.form in ordinary["city"]:
            higher = [d for d in candidates if level_of(d.code) == "city"]
            return [d for d in higher if adjacent and within(d.code, adjacent)]
        if hit.form in ordinary["county"]:
            beside = [
                d for h, d in self.settled.items() if self._listed(h, hit) and level_of(d.code) == "county"
            ]
            return [d for d in candidates if any(d.code[:2] == b.code[:2] for b in beside)]
        if adjacent:
            inside = [d for d in candidates if within(d.code, adjacent) and d.code != adjacent]
            if inside:
                return inside
        full = {d.code for h, d in self.settled.items() if h.kind in ("full", "short")}
        named = [d for d in candidates if d.code in full]
        if named:
            return named
        beside = [d for h, d in self.settled.items() if self._listed(h, hit) and level_of(d.code) == "county"]
        siblings = [d for d in candidates if any(d.code[:4] == b.code[:4] for b in beside)]
        if siblings:
            return siblings
        line = self.text.rfind("\n", 0, hit.start)
        above = [d.code for h, d in self.settled.items() if line < h.start < hit.start]
        return [d for d in candidates if any(d.code != a and within(d.code, a) for a in above)]

    def _mention(self, hit: Hit) -> PlaceMention:
        names = self.lex.names
        division = self.settled.get(hit)
        codes = tuple(d.code for d in self.open[hit])
        rule = next(
            (e.rule for e in names.names[hit.form] if e.division == (division or self.open[hit][0])), ""
        )
        if division is None:
            return PlaceMention(start=hit.start, end=hit.end, surface=hit.form, candidates=codes, rule=rule)
        return PlaceMention(
            start=hit.start,
            end=hit.end,
            surface=hit.form,
            code=division.code,
            name=names.full_name(division.code, self.year, division),
            level=level_of(division.code),
            candidates=codes,
            rule=rule,
        )


def _overlaps(hit: Hit, taken: list[Hit], starts: list[int]) -> bool:
    index = bisect_left(starts, hit.end)
    return index > 0 and taken[index - 1].end > hit.start
