"""Places: one automaton over all names and traps, and the hits that it finds in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import ahocorasick

from taizhang.extract.places.ambiguity import current, one_each
from taizhang.extract.places.gazetteer import Division, Gazetteer, gazetteer, level_of, within
from taizhang.extract.places.shapes import PLACES, PlaceRules, all_forms
from taizhang.extract.places.spans import Spans
from taizhang.extract.places.words import divides, evidence
from taizhang.rules import RuleSet, once
from taizhang.segment.dictionary import dictionary

NAMES = (None, "ns", "nr", "nrt", "nz", "n")  # what the dictionary takes the name of a county for
FREE = (
    "v",
    "p",
    "c",
    "d",
    "u",
    "uj",
    "r",
    "f",
    "t",
    "m",
    "q",
    "ad",
)  # tags of words of one character that end before a name
RARE = 300  # a word that it counts less often is no reason against a name after what is above it
COMMON = 1000  # a word that the dictionary counts so often is met as a word


class NameHit(NamedTuple):
    """A form of the lexicon in a text. ``kind``: full, plain, short, trap."""

    start: int
    end: int
    form: str
    kind: str


class NameHits(NamedTuple):
    """The hits of one text, in order: those that stand, the short ones that may, and where any of them end.

    ``joints`` are the offsets between a name and one inside it: 广西|南宁.
    """

    sure: list[NameHit]
    short: list[NameHit]
    ends: set[int]
    joints: frozenset[int]


class PlaceLexicon:
    """The compiled names. ``scan`` gives what stands in a text."""

    def __init__(self, names: Gazetteer, rules: PlaceRules) -> None:
        self.names = names
        self.joined = (*all_forms(tuple(j for j in rules.joint if j.comma)), *all_forms(rules.range))
        self.joints = all_forms(rules.joint)
        self.things = all_forms(rules.thing)
        self.bears = all_forms(tuple(b for b in rules.bears if not b.near))
        self.organs = all_forms(tuple(b for b in rules.bears if b.near))
        self.nature = all_forms(rules.nature)
        self.known = frozenset(all_forms(rules.known))
        self.zones = frozenset(alias.id for alias in rules.alias if alias.zone)
        self.sites = all_forms(rules.site)
        self.location = all_forms(rules.location)
        self.items = tuple(f"\n{mark}" for mark in all_forms(rules.item))
        self.openers = ("\n", *self.items, *all_forms(rules.bare_before))
        self.subtitles = tuple(f"\n{mark}" for mark in all_forms(rules.subtitle))
        self.ours = all_forms(rules.ours)
        self.colons = all_forms(rules.colon)
        self.vessels = all_forms(rules.vessel)
        self.estate = re.compile("|".join(f"(?:{'|'.join(e.forms)})(?![{e.unless}])" for e in rules.estate))
        fields = "|".join(all_forms(rules.field))
        self.field = re.compile(rf"\d{{1,2}}-\d{{1,2}}(?:{fields})")
        self.clash = {form: rule.beside for rule in rules.clash for form in rule.forms}
        self.region_words = all_forms(rules.region_word)
        kinds = {form: self._kind(form) for form in names.names}
        kinds |= dict.fromkeys(all_forms(rules.trap), "trap")
        self._meanings: dict[tuple[str, int | None], list[Division]] = {}
        self.automaton = ahocorasick.Automaton()
        for form, kind in kinds.items():
            self.automaton.add_word(_symbols(form), (form, kind))
        self.automaton.make_automaton()

    def _kind(self, form: str) -> str:
        """full: an official name or alias; plain: short, of a province or prefecture; short: of a county."""
        entries = self.names.names[form]
        if any(e.kind != "short" for e in entries):
            return "full"
        higher = any(level_of(e.division.code) != "county" for e in entries)
        return "plain" if higher and form not in self.names.ordinary["city"] else "short"

    def scan(self, text: str) -> NameHits:
        """All hits, in order of start, the longer first; short names are not yet held to the words around them."""
        hits = []
        ends = set()
        for last, (form, kind) in self.automaton.iter(_symbols(text)):
            if last % 2:  # a match that begins between two halves of a character is none
                end = (last + 1) // 2
                hits.append(NameHit(end - len(form), end, form, kind))
                ends.add(end)
        hits.sort(key=lambda h: (h.start, -h.end))
        joints = frozenset(self._joints(hits))
        hits = [self._unless_trap(h) if h.start in joints else h for h in hits]
        clashing = {form for form in {h.form for h in hits} & self.clash.keys() if self._clashes(text, form)}
        hits = [h for h in hits if h.form not in clashing or h.start in ends]
        own = [h for h in hits if h.kind == "short" and text.startswith(self.bears, h.end)]
        inside = self._inside(hits, {h.form for h in own})
        hits = [h for h in hits if h not in inside]
        sure = [h for h in hits if h.kind != "short" and self.allowed(text, h, ends, joints)]
        return NameHits(sure, [h for h in hits if h.kind == "short"], ends, joints)

    def _inside(self, hits: list[NameHit], own: set[str]) -> set[NameHit]:
        """Short names that begin within a county that the text has shown by what bears its name: 柳河|北, no 河北."""
        spans = Spans((h.start, h.end) for h in hits if h.form in own)
        return {h for h in hits if h.kind == "plain" and spans.cut(h.start)}

    def _joints(self, hits: list[NameHit]) -> Iterator[int]:
        """Where a name ends and one inside it begins: what stands so is a place, whatever words cross it."""
        codes: dict[int, set[str]] = {}
        for hit in hits:
            for entry in self.names.names.get(hit.form, ()):
                if hit.kind != "trap":
                    codes.setdefault(hit.end, set()).add(entry.division.code)
        for hit in hits:
            above = codes.get(hit.start)
            inside = [e.division.code for e in self.names.names.get(hit.form, ())] if above else []
            holds = above and any(c != a and within(c, a) for c in inside for a in above)
            if holds and (hit.kind == "full" or self.proper(hit.form)):
                yield hit.start

    def proper(self, form: str) -> bool:
        """Whether a short name is first of all a name: no common word of the dictionary, 商河 but not 平安."""
        if form not in self.names.ordinary["county"]:
            return True
        words = dictionary()
        count = words.count(form) or 0
        return form in self.known or count < RARE or (words.tag(form) in NAMES and count < COMMON)

    def _unless_trap(self, hit: NameHit) -> NameHit:
        """The hit as the name that it is after what is above it: 东海 is a sea, 江苏东海 a county."""
        known = hit.kind == "trap" and hit.form in self.names.names
        return hit._replace(kind=self._kind(hit.form)) if known else hit

    def meanings(self, form: str, year: int | None) -> list[Division]:
        """The divisions that a form may stand for in a year."""
        key = (form, year)
        if key not in self._meanings:
            self._meanings[key] = one_each(e.division for e in current(self.names.names[form], year))
        return self._meanings[key]

    def _clashes(self, text: str, form: str) -> bool:
        """Whether a text speaks of what else the form may mean."""
        return any(other in text for other in self.clash[form])

    def allowed(self, text: str, hit: NameHit, ends: set[int], joints: frozenset[int]) -> bool:
        """Whether the words around a hit leave it standing; one straight after another name needs less."""
        start, end, form, kind = hit
        other = kind == "full" and text.startswith(self.region_words, end - 1)
        if other or text.startswith(self.vessels, end) or self.field.match(text, end):
            return kind == "trap"
        if kind == "trap" or (start in ends and kind == "full" and len(form) > 2):
            return True
        found = evidence(text, start, end, self.names.names)
        doubtful = found.crosses_start and start not in joints
        if kind == "plain" and start not in ends and self._is_within(text, start, form):
            return False
        if kind == "plain" and not doubtful and text.startswith(self.sites, end):
            return True
        if kind != "full" or len(form) == 2:
            if found.before or (found.after and kind == "short"):
                return False
            joined = start in joints or end in joints
            doubtful |= (found.crosses_end and end not in joints) or (found.after == 1 and not joined)
        return not doubtful or divides(text, start, end)

    def _is_within(self, text: str, start: int, form: str) -> bool:
        """Whether a name that is one of a river or a mountain is the end of a longer one: 浦|阳江, no 在|丽江."""
        before = text[max(0, start - 1) : start]
        if not form.endswith(self.nature) or not before.isalpha() or before.isascii():
            return False
        words = dictionary()
        alone = before in self.openers or words.tag(before) in FREE
        return not alone and not any(words.count(text[start - n : start]) for n in (2, 3, 4) if n <= start)


def _symbols(text: str) -> str:
    """Each character as two symbols of 256: the automaton looks through a node's successors one by one."""
    halves = text.encode("utf-16-be", "surrogatepass")
    if len(halves) != 2 * len(text):
        halves = "".join(c if c <= "\uffff" else "\ufffd" for c in text).encode("utf-16-be", "surrogatepass")
    return halves.decode("latin-1")


def longest(hits: Iterable[NameHit]) -> list[NameHit]:
    """Of hits that overlap the one that begins first, and of those the longest."""
    kept: list[NameHit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


@once
def lexicon(rules: RuleSet) -> PlaceLexicon:
    """The lexicon of a rule set, built once."""
    return PlaceLexicon(gazetteer(rules), rules.load(PLACES, PlaceRules))
