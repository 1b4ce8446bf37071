"""Places: one automaton over all names, traps and towns, and the hits that it finds in a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import ahocorasick

from taizhang.extract.places.gazetteer import Gazetteer, gazetteer, level_of
from taizhang.extract.places.shapes import PLACES, PlaceRules, all_forms
from taizhang.extract.places.words import containing, crossing, divides, frequencies
from taizhang.rules import RuleSet


class Hit(NamedTuple):
    """A form of the lexicon in a text. ``kind``: full, plain, short, trap, town."""

    start: int
    end: int
    form: str
    kind: str


class Lexicon:
    """The compiled names. ``scan`` gives what stands in a text and is not contradicted by its words."""

    def __init__(self, names: Gazetteer, rules: PlaceRules) -> None:
        self.names = names
        self.freq = frequencies()
        self.region_words = all_forms(rules.region_word)
        kinds: dict[str, str] = {town: "town" for town in names.towns if len(town) > 2}
        kinds |= {form: self._kind(form) for form in names.names}
        kinds |= dict.fromkeys(all_forms(rules.trap), "trap")
        self.automaton = ahocorasick.Automaton()
        for form, kind in kinds.items():
            self.automaton.add_word(form, (form, kind))
        self.automaton.make_automaton()

    def _kind(self, form: str) -> str:
        """full: an official name or alias; plain: the short name of a province or prefecture; short: of a county."""
        entries = self.names.names[form]
        if any(e.kind != "short" for e in entries):
            return "full"
        higher = any(level_of(e.division.code) != "county" for e in entries)
        return "plain" if higher and form not in self.names.ordinary["city"] else "short"

    def scan(self, text: str) -> list[Hit]:
        """All hits that the words around them allow, in order of start, the longer first."""
        hits = []
        for last, (form, kind) in self.automaton.iter(text):
            hit = Hit(last - len(form) + 1, last + 1, form, kind)
            if self._allowed(text, hit):
                hits.append(hit)
        return sorted(hits, key=lambda h: (h.start, -h.end))

    def _allowed(self, text: str, hit: Hit) -> bool:
        start, end, form, kind = hit
        if kind == "trap":
            return True
        if kind in ("full", "town"):
            if text.startswith(self.region_words, end - 1):
                return False
            return len(form) > 2 or not crossing(text, start, end, self.freq) or divides(text, start, end)
        around = containing(text, start, end, self.freq, self.names.names)
        if around is not None and (kind == "short" or around < start):
            return False
        return not crossing(text, start, end, self.freq) or divides(text, start, end)


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap the one that begins first, and of those the longest."""
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def lexicon(rules: RuleSet) -> Lexicon:
    """The lexicon of a rule set, built once."""
    if "places.lexicon" not in rules.compiled:
        rules.compiled["places.lexicon"] = Lexicon(gazetteer(rules), rules.load(PLACES, PlaceRules))
    return rules.compiled["places.lexicon"]  # type: ignore[no-any-return]
