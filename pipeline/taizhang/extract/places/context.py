"""Places: an article with everything that points at a place located, and what is in question where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from taizhang.extract.places.digest import is_digest, is_summary
from taizhang.extract.places.document import document_place
from taizhang.extract.places.gazetteer import NATION, Gazetteer, gazetteer, within
from taizhang.extract.places.parts import JoinedSections
from taizhang.extract.places.pointer_rules import PointerRules, pointer_rules
from taizhang.extract.places.pointers import STATE, Pointer, pointers
from taizhang.extract.places.realms import Realms
from taizhang.extract.places.themes import Themes
from taizhang.extract.places.topic import COUNTRY, NOWHERE, Located, PlaceCode, common, meant, named
from taizhang.records import Document, How, PlaceMention
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout, Section

NEAR = 64  # how many pointers on either side of a figure are looked at
OPENING = 2  # characters from the start of a clause before a country that is its subject
HEAD = 6  # characters from the start of a clause within which its subject begins


class PlaceContext:
    """One article with every pointer in it located.

    Attributes:
        given: code of the place that somebody has given for the article; empty where nobody has.
        digest: whether each section of the text stands alone.
        summary: whether each line of it does.
        found: everything that points at a place; ``mentions`` are the names among it.
        located: the places that its words point at, in order.
        goals: the places that something goes to.
        elsewhere: where other countries and unnamed bodies are the subject; ``abroad``: the countries alone.
        document: the place that the article as a whole is about, how that is known, and the rule that says so.
    """

    def __init__(  # noqa: PLR0913 - what is given from outside comes last, by its name
        self,
        layout: Layout,
        mentions: Sequence[PlaceMention],
        rules: RuleSet,
        document: Document,
        figures: Sequence[int],
        *,
        given: str = "",
    ) -> None:
        self.given = given
        self.layout = layout
        self.figures = figures
        self.names: Gazetteer = gazetteer(rules)
        self.words: PointerRules = pointer_rules(rules)
        self.year = int(document.published[:4]) if document.published else None
        self.themes = Themes.of(rules)
        self.mentions = mentions
        self.brackets = [m.span() for m in self.words.brackets.finditer(layout.text)]
        self._glosses = {(m.start, m.end) for m in mentions}  # 西部（甲市）科学城
        self.found = found = pointers(layout.text, mentions, self.words)
        self.digest = is_digest(layout, found, self.words)
        self.summary = is_summary(layout, self.words)
        self.realms = Realms(layout, self.words.realms)
        self.document: tuple[PlaceCode, How, str] = (PlaceCode(given), "given", "given")
        if not given and self.digest:
            self.document = (NOWHERE, "", "")
        elif not given:
            self.document = document_place(layout, found, self.words, rules, document)
        self.parts = JoinedSections(layout, mentions, self.words.colons)
        self.located: list[Located] = []
        self.starts: list[int] = []
        self.goals: list[Located] = []
        elsewhere = [p for p in found if p.kind == "elsewhere" and self._is_subject(p)]
        self.elsewhere = [p.start for p in elsewhere]
        self.abroad = [p.start for p in elsewhere if p.rule not in self.words.anonymous]
        self._settle(found)

    def _settle(self, found: Sequence[Pointer]) -> None:
        """Locate the pointers in their order, each with what those before it have settled."""
        for pointer in found:
            place = self._place(pointer)
            if place.spot.code and place.kind == "goal":
                self.goals.append(place)
            elif place.spot.code and not self._holds_last(place, self.words.situated):
                if self._holds_last(place, self.words.copula):
                    place = place._replace(kind="seat")
                self.located.append(self._in_list(place))
                self.starts.append(place.start)

    def _holds_last(self, place: Located, words: tuple[str, ...]) -> bool:
        """Whether a place is only what the one before it in the sentence lies in: 甲县位于乙省西部，海拔1450米."""
        if place.kind != "names" or not self.located:
            return False
        before, text = self.located[-1], self.layout.text
        same = self.layout.sentence_at(before.start) == self.layout.sentence_at(place.start)
        inside = before.spot.code != place.spot.code and within(before.spot.code, place.spot.code)
        return same and inside and text.endswith(words, 0, place.start)

    def _place(self, pointer: Pointer) -> Located:
        """What a pointer stands for; the country inside a clause only for a figure straight after: 等全国22个城市."""
        kind, single = pointer.kind, len(pointer.chains) == 1
        spot: PlaceCode = NOWHERE
        how: How = ""
        if kind not in STATE or self._speaks(pointer):
            spot, how = self._locate(pointer)
        elif kind == "nation" and bisect_left(self.figures, pointer.end) < bisect_left(
            self.figures, pointer.end + 1
        ):
            spot, how = self._locate(pointer)
            kind = "seat"
        if kind == "names" and (self._is_held(pointer) or self._is_origin(pointer)):
            kind = "seat"
        return Located(pointer.start, pointer.end, kind, spot, how, pointer.rule, single, spot)

    def _is_held(self, pointer: Pointer) -> bool:
        """Whether something only meets where names stand: 大会在甲市举行."""
        clause = self.layout.clauses[max(0, self.layout.clause_at(pointer.start))]
        held = self.words.held.search(self.layout.text, pointer.end, clause.end)
        return held is not None and self.layout.text.endswith(self.words.location, 0, pointer.start)

    def _is_origin(self, pointer: Pointer) -> bool:
        """Whether something sets out from a place, and the clause counts nothing after it: 列车从甲市开出，…."""
        text, words = self.layout.text, self.words
        if not (text.endswith(words.origin, 0, pointer.start) and words.departs.match(text, pointer.end)):
            return False
        clause = self.layout.clauses[max(0, self.layout.clause_at(pointer.start))]
        return bisect_left(self.figures, pointer.end) == bisect_left(self.figures, clause.end)

    def _speaks(self, pointer: Pointer) -> bool:
        """Whether the country or a body of it is the subject where it stands: at the head of its clause.

        Inside a clause, after a place, it gives or compares; so is a ministry under a place's heading.
        """
        clause = self.layout.clauses[max(0, self.layout.clause_at(pointer.start))].start
        if pointer.kind == "ministry" and self._heading(pointer.start).code:
            return False
        if self.is_attribute(pointer):
            return False
        weak = pointer.rule in self.words.weak
        local = self.document[0].code not in ("", NATION) or self._heading(pointer.start).code
        opens = pointer.start - clause <= HEAD and not self.between(clause, pointer.start)
        return opens or not (local or weak or self.between(clause, pointer.start))

    def is_attribute(self, pointer: Pointer) -> bool:
        """Whether the nation is only an attribute of what a figure is about: 作为全国试点的甲县, 涉及全国20个省."""
        return pointer.kind == "nation" and self.layout.text.endswith(self.words.spread, 0, pointer.start)

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
        return place._replace(listed=PlaceCode(common([before.listed.code, place.spot.code])))

    def _is_subject(self, pointer: Pointer) -> bool:
        """Whether a country or an unnamed body is the subject: a country only at the head of its clause, or item.

        It is none after our own (中国—东盟航线), or as a partner of ours: 东盟是我国的贸易伙伴.
        """
        clause = self.layout.clauses[max(0, self.layout.clause_at(pointer.start))].start
        words = sum(map(str.isalpha, self.layout.text[clause : pointer.start]))  # （3） is none
        if pointer.rule in self.words.anonymous:
            return True
        ours = self.words.ours.search(self.layout.text, clause, pointer.start)
        ours = ours or self.words.partner.match(self.layout.text, pointer.end)
        return words <= OPENING and ours is None

    def paragraph(self, at: int) -> int:
        """Where the paragraph at an offset begins."""
        return self.layout.paragraphs[max(0, self.layout.paragraph_at(at))].start

    def between(self, low: int, high: int) -> list[Located]:
        """The last ``NEAR`` places between two offsets."""
        starts = self.starts
        last = bisect_left(starts, high)
        if not last or starts[last - 1] < low:
            return []
        return self.located[max(last - NEAR, bisect_left(starts, low)) : last]

    def after(self, low: int, high: int) -> list[Located]:
        """The first ``NEAR`` places between two offsets."""
        first = bisect_left(self.starts, low)
        return self.located[first : min(first + NEAR, bisect_left(self.starts, high))]

    def outside(self, low: int, high: int) -> list[Located]:
        """The places between two offsets without those in brackets that end before the second."""
        return [p for p in self.between(low, high) if not self.is_bracketed(p.start, high)]

    def is_bracketed(self, start: int, at: int) -> bool:
        """Whether a place stands in brackets that do not hold an offset."""
        index = bisect_right(self.brackets, (start, len(self.layout.text))) - 1
        low, high = self.brackets[index] if index >= 0 else (0, 0)
        return start < high and not low <= at < high and (low + 1, high - 1) not in self._glosses

    def governing(self, paragraph: int, at: int) -> tuple[PlaceCode, How, str]:
        """What is in question at ``at`` where the sentence there says nothing."""
        before = [p for p in self.outside(paragraph, at) if p.kind != "seat"]
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
        form = self._form(paragraph)
        return (form.listed, "carried", "carried.form") if form else self.document

    def _topic(self, before: Sequence[Located]) -> Located:
        """Of the last sentence that names a place the last at the head of a clause or after 在, or else the last."""
        sentence = self.layout.sentence_at(before[-1].start)
        same = [p for p in before if self.layout.sentence_at(p.start) == sentence]
        subjects = [p for p in same if self._leads(p)]
        return subjects[-1] if subjects else before[-1]

    def _leads(self, place: Located) -> bool:
        """Whether a place heads its clause, or is where something is; a part of a sum (其中甲镇) heads nothing."""
        start = self.layout.clauses[self.layout.clause_at(place.start)].start
        if self.layout.text.startswith(self.words.partition, start):
            return False
        head = place.start - start <= HEAD
        return head or self.layout.text.endswith(self.words.location, 0, place.start)

    def _section(self, paragraph: int, heading: PlaceCode) -> Located | None:
        """The last place inside the heading's that the section named before a paragraph: its story goes on."""
        section = self.parts.at(paragraph)
        named_before = self.between(section.heading_end, paragraph) if section else []
        inside = [p for p in named_before if p.kind != "seat" and within(p.spot.code, heading.code)]
        return inside[-1] if inside else None

    def _form(self, paragraph: int) -> Located | None:
        """The place of the lines of a form before a paragraph."""
        section = self.parts.at(paragraph)
        if section is None or section.start not in self.parts.forms:
            return None
        named_before = [p for p in self.between(section.heading_end, paragraph) if p.kind == "names"]
        return self._topic(named_before) if named_before else None

    def _above(self, place: Located, before: Sequence[Located], at: int) -> bool:
        """Whether a place is above what is in question: 全市 in a report of a district, 省厅 after a city."""
        own = self._heading(at).code or self.document[0].code
        if place.kind == "agency":
            named_before = [p.spot.code for p in before if p.kind == "names" and p.start < place.start]
            own = named_before[-1] if named_before else own
        return bool(own) and own != place.spot.code and within(own, place.spot.code)

    def _heading(self, at: int) -> PlaceCode:
        """The place that the heading of the section names."""
        section = (None if self.summary else self.parts.at(at)) or Section(0, 0, 0, 0)
        inside = self.between(section.heading_start, min(section.heading_end, at))
        own = next((p.spot for p in inside if p.kind == "names"), NOWHERE)
        return own if own.code else self._item(at)

    def _item(self, at: int) -> PlaceCode:
        """The place that the nearest of the headings of the item at an offset names."""
        for heading in reversed(self.layout.path_at(at)) if self.layout.headings else ():
            named_in = self.between(heading.start, min(heading.end, at))
            spot = next((p.spot for p in named_in if p.kind == "names"), NOWHERE)
            if spot.code:
                return spot
        return NOWHERE

    def _locate(self, pointer: Pointer) -> tuple[PlaceCode, How]:
        paragraph = self.paragraph(pointer.start)
        if pointer.kind in ("nation", "ministry"):
            return COUNTRY, "sentence" if pointer.kind == "nation" else "agency"
        heading = self._heading(pointer.start)
        if pointer.kind == "everywhere":
            return next((s for s in (heading, self.document[0]) if s.code), COUNTRY), "deixis"
        if pointer.kind in ("dateline", "elsewhere"):
            return NOWHERE, ""
        if pointer.kind == "group":
            return PlaceCode(self.words.groups[pointer.rule]), "sentence"
        about = self.governing(paragraph, pointer.start)[0]
        if pointer.kind in ("names", "seat", "goal"):
            among = self.words.provinces.search(self.layout.text, max(0, pointer.start - HEAD), pointer.start)
            return COUNTRY if among else named(pointer, about), "sentence"
        low = self.layout.sentences[max(0, self.layout.sentence_at(pointer.start))].start
        near = [p.spot for p in self.between(low, pointer.start) if p.kind == "names"][-1:]
        rule = self.words.deixis[pointer.rule]
        far = (heading, self.document[0], about) if rule.endings else (about,)
        spot = meant(rule, (*near, *far), self.names, self.year)
        return spot, "agency" if pointer.kind == "agency" else "deixis"
