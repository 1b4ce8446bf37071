"""Places: the organisation that did what a quantity counts, as written."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from taizhang.extract.candidates import AgencyChoice
from taizhang.extract.places.shapes import AGENCIES, PLACES, AgencyRules, PlaceRules, PlaceWords, all_forms
from taizhang.records import PlaceMention, Quantity
from taizhang.rules import RuleSet, once
from taizhang.segment.layout import Layout

HAN = "[\u4e00-\u9fff]"
NUMBERED = "\u4e00-\u9fff0-9"
SECTION = 4  # characters of what a part of a body is for
PROPER = 6  # characters of a body's own name
CLAUSES = 16  # how many clauses back a change of subject is looked for
LONGEST = 14  # characters between the place or level and the kind of body
LISTED = "ministry"  # the rule of bodies that are known by their whole names


class Agency(NamedTuple):
    """One organisation in a text."""

    start: int
    end: int
    rule: str
    points: str = ""  # the deixis rule that says of which place an organisation without a place name is


class AgencyGrammar:
    """The compiled grammar: place or level word, function, kind of body."""

    def __init__(self, rules: AgencyRules, places: PlaceRules) -> None:
        stop = _either(all_forms(rules.inner_stop))
        body = _either(all_forms(rules.body))
        tail = _either(all_forms(rules.tail_stop))
        inner = rf"(?:(?!{stop}){HAN}){{0,{LONGEST}}}?"
        compound = _either(all_forms(rules.compound))
        part = rf"(?:(?!{stop}|{_either(all_forms(rules.number))}){HAN}){{1,{SECTION}}}?"
        section = rf"(?:{part}(?!{compound})(?:{_either(all_forms(rules.section))}))?"
        name = rf"{inner}(?!{compound})(?:{body}){section}(?!{tail}|{body})"
        self.after_place = re.compile(name)
        self.by_level = re.compile(rf"({_either(all_forms(rules.level))}){name}")
        self.points = {form: level.points for level in rules.level for form in level.forms}
        self.boundaries = all_forms(rules.boundary)
        self.collective = frozenset(all_forms(rules.collective))
        self.national = re.compile(_either(all_forms(places.ministry)))
        self.ministry_tail = all_forms(places.ministry_tail)
        self.joint = re.compile(_either(all_forms(places.joint)))
        own = _either(all_forms(rules.own))
        proper = rf"(?:(?!{stop}){HAN}){{2,{PROPER}}}?"
        self.by_name = re.compile(
            rf"(?:^|{_either(self.boundaries)})({proper}(?:{own}))(?!{tail}|{own})", re.M
        )
        named = re.compile(_either(all_forms(rules.named)))
        self.groups = (
            ("agency.named", named),
            (
                "agency.force",
                _framed(rules.force, rf"(?:(?!{stop})[{NUMBERED}]){{0,{LONGEST}}}?", rules.formation),
            ),
            (
                "agency.whole",
                _framed(rules.whole, rf"(?!{compound})(?:(?!{stop}){HAN}){{2,{PROPER}}}?", rules.branch),
            ),
        )
        self.heard = all_forms(rules.heard)
        self.toward = all_forms(rules.toward)
        self.nation = all_forms(places.nation)
        # What was found last: places and organisations are both resolved by it, one straight after the other.
        self._last: tuple[str, Sequence[PlaceMention], list[Agency]] | None = None

    def find(self, text: str, mentions: Sequence[PlaceMention]) -> list[Agency]:
        """All organisations in ``text``, in order and without overlap, the longer first."""
        last = self._last
        if last is None or last[0] is not text or last[1] is not mentions:
            last = self._last = text, mentions, self._find(text, mentions)
        return last[2]

    def _find(self, text: str, mentions: Sequence[PlaceMention]) -> list[Agency]:
        found = sorted(self._all(text, mentions), key=lambda a: (a.start, -a.end))
        kept: list[Agency] = []
        for agency in found:
            if (not kept or agency.start >= kept[-1].end) and text[slice(*agency[:2])] not in self.collective:
                kept.append(agency)
        return kept

    def _all(self, text: str, mentions: Sequence[PlaceMention]) -> Iterator[Agency]:
        for start, end in _chains(mentions):
            match = self.after_place.match(text, end)
            if match:
                yield Agency(start, match.end(), "agency.place")
        for match in self.by_level.finditer(text):
            if match.start() == 0 or text.endswith(self.boundaries, 0, match.start()):
                yield Agency(match.start(), match.end(), "agency.level", self.points[match[1]])
        for match in self.by_name.finditer(text):
            yield Agency(*match.span(1), "agency.own")
        for rule, pattern in self.groups:
            for match in pattern.finditer(text):
                yield Agency(*match.span(), rule)
        for match in self.national.finditer(text):
            if not text.startswith(self.ministry_tail, match.end()):
                yield Agency(*match.span(), "ministry")

    def acting(self, text: str, agencies: Iterable[Agency]) -> Iterator[Agency]:
        """Those that can be who did it: not where a report comes from or whom it is done to, nor joined to such."""
        idle = -1  # where the last of them that is idle ends
        for agency in agencies:
            joined = idle >= 0 and self.joint.fullmatch(text, idle, agency.start)
            heard = text.startswith(self.heard, agency.end)
            if joined or heard or text.endswith(self.toward, 0, agency.start):
                idle = agency.end
            else:
                yield agency

    def listed(self, text: str, mentions: Sequence[PlaceMention]) -> Iterator[Agency]:
        """Bodies known by their whole names: what a pattern makes of 甲县新建服务站 may be what is counted."""
        return (agency for agency in self.find(text, mentions) if agency.rule == LISTED)

    def together(self, text: str, agencies: Sequence[Agency]) -> tuple[int, int]:
        """The span of the last of ``agencies`` with those that are joined to it: 财政部、水利部."""
        start, end = agencies[-1].start, agencies[-1].end
        for before in reversed(agencies[:-1]):
            if not self.joint.fullmatch(text, before.end, start):
                break
            start = before.start
        return start, end


@once
def agency_grammar(rules: RuleSet) -> AgencyGrammar:
    """The grammar of a rule set, built once."""
    return AgencyGrammar(rules.load(AGENCIES, AgencyRules), rules.load(PLACES, PlaceRules))


def find_agencies(
    layout: Layout, quantities: Sequence[Quantity], mentions: Sequence[PlaceMention], rules: RuleSet
) -> list[AgencyChoice]:
    """For each quantity the organisation that its sentence names last before it, as written; else "".

    A clause about another place in between ends what the organisation did.
    """
    grammar = agency_grammar(rules)
    found = list(grammar.acting(layout.text, grammar.find(layout.text, mentions)))
    starts = [m.start for m in mentions]
    return [_choice(layout, found, starts, q.start, grammar) for q in quantities]


def _choice(
    layout: Layout,
    found: Sequence[Agency],
    places: Sequence[int],
    at: int,
    grammar: AgencyGrammar,
) -> AgencyChoice:
    low = layout.sentences[max(0, layout.sentence_at(at))].start
    before = found[bisect_left(found, (low,)) : bisect_right(found, at, key=lambda a: a.end)]
    if not before:
        return AgencyChoice("", "")
    start, end = grammar.together(layout.text, before)
    between = places[bisect_left(places, end) : bisect_left(places, at)]
    if any(layout.clauses[max(0, layout.clause_at(place))].start == place for place in between):
        return AgencyChoice("", "")
    last = layout.clause_at(at)
    clauses = layout.clauses[max(0, layout.clause_at(end) + 1, last - CLAUSES) : last + 1]
    if any(layout.text.startswith(grammar.nation, c.start) for c in clauses):
        return AgencyChoice("", "")
    clause = layout.clauses[max(0, last)].start
    reach = "agency.clause" if start >= clause else "agency.carried"
    return AgencyChoice(layout.text[start:end], f"{before[-1].rule}+{reach}")


def _chains(mentions: Sequence[PlaceMention]) -> Iterator[tuple[int, int]]:
    """Names that stand straight side by side, as spans."""
    start = end = -1
    for mention in mentions:
        if mention.start != end:
            if end > start:
                yield start, end
            start = mention.start
        end = mention.end
    if end > start:
        yield start, end


def _either(forms: Iterable[str]) -> str:
    return "|".join(re.escape(f) for f in sorted(set(forms), key=lambda f: (-len(f), f)))


def _framed(first: tuple[PlaceWords, ...], inner: str, last: tuple[PlaceWords, ...]) -> re.Pattern[str]:
    """One of ``first``, something between, and one of ``last`` that no other of them follows."""
    end = _either(all_forms(last))
    return re.compile(rf"(?:{_either(all_forms(first))}){inner}(?:{end})(?!{end})")
