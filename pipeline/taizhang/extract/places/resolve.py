"""Places: the place that each quantity is about, from its sentence out to the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from taizhang.extract.candidates import PlaceChoice
from taizhang.extract.places.gazetteer import NATION, Gazetteer, gazetteer, level_of, within
from taizhang.extract.places.mentions import find_places
from taizhang.extract.places.pointers import Pointer, PointerRules, pointer_rules, pointers
from taizhang.extract.places.topic import (
    COUNTRY,
    NOWHERE,
    OFTEN,
    Located,
    Spot,
    common,
    dominant,
    meant,
    named,
)
from taizhang.records import Document, How, Place, PlaceMention, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout, Section

STATE = ("nation", "ministry")
CAPITAL = "110000"  # where reports about the whole country are sent from
NEAR = 64  # how many pointers before a figure are looked at
OPENING = 2  # characters from the start of a clause before a country that is its subject
HEAD = 6  # characters from the start of a clause within which its subject begins


def resolve_places(
    layout: Layout,
    quantities: Sequence[Quantity],
    mentions: Sequence[PlaceMention],
    rules: RuleSet,
    document: Document,
) -> list[PlaceChoice]:
    """For each quantity the most specific administrative place that it is about, and the rule that says so.

    Looked for in this order: its sentence, the paragraph before it, the section's heading, the title, the
    place that the article is mostly about, the whole country where the article speaks of it, the outlet. A
    place is empty where none of them names one.
    """
    article = _Article(layout, mentions, rules, document, [q.start for q in quantities])
    return [article.choose(q.start) for q in quantities]


class _Article:
    """One article with every pointer in it located."""

    def __init__(
        self,
        layout: Layout,
        mentions: Sequence[PlaceMention],
        rules: RuleSet,
        document: Document,
        figures: Sequence[int],
    ) -> None:
        self.layout = layout
        self.unsettled = [m for m in mentions if m.code is None]
        self.figures = figures
        self.names: Gazetteer = gazetteer(rules)
        self.words: PointerRules = pointer_rules(rules)
        self.year = int(document.published[:4]) if document.published else None
        found = pointers(layout.text, mentions, self.words)
        self.document = self._document(found, rules, document)
        self.located: list[Located] = []
        self.starts: list[int] = []
        self.goals: list[Located] = []
        elsewhere = [p for p in found if p.kind == "elsewhere" and self._is_subject(p)]
        self.elsewhere = [p.start for p in elsewhere]
        self.abroad = [p.start for p in elsewhere if p.rule not in self.words.anonymous]
        for pointer in found:
            spot: Spot = NOWHERE
            how: How = ""
            if pointer.kind not in STATE or self._speaks(pointer):
                spot, how = self._locate(pointer)
            single = len(pointer.chains) == 1
            place = Located(pointer.start, pointer.end, pointer.kind, spot, how, pointer.rule, single, spot)
            if spot.code and pointer.kind == "goal":
                self.goals.append(place)
            elif spot.code:
                self.located.append(self._in_list(place))
                self.starts.append(pointer.start)

    def _speaks(self, pointer: Pointer) -> bool:
        """Whether the country or a body of it is the subject where it stands: at the head of its clause.

        Inside a clause, after a place, it gives or compares; so is a ministry under a place's heading.
        """
        clause = self.layout.clauses[max(0, self.layout.clause_at(pointer.start))].start
        if pointer.kind == "ministry" and self._heading(pointer.start).code:
            return False
        local = self.document[0].code not in ("", NATION) or self._heading(pointer.start).code
        opens = pointer.start - clause <= HEAD and not self._between(clause, pointer.start)
        return opens or not (local or self._between(clause, pointer.start))

    def _in_list(self, place: Located) -> Located:
        """The place with those of the list that it ends: A区的项目、B区的项目，投资3亿元 is about what holds both."""
        before = self.located[-1] if self.located else place
        clause = self.layout.clauses[max(0, self.layout.clause_at(place.start))].start
        joined = self.layout.text.endswith(self.words.joints, 0, place.start)
        counted = bisect_left(self.figures, before.start) < bisect_left(self.figures, place.start)
        if not joined or counted or before.start < clause or {before.kind, place.kind} != {"names"}:
            return place
        if within(place.spot.code, before.spot.code) or within(before.spot.code, place.spot.code):
            return place
        return place._replace(listed=Spot(common([before.listed.code, place.spot.code])))

    def _is_subject(self, pointer: Pointer) -> bool:
        """Whether a country or an unnamed body is the subject: a country only at the head of its clause."""
        clause = self.layout.clauses[max(0, self.layout.clause_at(pointer.start))].start
        return pointer.start - clause <= OPENING or pointer.rule in self.words.anonymous

    def choose(self, at: int) -> PlaceChoice:
        """The place of the quantity that begins at ``at``."""
        low = self.layout.sentences[max(0, self.layout.sentence_at(at))].start
        paragraph = self._paragraph(at)
        inside = self._subject(low, at)
        if inside:
            spot, how, rule = inside.spot, inside.how, inside.rule
        else:
            spot, how, rule = self._governing(paragraph, low)
        after = self._location(at, spot) or (None if inside else self._goal(at, spot))
        if after:
            spot, how, rule = after.spot, "sentence", "location" if after.kind == "names" else "goal"
        elif self._is_elsewhere(inside, spot, paragraph, low, at):
            return PlaceChoice(Place(), "elsewhere")
        if not spot.code:
            return PlaceChoice(Place(candidates=self._open(low, at)), rule)
        return self._choice(spot, how, rule)

    def _is_elsewhere(self, inside: Located | None, spot: Spot, paragraph: int, low: int, at: int) -> bool:
        """Whether a figure is about what has no place here: another country, or somebody who is not named.

        Said in the sentence itself it takes the figure from any place that only governs from outside; said
        earlier in the paragraph, from the whole country.
        """
        sentence = _last(self.elsewhere, low, at)
        if inside and inside.rule in self.words.relative:
            clear = self._between(paragraph, inside.start)
            return _last(self.abroad, paragraph, inside.start) > (clear[-1].start if clear else -1)
        if inside:
            return spot.code == NATION and sentence > inside.start
        if sentence >= 0:
            return True
        before = _last(self.elsewhere, paragraph, low)
        named = self._between(paragraph, low)
        return spot.code == NATION and before >= 0 and not (named and named[-1].start > before)

    def _open(self, low: int, at: int) -> tuple[str, ...]:
        """What the last name before ``at`` may stand for, where nothing settles it."""
        index = bisect_left(self.unsettled, at, key=lambda m: m.start) - 1
        last = self.unsettled[index] if index >= 0 else None
        return last.candidates if last and last.start >= low else ()

    def _subject(self, low: int, at: int) -> Located | None:
        """What the sentence says before ``at``: its last pointer; a seat only straight before the figure."""
        inside = [p for p in self._between(low, at) if p.kind != "seat" or p.end == at]
        if not inside:
            return None
        last = inside[-1]
        if self.layout.text.endswith(self.words.total, 0, at):
            return self._together(inside, at)
        if last.single and self.words.example.fullmatch(self.layout.text, last.end, at):
            return self._example(last, low)
        if last.kind == "names" and self.words.speaker.match(self.layout.text, last.end):
            spoken_of = self._governing(self._paragraph(low), low)[0]
            if spoken_of.code != last.spot.code and within(spoken_of.code or NATION, last.spot.code):
                return None
        same = self.layout.clause_at(last.start) == self.layout.clause_at(at)
        return last if same else last._replace(spot=last.listed)

    def _together(self, inside: Sequence[Located], at: int) -> Located:
        """What holds all that the clause names, none inside another, before a sum: A县的队伍、B县的队伍共30人."""
        clause = self.layout.clauses[max(0, self.layout.clause_at(at))].start
        last = inside[-1]
        names = [p for p in inside if p.kind == "names" and p.start >= clause]
        codes = [p.spot.code for p in names]
        if any(a != b and within(a, b) for a in codes for b in codes):
            return last
        holder = common(codes) if len(set(codes)) > 1 else last.spot.code
        return last if holder == last.spot.code else last._replace(spot=Spot(holder))

    def _example(self, place: Located, low: int) -> Located | None:
        """What governs a figure whose place is only an example of what it counts: 庄河等四个电站."""
        spot, how, rule = self._governing(self._paragraph(low), low)
        if not within(place.spot.code, spot.code or place.spot.code):
            spot, how, rule = NOWHERE, "", ""
        return place._replace(spot=spot, how=how, rule=rule)

    def _paragraph(self, at: int) -> int:
        return self.layout.paragraphs[max(0, self.layout.paragraph_at(at))].start

    def _location(self, at: int, spot: Spot) -> Located | None:
        """A place inside ``spot`` that the rest of the clause says the figure is in: 三座书房在南通建成."""
        clause = self.layout.clauses[max(0, self.layout.clause_at(at))]
        for p in self._between(at, clause.end):
            inside = not spot.code or within(p.spot.code, spot.code)
            if p.kind == "names" and inside and self.layout.text.endswith(self.words.location, at, p.start):
                return p
        return None

    def _goal(self, at: int, spot: Spot) -> Located | None:
        """Where help goes in the rest of the clause, inside ``spot``: 某部抽调官兵200名支援乍浦镇."""
        clause = self.layout.clauses[max(0, self.layout.clause_at(at))]
        if spot.code == NATION:
            return None
        first = bisect_left(self.goals, at, key=lambda p: p.start)
        goal = self.goals[first] if first < len(self.goals) else None
        fits = goal and goal.start < clause.end and within(goal.spot.code, spot.code or NATION)
        return goal if fits else None

    def _between(self, low: int, high: int) -> list[Located]:
        """The last ``NEAR`` places between two offsets."""
        last = bisect_left(self.starts, high)
        return self.located[max(last - NEAR, bisect_left(self.starts, low)) : last]

    def _governing(self, paragraph: int, at: int) -> tuple[Spot, How, str]:
        """What is in question at ``at`` where the sentence there says nothing."""
        before = [p for p in self._between(paragraph, at) if p.kind != "seat"]
        local = [p for p in before if p.spot.code != NATION or p.kind == "names"]
        local = [p for p in local if p.kind == "names" or not self._above(p, before, at)]
        if local:
            return self._topic(local).listed, "carried", "carried.paragraph"
        heading = self._heading(at)
        if heading.code:
            above = self._section(paragraph, heading)
            if above:
                return above.spot, "carried", "carried.section"
            return heading, "heading", "heading"
        if before:
            return before[-1].spot, "carried", "carried.paragraph"
        return self.document

    def _topic(self, before: Sequence[Located]) -> Located:
        """Of the last sentence that names a place the last one at the head of a clause, or else the last."""
        clauses, sentence = self.layout.clauses, self.layout.sentence_at(before[-1].start)
        same = [p for p in before if self.layout.sentence_at(p.start) == sentence]
        heads = [p for p in same if p.start - clauses[self.layout.clause_at(p.start)].start <= HEAD]
        return heads[-1] if heads else before[-1]

    def _section(self, paragraph: int, heading: Spot) -> Located | None:
        """The last place inside the heading's that the section named before a paragraph: its story goes on."""
        section = self.layout.sections[self.layout.section_at(paragraph)]
        named_before = self._between(section.heading_end, paragraph)
        inside = [p for p in named_before if p.kind != "seat" and within(p.spot.code, heading.code)]
        return inside[-1] if inside else None

    def _above(self, place: Located, before: Sequence[Located], at: int) -> bool:
        """Whether a place is above what is in question: 全市 in a report of a district, 省厅 after a city."""
        own = self._heading(at).code or self.document[0].code
        if place.kind == "agency":
            named_before = [p.spot.code for p in before if p.kind == "names" and p.start < place.start]
            own = named_before[-1] if named_before else own
        return bool(own) and own != place.spot.code and within(own, place.spot.code)

    def _heading(self, at: int) -> Spot:
        """The place that the heading of the section names."""
        index = self.layout.section_at(at)
        section = self.layout.sections[index] if index >= 0 else Section(0, 0, 0, 0)
        inside = self._between(section.heading_start, min(section.heading_end, at))
        return next((p.spot for p in inside if p.kind == "names"), NOWHERE)

    def _locate(self, pointer: Pointer) -> tuple[Spot, How]:
        paragraph = self._paragraph(pointer.start)
        if pointer.kind in ("nation", "ministry"):
            return COUNTRY, "sentence" if pointer.kind == "nation" else "agency"
        heading = self._heading(pointer.start)
        if pointer.kind == "everywhere":
            return next((s for s in (heading, self.document[0]) if s.code), COUNTRY), "deixis"
        if pointer.kind in ("dateline", "elsewhere"):
            return NOWHERE, ""
        if pointer.kind == "group":
            return Spot(self.words.groups[pointer.rule]), "sentence"
        about = self._governing(paragraph, pointer.start)[0]
        if pointer.kind in ("names", "seat", "goal"):
            return named(pointer, about), "sentence"
        low = self.layout.sentences[max(0, self.layout.sentence_at(pointer.start))].start
        near = [p.spot for p in self._between(low, pointer.start) if p.kind == "names"][-1:]
        rule = self.words.deixis[pointer.rule]
        far = (heading, self.document[0], about) if rule.endings else (about,)
        spot = meant(rule, (*near, *far), self.names, self.year)
        return spot, "agency" if pointer.kind == "agency" else "deixis"

    def _document(
        self, found: Sequence[Pointer], rules: RuleSet, document: Document
    ) -> tuple[Spot, How, str]:
        """The place that the article as a whole is about."""
        title = self.layout.title
        for pointer in found:
            if pointer.kind == "names" and title.start <= pointer.start < title.end:
                spot = named(pointer, NOWHERE)
                if spot.code and spot.code != NATION:
                    return spot, "title", "title"
        most = dominant(found, self._lead())
        if most.code:
            return most, "document", "document.dominant"
        national = self._is_national(found)
        sent = next((named(p, NOWHERE) for p in found if p.kind == "dateline"), NOWHERE)
        if sent.code and not (national and sent.code == CAPITAL):
            return sent, "document", "document.dateline"
        if national:
            return COUNTRY, "document", "document.nation"
        outlet = find_places(document.source or "", rules, document.published)
        if outlet and outlet[-1].code:
            return Spot(outlet[-1].code), "document", "document.source"
        return NOWHERE, "", ""

    def _is_national(self, found: Sequence[Pointer]) -> bool:
        """Whether the country is what the text is about: its opening names it, or many sentences do.

        It must be named at least as often as other countries are.
        """
        state = [p.start for p in found if p.kind in STATE and p.rule not in self.words.weak]
        abroad = [p for p in found if p.kind == "elsewhere" and p.rule not in self.words.anonymous]
        prominent = len(state) >= OFTEN or (state and state[0] < self._lead())
        return bool(prominent) and len(state) >= len(abroad)

    def _lead(self) -> int:
        """Where the opening of the article ends: its title, or else its first line, and the paragraph after."""
        after = self.layout.title.end or self.layout.paragraphs[0].end if self.layout.paragraphs else 0
        body = [p for p in self.layout.paragraphs if p.start >= after]
        return body[0].end if body else after

    def _choice(self, spot: Spot, how: How, rule: str) -> PlaceChoice:
        if spot.code == NATION:
            name = self.words.nation_name
            return PlaceChoice(
                Place(name=name, code=NATION, level="nation", surface=spot.surface, how=how), rule
            )
        parts = {
            level_of(d.code): d.name for d in self.names.path(self.names.row(spot.code, self.year), self.year)
        }
        return PlaceChoice(
            Place(
                name=self.names.full_name(spot.code, self.year) + spot.township,
                code=spot.code,
                level="township" if spot.township else level_of(spot.code),
                province=parts.get("province", ""),
                city=parts.get("city", ""),
                county=parts.get("county", ""),
                township=spot.township,
                surface=spot.surface,
                how=how,
            ),
            rule,
        )


def _last(starts: Sequence[int], low: int, high: int) -> int:
    """The last of ``starts`` in ``[low, high)``; -1 where there is none."""
    index = bisect_left(starts, high) - 1
    return starts[index] if index >= 0 and starts[index] >= low else -1
