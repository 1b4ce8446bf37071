"""Places: the place that each quantity is about, from its sentence out to the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from taizhang.extract.candidates import PlaceChoice
from taizhang.extract.places.gazetteer import NATION, Gazetteer, gazetteer, level_of, within
from taizhang.extract.places.mentions import find_places
from taizhang.extract.places.pointers import Pointer, PointerRules, pointer_rules, pointers
from taizhang.extract.places.topic import COUNTRY, NOWHERE, Located, Spot, dominant, meant, named
from taizhang.records import Document, How, Place, PlaceMention, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout, Section

STATE = ("nation", "ministry")
CAPITAL = "110000"  # where reports about the whole country are sent from
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
    article = _Article(layout, mentions, rules, document)
    return [article.choose(q.start) for q in quantities]


class _Article:
    """One article with every pointer in it located."""

    def __init__(
        self, layout: Layout, mentions: Sequence[PlaceMention], rules: RuleSet, document: Document
    ) -> None:
        self.layout = layout
        self.mentions = mentions
        self.names: Gazetteer = gazetteer(rules)
        self.words: PointerRules = pointer_rules(rules)
        self.year = int(document.published[:4]) if document.published else None
        found = pointers(layout.text, mentions, self.words)
        self.document = self._document(found, rules, document)
        self.located: list[Located] = []
        self.starts: list[int] = []
        for pointer in found:
            spot: Spot = NOWHERE
            how: How = ""
            if pointer.kind not in STATE or self._speaks(pointer):
                spot, how = self._locate(pointer)
            if spot.code:
                place = Located(pointer.start, pointer.end, pointer.kind, spot, how, pointer.rule)
                self.located.append(place)
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

    def choose(self, at: int) -> PlaceChoice:
        """The place of the quantity that begins at ``at``."""
        low = self.layout.sentences[max(0, self.layout.sentence_at(at))].start
        paragraph = self.layout.paragraphs[max(0, self.layout.paragraph_at(at))].start
        inside = self._subject(low, at)
        if inside:
            spot, how, rule = inside.spot, inside.how, inside.rule
        else:
            spot, how, rule = self._governing(paragraph, low)
        after = self._location(at, spot)
        if after:
            spot, how, rule = after.spot, "sentence", "location"
        if not spot.code:
            return PlaceChoice(Place(candidates=self._open(low, at)), rule)
        return self._choice(spot, how, rule)

    def _open(self, low: int, at: int) -> tuple[str, ...]:
        """What the last name before ``at`` may stand for, where nothing settles it."""
        inside = [m for m in self.mentions if low <= m.start < at and m.code is None]
        return inside[-1].candidates if inside else ()

    def _subject(self, low: int, at: int) -> Located | None:
        """What the sentence says before ``at``: its last pointer; a seat only straight before the figure."""
        inside = [p for p in self._between(low, at) if p.kind != "seat" or p.end == at]
        return inside[-1] if inside else None

    def _location(self, at: int, spot: Spot) -> Located | None:
        """A place inside ``spot`` that the rest of the clause says the figure is in: 三座书房在南通建成."""
        clause = self.layout.clauses[max(0, self.layout.clause_at(at))]
        for p in self._between(at, clause.end):
            inside = not spot.code or within(p.spot.code, spot.code)
            if p.kind == "names" and inside and self.layout.text.endswith(self.words.location, at, p.start):
                return p
        return None

    def _between(self, low: int, high: int) -> list[Located]:
        return self.located[bisect_left(self.starts, low) : bisect_left(self.starts, high)]

    def _governing(self, paragraph: int, at: int) -> tuple[Spot, How, str]:
        """What is in question at ``at`` where the sentence there says nothing."""
        before = [p for p in self._between(paragraph, at) if p.kind != "seat"]
        local = [p for p in before if p.spot.code != NATION or p.kind == "names"]
        local = [p for p in local if p.kind == "names" or not self._above(p.spot, at)]
        if local:
            return local[-1].spot, "carried", "carried.paragraph"
        heading = self._heading(at)
        if heading.code:
            above = self._section(paragraph, heading)
            if above:
                return above.spot, "carried", "carried.section"
            return heading, "heading", "heading"
        if before:
            return before[-1].spot, "carried", "carried.paragraph"
        return self.document

    def _section(self, paragraph: int, heading: Spot) -> Located | None:
        """The last place inside the heading's that the section named before a paragraph: its story goes on."""
        section = self.layout.sections[self.layout.section_at(paragraph)]
        named_before = self._between(section.heading_end, paragraph)
        inside = [p for p in named_before if p.kind != "seat" and within(p.spot.code, heading.code)]
        return inside[-1] if inside else None

    def _above(self, spot: Spot, at: int) -> bool:
        """Whether a place is above what section or article are about: 全市 in a report of a district."""
        own = self._heading(at).code or self.document[0].code
        return own != spot.code and within(own, spot.code) if own else False

    def _heading(self, at: int) -> Spot:
        """The place that the heading of the section names."""
        index = self.layout.section_at(at)
        section = self.layout.sections[index] if index >= 0 else Section(0, 0, 0, 0)
        inside = self._between(section.heading_start, min(section.heading_end, at))
        return next((p.spot for p in inside if p.kind == "names"), NOWHERE)

    def _locate(self, pointer: Pointer) -> tuple[Spot, How]:
        paragraph = self.layout.paragraphs[max(0, self.layout.paragraph_at(pointer.start))].start
        if pointer.kind in ("nation", "ministry"):
            return COUNTRY, "sentence" if pointer.kind == "nation" else "agency"
        heading = self._heading(pointer.start)
        if pointer.kind == "everywhere":
            return next((s for s in (heading, self.document[0]) if s.code), COUNTRY), "deixis"
        about = self._governing(paragraph, pointer.start)[0]
        if pointer.kind == "dateline":
            return NOWHERE, ""
        if pointer.kind in ("names", "seat"):
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
        national = any(p.kind in STATE for p in found)
        sent = next((named(p, NOWHERE) for p in found if p.kind == "dateline"), NOWHERE)
        if sent.code and not (national and sent.code == CAPITAL):
            return sent, "document", "document.dateline"
        if national:
            return COUNTRY, "document", "document.nation"
        outlet = find_places(document.source or "", rules, document.published)
        if outlet and outlet[-1].code:
            return Spot(outlet[-1].code), "document", "document.source"
        return NOWHERE, "", ""

    def _lead(self) -> int:
        """Where the opening of the article ends: its title and the paragraph after it."""
        body = [p for p in self.layout.paragraphs if p.start >= self.layout.title.end]
        return body[0].end if body else self.layout.title.end

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
