"""Places: all that a figure may be about, each option with what is seen for it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from taizhang.extract.candidates import PlaceChoice
from taizhang.extract.places.about import BEYOND
from taizhang.extract.places.context import PlaceContext
from taizhang.extract.places.figure import FigureContext
from taizhang.extract.places.gazetteer import NATION, level_of, within
from taizhang.extract.places.nation import NationSigns
from taizhang.extract.places.pointers import Pointer
from taizhang.extract.places.remarks import Remarks, remarks
from taizhang.extract.places.sights import OWN, FigureUnits, NearbyPlaces, relation
from taizhang.extract.places.topic import TOWN, Located, common
from taizhang.judge import Option
from taizhang.records import PlaceMention

FIELD = "place"  # the name of its table of weights
OFFERED = 4  # divisions that the article as a whole offers
LEAST = 0.05  # and the odds that one must have
ODDS = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9)  # borders between odds that are told apart
LATER = ("after", "rest")  # parts of the sentence after a figure
SHARES = (0.001, 0.5, 0.999)  # and between shares

Features = dict[str, list[str]]  # of each option what is seen for it


class OptionContext(NamedTuple):
    """What stands beside a figure that every option is held against."""

    given: frozenset[str]  # the places that something is given to or by, or goes to
    goals: tuple[str, ...]  # those that help of the nation goes to
    near: frozenset[str]  # the places of its clause and sentence
    said: Remarks  # what its sentence says that bears on all of them
    member: str | None  # the nearest of them, where the clause says that it is one of those counted


class Options:
    """One article, asked for the options of one figure after the other."""

    def __init__(
        self, context: PlaceContext, found: Sequence[Pointer], pairs: Mapping[int, PlaceMention]
    ) -> None:
        self.context = context
        self.pairs = pairs
        self.sights = NearbyPlaces(context, found)
        self._pointed = [p for p in found if p.rule in context.words.deixis]
        self._pointed_at = [p.start for p in self._pointed]
        local = [p.start for p in self._pointed if context.words.deixis[p.rule].endings]
        self.nation = NationSigns(context, found, local)

    def moment(self, at: int, odds: Mapping[str, float], ruled: PlaceChoice) -> FigureContext:
        """What bears on the figure that begins at an offset."""
        units = self.sights.units(at)
        near = tuple(self.sights.around(at, units))
        ours = tuple(s.place.spot.code for s in near if s.zone in OWN and s.place.kind == "names")
        own = [s for s in near if s.zone in OWN]
        ends = (min(own, key=lambda s: s.place.start), own[0]) if own else None
        top = max(odds, key=lambda c: (odds[c], c), default="")
        pointer = self._pointer(at, units, own[0].place if own else None)
        return FigureContext(at, units, near, ours, odds, top, ruled, ends, pointer)

    def offer(self, moment: FigureContext) -> list[Option]:
        """Every place that a figure may be about, and none, with what is seen for each."""
        features: Features = {"": []}
        national = self.nation.may_be(moment)
        if NATION in moment.odds and national:
            features[NATION] = []
        for seen in moment.near:
            features.setdefault(seen.place.spot.code, []).extend(self.sights.bearing(moment.at, seen))
        said = remarks(self.context, moment)
        for code, sign in self._offered(moment, said):
            features.setdefault(code, []).append(sign)
        if not national:
            features.pop(NATION, None)
        bearings = self._bearings(moment, said)
        for code, seen_for in features.items():
            seen_for.extend(self._among(moment, bearings, code))
        features[""].extend(self.nation.for_nowhere(moment))
        if NATION in features:
            features[NATION].extend(self.nation.for_nation(moment))
        return [Option(code, FIELD, tuple(dict.fromkeys(features[code]))) for code in sorted(features)]

    def _bearings(self, moment: FigureContext, said: Remarks) -> OptionContext:
        nearest = next((s for s in moment.near if s.zone in ("clause", "sentence")), None)
        end = moment.units.clause.end
        member = nearest and self.context.words.member.search(self.sights.text, moment.at, end)
        return OptionContext(
            given=frozenset(s.place.spot.code for s in moment.near if s.zone in ("gives", "goes")),
            goals=tuple(self._aided(moment)),
            near=frozenset(s.place.spot.code for s in moment.near if s.zone in OWN[:2]),
            said=said,
            member=nearest.place.spot.code if nearest and member else None,
        )

    def _offered(self, moment: FigureContext, said: Remarks) -> Iterator[tuple[str, str]]:
        """Options that do not stand beside the figure, and signs that speak for one of them alone."""
        odds = moment.odds
        for rank, code in enumerate(sorted(odds, key=lambda c: (-odds[c], c))[:OFFERED]):
            if rank == 0 or odds[code] > LEAST:
                yield code, f"article.{rank}"
        pair = self.pairs.get(moment.at)
        if pair is not None and pair.code:
            yield pair.code, "paired"
        through, line = self.sights.line(moment.at, moment.units)
        if through:
            yield common(through), line
        parts = self.sights.parts(moment.at, moment.units.clause)
        if parts:
            yield common(parts), "parts"
            yield from ((code, "part") for code in parts)
        if said.both:
            yield said.both, "both"
        later = {s.place.spot.code for s in moment.near if s.zone in LATER and s.place.kind == "names"}
        for sign, codes in (("shared", {*moment.ours}), ("shared.later", later)):
            if len(codes) > 1:
                yield common(sorted(codes)), sign
        whole = self.whole(moment)
        if whole:
            yield whole, "member.whole"
        yield moment.ruled.place.code, "ruled"
        yield moment.ruled.place.code, f"ruled={moment.ruled.rule.partition('+')[0]}"

    def whole(self, moment: FigureContext) -> str:
        """Whose set a figure counts that something is one of: 甲县是全国最后摘帽的52个县之一."""
        clause = moment.units.clause
        if not self.context.words.member.search(self.sights.text, moment.at, clause.end):
            return ""
        nearest = next((s.place for s in moment.near if s.zone == "clause"), None)
        last = bisect_left(self.nation.named, moment.at) - 1
        if last >= 0 and self.nation.named[last] >= (nearest.start if nearest else clause.start):
            return NATION
        straight = ("", *self.context.words.attribute)
        return nearest.spot.code if nearest and self.sights.text[nearest.end : moment.at] in straight else ""

    def _among(self, moment: FigureContext, bearings: OptionContext, code: str) -> Iterator[str]:
        """What is seen of one option beside the others."""
        yield f"level={level_of(code) if code else 'none'}"
        yield f"article.odds={bisect_right(ODDS, moment.odds.get(code, 0.0))}"
        realm = self.context.realms.at(moment.at)
        if realm:
            yield f"{realm}.{code if code == NATION else 'division' if code else 'none'}"
        if bearings.given and code not in bearings.given:
            yield "given.away" if code else "none.given"
        if bearings.goals:
            yield f"aid.{'goal' if code in bearings.goals else level_of(code) if code else 'none'}"
        yield from self._pointing(moment, code)
        yield from bearings.said.seen(code)
        yield from self._opening(moment, code)
        if not code:
            return
        if code.startswith(BEYOND) and code not in moment.odds:
            yield "beyond" if code in bearings.near else "beyond.far"
        if moment.top:
            yield f"article.is={relation(code, moment.top)}"
        if moment.ruled.place.code and code != moment.ruled.place.code:
            yield f"ruled.{relation(code, moment.ruled.place.code)}"
        if moment.ours:
            share = len([c for c in moment.ours if within(c, code)]) / len(moment.ours)
            yield f"paragraph.share={bisect_right(SHARES, share)}"
            yield "paragraph.first" if moment.ours[-1] == code else "paragraph.notfirst"
        if bearings.member is not None:
            yield f"member.{relation(code, bearings.member)}"

    def _aided(self, moment: FigureContext) -> list[str]:
        """The receivers that a sentence names after the nation or a body of it that gives."""
        last = bisect_left(self.nation.state, moment.at) - 1
        if last < 0 or self.nation.state[last] < moment.units.sentence.start:
            return []
        goals = [s.place for s in moment.near if s.place.kind == "goal"]
        return [goal.spot.code for goal in goals if goal.start > self.nation.state[last]]

    def _opening(self, moment: FigureContext, code: str) -> Iterator[str]:
        """How an option lies to the place that opens the paragraph, and to the last place before the figure."""
        if moment.own:
            first, last = moment.own
            lies = _lies(code, first.place.spot.code)
            yield f"opening.{last.zone}.{first.place.kind}.{lies}"
            yield f"opening.{last.zone}.{_lies(code, last.place.spot.code)}.{lies}"

    def _pointing(self, moment: FigureContext, code: str) -> Iterator[str]:
        """Whether the last word such as 全市 before the figure can mean an option."""
        pointer, where = moment.pointer
        if pointer is None:
            return
        if code in ("", NATION):
            yield f"{where}.{code or 'none'}"
            return
        rule = self.context.words.deixis[pointer.rule]
        name = self.context.names.row(code, self.context.year).name
        fits = not rule.endings or name.endswith(rule.endings)
        fits = fits or (rule.id == TOWN and level_of(code) == "county")
        yield f"{where}.{'fits' if fits else 'misfits'}"

    def _pointer(self, at: int, units: FigureUnits, last: Located | None) -> tuple[Pointer | None, str]:
        """The last word such as 全市 before a figure, and where it stands; ``last`` is the last place before it."""
        low, paragraph = units.sentence.start, units.paragraph
        pointer, where = self._last(low, at), "pointed"
        if pointer is None:
            pointer, where = self._last(paragraph, low), "pointed.far"
        if pointer and last and last.kind == "names" and last.start > pointer.start:
            where += ".past"  # a name has come since: 我省各市中，甲市12亿元
        return pointer, where

    def _last(self, low: int, high: int) -> Pointer | None:
        last = bisect_left(self._pointed_at, high) - 1
        return self._pointed[last] if last >= 0 and self._pointed_at[last] >= low else None


def _lies(code: str, other: str) -> str:
    """How an option lies to a place; no place, and the nation, are told apart.

    >>> _lies("530100", "530000"), _lies("", "530000"), _lies("100000", "530000"), _lies("530000", "100000")
    ('in', 'none', 'nation', 'below')
    """
    if code == other:
        return "same"
    if not code:
        return "none"
    if code == NATION:
        return "nation"
    return "below" if other == NATION else relation(code, other)
