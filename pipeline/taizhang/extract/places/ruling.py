"""Places: the place of a figure as the grammar alone has it, from its sentence out to the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from taizhang.extract.candidates import PlaceChoice
from taizhang.extract.places.context import HEAD, PlaceContext
from taizhang.extract.places.gazetteer import NATION, Gazetteer, level_of, within
from taizhang.extract.places.topic import NOWHERE, Located, PlaceCode, common
from taizhang.records import How, Place
from taizhang.segment.dictionary import dictionary

ACTING = ("v", "vd")  # tags of words that a clause goes on with after its subject
ATTRIBUTE = 12  # characters from a figure to the place that it is an attribute of


class Ruling:
    """One article, asked for the place of one figure after the other, as the grammar alone has it."""

    def __init__(self, context: PlaceContext) -> None:
        self.context = context
        self.layout = context.layout
        self.words = context.words
        self.unsettled = [m for m in context.mentions if m.code is None]
        self._places: dict[tuple[PlaceCode, How], Place] = {}

    def choose(self, at: int) -> PlaceChoice:
        """The place of the quantity that begins at ``at``."""
        low = self.layout.sentences[max(0, self.layout.sentence_at(at))].start
        paragraph = self.context.paragraph(at)
        inside = self._subject(low, at)
        if inside:
            spot, how, rule = inside.spot, inside.how, inside.rule
        else:
            spot, how, rule = self.context.governing(paragraph, low)
        after = self._location(at, spot, inside is None) or (None if inside else self._goal(at, spot))
        if after:
            spot, how, rule = after.spot, "sentence", "location" if after.kind == "names" else "goal"
        elif self._is_elsewhere(inside, spot, paragraph, low, at):
            abroad = _last(self.context.abroad, paragraph, at) == _last(self.context.elsewhere, paragraph, at)
            return PlaceChoice(Place(), "abroad" if abroad else "anonymous")
        unsettled = () if inside or after else self._open(low, at)
        if unsettled or not spot.code:
            return PlaceChoice(Place(candidates=unsettled), "open" if unsettled else rule)
        return self.place(spot, how, rule)

    def _is_elsewhere(
        self, inside: Located | None, spot: PlaceCode, paragraph: int, low: int, at: int
    ) -> bool:
        """Whether a figure is about what has no place here: another country, or somebody who is not named.

        Said in the sentence itself it takes the figure from any place that only governs from outside; said
        earlier in the paragraph, from the whole country.
        """
        sentence = _last(self.context.elsewhere, low, at)
        if inside and inside.rule in self.words.relative:
            clear = self.context.between(paragraph, inside.start)
            return _last(self.context.abroad, paragraph, inside.start) > (clear[-1].start if clear else -1)
        if inside:
            return spot.code == NATION and sentence > inside.start
        if sentence >= 0:
            return spot.code == NATION or _last(self.context.abroad, low, at) >= 0
        before = _last(self.context.elsewhere, paragraph, low)
        named = self.context.between(paragraph, low)
        return spot.code == NATION and before >= 0 and not (named and named[-1].start > before)

    def _open(self, low: int, at: int) -> tuple[str, ...]:
        """What the last name before ``at`` may stand for, where nothing settles it."""
        index = bisect_left(self.unsettled, at, key=lambda m: m.start) - 1
        last = self.unsettled[index] if index >= 0 else None
        return last.candidates if last and last.start >= low else ()

    def _subject(self, low: int, at: int) -> Located | None:
        """What the sentence says before ``at``: its last pointer; a seat only straight before the figure."""
        inside = [p for p in self.context.outside(low, at) if p.kind != "seat" or p.end == at]
        last = inside[-1] if inside else None
        if last is None or self.layout.text.endswith(self.words.total, 0, at):
            return self._together(inside, at) if last else None
        if last.single and self._is_example(last, at):
            return self._example(inside, low)
        if last.kind == "names" and self.words.speaker.match(self.layout.text, last.end):
            spoken_of = self.context.governing(self.context.paragraph(low), low)[0]
            if spoken_of.code != last.spot.code and within(spoken_of.code or NATION, last.spot.code):
                return None
        same = self.layout.clause_at(last.start) == self.layout.clause_at(at)
        if not same and last.listed != last.spot:
            return last._replace(spot=last.listed, rule="listed")
        return self._told(last)

    def _is_example(self, place: Located, at: int) -> bool:
        """Whether a figure counts what its place is one of: 庄河等四个电站; no 庄河已有甲站等四个电站."""
        text, words = self.layout.text, dictionary()
        straight = text.startswith(self.words.among, place.end)
        acts = any(words.tag(text[place.end : place.end + n]) in ACTING for n in (1, 2))
        return (straight or not acts) and self.words.example.fullmatch(text, place.end, at) is not None

    def _told(self, last: Located) -> Located:
        """A place whose rule says that it is a seat, or what several names joined have in common."""
        if last.rule in self.words.seats:
            return last._replace(rule="seat")
        return last if last.single or last.kind != "names" else last._replace(rule="joined")

    def _together(self, inside: Sequence[Located], at: int) -> Located:
        """What holds all that the clause names, none inside another, before a sum: A县的队伍、B县的队伍共30人."""
        clause = self.layout.clauses[max(0, self.layout.clause_at(at))].start
        last = inside[-1]
        names = [p for p in inside if p.kind == "names" and p.start >= clause]
        codes = [p.spot.code for p in names]
        if any(a != b and within(a, b) for a in codes for b in codes):
            return last
        holder = common(codes) if len(set(codes)) > 1 else last.spot.code
        return last if holder == last.spot.code else last._replace(spot=PlaceCode(holder), rule="sum")

    def _example(self, inside: Sequence[Located], low: int) -> Located | None:
        """What governs a figure whose place is only an example of what it counts: 庄河等四个电站.

        That is what holds it in an earlier clause of the sentence, the subject of its own clause, or else what governs
        the sentence. Where none of them holds it, it is what holds the whole list that it ends.
        """
        place = inside[-1]
        clause = self.layout.clauses[max(0, self.layout.clause_at(place.start))].start
        above = [p for p in inside if p.start < clause and within(place.spot.code, p.spot.code)]
        heads = [p for p in inside[:-1] if clause <= p.start <= clause + HEAD]
        above = above or [p for p in heads if not self._listed(p, place)]
        if above:
            return above[-1]._replace(rule="example")
        spot, how, _ = self.context.governing(self.context.paragraph(low), low)
        if spot.code == place.spot.code and place.spot.township:
            spot = PlaceCode(spot.code)  # several towns of the county in question
        elif spot.code == place.spot.code or not within(place.spot.code, spot.code or place.spot.code):
            spot, how = NOWHERE, ""
        if not spot.code and place.listed.code not in ("", place.spot.code):
            spot, how = place.listed, place.how
        return place._replace(spot=spot, how=how, rule="example")

    def _listed(self, one: Located, other: Located) -> bool:
        """Whether two places of a clause are items of one list, so that none is the subject of the other."""
        return self.words.split.search(self.layout.text, one.end, other.start) is not None

    def _location(self, at: int, spot: PlaceCode, free: bool) -> Located | None:
        """A place inside ``spot`` that the rest of the clause says the figure is in: 三座书房在南通建成.

        What the figure is an attribute of may lie elsewhere where the figure is ``free`` of any place before it.
        """
        clause = self.layout.clauses[max(0, self.layout.clause_at(at))]
        for p in self.context.after(at, clause.end):
            inside = not spot.code or within(p.spot.code, spot.code)
            if p.kind == "names" and (inside or free) and self._is_attribute(at, p):
                return p
            if p.kind == "names" and inside and self.layout.text.endswith(self.words.location, at, p.start):
                return p
        return None

    def _is_attribute(self, at: int, place: Located) -> bool:
        """Whether a figure is an attribute of the place after it: 海拔4000米的玛多县."""
        near = place.start - at <= ATTRIBUTE
        return near and self.layout.text.endswith(self.words.attribute, at, place.start)

    def _goal(self, at: int, spot: PlaceCode) -> Located | None:
        """Where help goes in the rest of the clause, inside ``spot``: 某部抽调官兵200名支援乍浦镇."""
        clause = self.layout.clauses[max(0, self.layout.clause_at(at))]
        if spot.code == NATION:
            return None
        first = bisect_left(self.context.goals, at, key=lambda p: p.start)
        goal = self.context.goals[first] if first < len(self.context.goals) else None
        fits = goal and goal.start < clause.end and within(goal.spot.code, spot.code or NATION)
        return goal if fits else None

    def place(self, spot: PlaceCode, how: How, rule: str) -> PlaceChoice:
        """A spot with the names of all that it lies in."""
        place = self._places.get((spot, how))
        if place is None:
            names, year = self.context.names, self.context.year
            place = self._places[spot, how] = place_of(spot, how, names, year, self.words.nation_name)
        return PlaceChoice(place, rule)


def place_of(spot: PlaceCode, how: How, names: Gazetteer, year: int | None, nation_name: str) -> Place:
    """The place of a spot that has a code, with the parts of its path as they were in a year."""
    if spot.code == NATION:
        return Place(name=nation_name, code=NATION, level="nation", surface=spot.surface, how=how)
    parts = {level_of(d.code): d.name for d in names.path(names.row(spot.code, year), year)}
    return Place.known(
        name=names.full_name(spot.code, year) + spot.township,
        code=spot.code,
        level="township" if spot.township else level_of(spot.code),
        province=parts.get("province", ""),
        city=parts.get("city", ""),
        county=parts.get("county", ""),
        township=spot.township,
        surface=spot.surface,
        how=how,
        candidates=spot.candidates if len(spot.candidates) > 1 else (),
    )


def _last(starts: Sequence[int], low: int, high: int) -> int:
    """The last of ``starts`` in ``[low, high)``; -1 where there is none."""
    index = bisect_left(starts, high) - 1
    return starts[index] if index >= 0 and starts[index] >= low else -1
