"""Places: the places near a figure, where in the text each stands, and what is seen of it there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from taizhang.extract.places.context import HEAD, PlaceContext
from taizhang.extract.places.gazetteer import within
from taizhang.extract.places.pointer_rules import PointerRules
from taizhang.extract.places.pointers import STATE, Pointer
from taizhang.extract.places.topic import Located
from taizhang.segment.layout import LayoutUnit

FAR = 8  # places before a figure that are looked at in each part of its paragraph
FARTHER = 6  # and outside it
BACK = 3  # paragraphs that a place may carry over a heading
AHEAD = 3  # and after it
OWN = ("clause", "sentence", "paragraph")  # the parts in which a place stands beside the figure
DISTANCES = (1, 2, 3, 5, 9)  # borders between distances that are told apart


class NearbyPlace(NamedTuple):
    """A place near a figure: where it stands, in which part of the text, and how many are nearer in that part."""

    place: Located
    zone: str
    rank: int


class FigureUnits(NamedTuple):
    """The pieces of the layout that hold a figure, and where its paragraph begins."""

    clause: LayoutUnit
    sentence: LayoutUnit
    paragraph: int


class NearbyPlaces:
    """One article, asked for the places near each figure."""

    def __init__(self, context: PlaceContext, found: Sequence[Pointer]) -> None:
        self.context = context
        self.layout = context.layout
        self.text = context.layout.text
        self.words: PointerRules = context.words
        self.brackets = context.brackets
        bodies = self.words.agencies.find(self.text, context.mentions)
        self.bodies = frozenset(body.start for body in bodies)
        self.firms = frozenset(b.start for b in bodies if self.text.endswith(self.words.firm, b.start, b.end))
        self._standing: dict[tuple[int, str, int], tuple[str, ...]] = {}
        self._ranks: dict[int, tuple[int, int, int]] = {}
        state = ("everywhere", *STATE)
        said = [p for p in found if p.kind in state and p.rule not in self.words.weak]
        self._state = [p.start for p in said if not context.is_attribute(p)]
        self._lines = [m.start() for m in self.words.route.finditer(self.text)]
        coded = [(m.start, m.code) for m in context.mentions if m.code]
        self._coded, self._codes = [start for start, _ in coded], [code for _, code in coded]
        self._names = [p for p in context.located if p.kind == "names"]
        self._name_starts = [p.start for p in self._names]

    def units(self, at: int) -> FigureUnits:
        """What holds the figure at an offset."""
        sentence = self.layout.sentences[max(0, self.layout.sentence_at(at))]
        return FigureUnits(self._clause(at), sentence, self.context.paragraph(at))

    def _clause(self, at: int) -> LayoutUnit:
        return self.layout.clauses[max(0, self.layout.clause_at(at))]

    def around(self, at: int, units: FigureUnits) -> Iterator[NearbyPlace]:
        """Places before a figure, from its clause out to its section's heading, and after it in its sentence."""
        clause, sentence, _ = units
        for zone, start, end in self._zones(at, units):
            rank = 0
            for place in reversed(self.context.between(start, end)[-(FAR if zone in OWN else FARTHER) :]):
                if zone in OWN and self.context.is_bracketed(place.start, at):
                    yield NearbyPlace(place, "aside", 0)
                else:
                    yield NearbyPlace(place, zone, rank)
                    rank += 1
        for rank, place in enumerate(self.context.between(at, clause.end)[:AHEAD]):
            yield NearbyPlace(place, "after", rank)
        for rank, place in enumerate(self.context.between(clause.end, sentence.end)[:AHEAD]):
            yield NearbyPlace(place, "rest", rank)
        goals = self.context.goals
        first = bisect_left(goals, sentence.start, key=lambda p: p.start)
        for goal in goals[first : first + FAR]:
            if goal.start >= sentence.end:
                break
            before = "gives" if goal.start >= clause.start else "gives.before"
            later = "goes" if goal.start < clause.end else "goes.later"
            yield NearbyPlace(goal, before if goal.start < at else later, 0)

    def _zones(self, at: int, units: FigureUnits) -> Iterator[tuple[str, int, int]]:
        """The parts of the text before a figure that hold what may govern it."""
        clause, sentence, paragraph = units
        yield "clause", clause.start, at
        yield "sentence", sentence.start, clause.start
        yield "paragraph", paragraph, sentence.start
        section = self.context.parts.at(at)
        if section and not self.context.summary:
            last = self.layout.paragraphs[max(0, self.layout.paragraph_at(at) - BACK)].start
            if not self.context.digest:
                yield "earlier", last, min(section.start, paragraph)
            yield "section", min(section.heading_end, paragraph), paragraph
            yield "heading", section.heading_start, min(section.heading_end, paragraph)

    def bearing(self, at: int, seen: NearbyPlace) -> Sequence[str]:
        """What is seen of one place where it stands."""
        place, zone, rank = seen
        key = (place.start, zone, min(rank, 2))
        standing = self._standing.get(key)
        if standing is None:
            standing = self._standing[key] = tuple(self._stands(place, zone, min(rank, 2)))
        if zone == "section":
            distance = self.layout.paragraph_at(at) - self.layout.paragraph_at(place.start)
            far = f"section.paragraphs={bisect_right(DISTANCES, distance)}"
            return [*standing, far, *self._until(at, place, zone)]
        return [*standing, *self._until(at, place, zone)] if zone in OWN else standing

    def _stands(self, place: Located, zone: str, near: int) -> Iterator[str]:
        """What is seen of a place in one part of the text, whatever the figure."""
        yield from (zone, f"{zone}.{place.kind}", f"{zone}.{near}", f"{zone}.{place.kind}.{near}")
        if zone in ("heading", "aside"):
            return
        clause = self._clause(place.start)
        if zone not in ("after", "rest") and place.start - clause.start <= HEAD:
            yield from (f"{zone}.head", f"{zone}.head.{near}", f"{zone}.{place.kind}.head")
        seen_as = tuple(self._as(place, clause))
        yield from (f"{zone}.{what}" for what in seen_as)
        if "held" in seen_as:
            yield "held"
        if zone in (*OWN, "after", "rest"):
            yield from self._beside(place, zone)

    def _as(self, place: Located, clause: LayoutUnit) -> Iterator[str]:
        """As what a place stands where it does."""
        if self.text.endswith(self.words.location, 0, place.start):
            yield "located"
        if self.text.endswith(self.words.partition, 0, place.start):
            yield "part"
        if not place.single:
            yield "joined"
        if place.listed.code != place.spot.code and place.kind == "names":
            yield "listed"
        if place.start in self.bodies:
            yield "firm" if place.start in self.firms else "body"
        if self.words.speaker.match(self.text, place.end):
            yield "speaker"
        if self.words.held.search(self.text, place.end, clause.end):
            yield "held"
        if self.words.member.search(self.text, place.end, clause.end):
            yield "member"

    def _beside(self, place: Located, zone: str) -> Iterator[str]:
        """The characters beside a place, of those that the rules tell apart."""
        after, before = self.text[place.end : place.end + 1], self.text[max(0, place.start - 1) : place.start]
        yield f"{zone}.next={after if after in self.words.after else 'other'}"
        head = "line" if before in ("", "\n") else "other"
        yield f"{zone}.prev={before if before in self.words.before else head}"

    def _until(self, at: int, place: Located, zone: str) -> list[str]:
        """What lies between a place and a figure: other figures, clauses, and names inside it, above it or apart."""
        figure, first, state = self._rank(place.end)
        until, last, stated = self._rank(at)
        clauses = self.layout.clause_at(at) - self.layout.clause_at(place.start)
        found = [
            f"{zone}.figures={min(until - figure, 3)}",
            f"{zone}.clauses={bisect_right(DISTANCES, clauses)}",
        ]
        if zone == "sentence" and self.words.divide.search(self.text, place.end, at):
            found.append("sentence.divided")
        lie = {relation(p.spot.code, place.spot.code) for p in self._names[first : min(last, first + FAR)]}
        found += [f"{zone}.then={r}" for r in sorted(lie) or ["nothing"]]
        if stated > state:
            found.append(f"{zone}.then.state")
        return found

    def _rank(self, offset: int) -> tuple[int, int, int]:
        """How many figures, names of places and words for the nation begin before an offset."""
        found = self._ranks.get(offset)
        if found is None:
            counted = (self.context.figures, self._name_starts, self._state)
            one, two, three = (bisect_left(starts, offset) for starts in counted)
            found = self._ranks[offset] = (one, two, three)
        return found

    def line(self, at: int, units: FigureUnits) -> tuple[list[str], str]:
        """The places that a line leads through, and what tells of it: a road from 甲县 to 乙县 is 40公里 long."""
        last = bisect_left(self._lines, at) - 1
        start = self._lines[last] if last >= 0 else -1
        if start < units.paragraph:
            return [], ""
        end = self.layout.sentences[max(0, self.layout.sentence_at(start))].end
        low, high = bisect_left(self._coded, start), bisect_left(self._coded, min(end, at))
        codes = sorted(set(self._codes[low:high]))
        return (codes, "route" if at < end else "route.before") if len(codes) > 1 else ([], "")

    def parts(self, at: int, clause: LayoutUnit) -> list[str]:
        """The places that a figure is shared out to in the brackets after it: 38人（甲省32人，乙省6人）."""
        index = bisect_left(self.brackets, (at,))
        low, high = self.brackets[index] if index < len(self.brackets) else (0, 0)
        figures = self.context.figures
        first, last = bisect_left(figures, low), bisect_left(figures, high)
        if low >= clause.end or first > bisect_right(figures, at) or last - first < 2:
            return []
        return [p.spot.code for p in self.context.between(low, high) if p.kind == "names"]


@lru_cache(maxsize=8192)
def relation(code: str, other: str) -> str:
    """How one division lies to another: same, in it, holds it, apart.

    >>> relation("530100", "530000"), relation("530000", "530100"), relation("530100", "540100")
    ('in', 'holds', 'apart')
    """
    if code == other:
        return "same"
    if within(code, other):
        return "in"
    return "holds" if within(other, code) else "apart"
