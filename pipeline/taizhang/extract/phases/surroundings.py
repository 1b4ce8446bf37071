"""What stands around a quantity: the words of its title, heading, paragraph and sentence, and what they tell of.

All numbers of a sentence share it, so it is read and weighed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from taizhang.extract.phases.classes import Classes
from taizhang.extract.phases.features import strange
from taizhang.extract.phases.tense import Tense
from taizhang.judge import Weights
from taizhang.judge.choice import FeatureSum
from taizhang.lexicon.automaton import FormAutomaton
from taizhang.lexicon.load import Lexicon
from taizhang.rules import RuleSet, once
from taizhang.segment.layout import Layout, LayoutUnit

WEIGHTS = "phase"
TITLED = 50  # characters of a title or heading that are read
AROUND = 300  # characters on either side of a sentence in which plans and deeds are counted with it
UNITS = ("paragraph", "sentence")  # the stretches whose words are read
LONGEST = 1200  # characters of a paragraph whose words are read, from its beginning


class SharedFeatures(NamedTuple):
    """Features that several quantities share, and their weights: the sums, and each label's as a part of its option."""

    tally: tuple[int, ...]
    parts: tuple[FeatureSum, ...]


class LexiconWords:
    """The words of the lexicon that have more than one character, as one automaton."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._forms = FormAutomaton(
            {form: tuple([f"{unit}-has={form}" for unit in UNITS]) for form in lexicon if len(form) > 1}
        )

    @staticmethod
    @once
    def of(rules: RuleSet) -> LexiconWords:
        """The words of a rule set, compiled once."""
        return LexiconWords(Lexicon.of(rules))

    def within(self, text: str, unit: str) -> dict[str, None]:
        """The words of a stretch of text as features, each once, in order; of several that begin alike the longest."""
        place = UNITS.index(unit)
        return dict.fromkeys([features[place] for features in self._forms.meanings(text)])


@once
def _of_tense(_: RuleSet) -> dict[tuple[str, ...], SharedFeatures]:
    """What was weighed for the words before numbers, in all texts: few things can be told of these."""
    return {}


class Surroundings:
    """What stands around the quantities of one text."""

    def __init__(self, layout: Layout, rules: RuleSet) -> None:
        self._layout = layout
        self._weights, self._classes = Weights.of(rules, WEIGHTS), Classes.of(rules)
        self._words, self._tense = LexiconWords.of(rules), Tense(layout.text, rules)
        self._known: dict[tuple[str, int], SharedFeatures] = {}
        self._shared: dict[int, list[SharedFeatures]] = {}  # by the sentence
        self._left = _of_tense(rules)

    def at(self, offset: int) -> list[SharedFeatures]:
        """What the quantity that begins at ``offset`` shares: with all of its text, section, paragraph and sentence."""
        number = self._layout.sentence_at(offset)
        shared = self._shared.get(number)
        if shared is None:
            shared = self._shared[number] = self._with_sentence(number)
        told = tuple(self._tense.told("left", self._layout.sentences[number].start, offset))
        left = self._left.get(told)
        if left is None:
            left = self._left[told] = self._weighed(told)
        return [*shared, left]

    def _with_sentence(self, number: int) -> list[SharedFeatures]:
        layout, start = self._layout, self._layout.sentences[number].start
        return [
            self._once(("text", 0), self._of_text),
            self._once(("section", layout.section_at(start)), self._of_section),
            self._once(("paragraph", layout.paragraph_at(start)), self._of_paragraph),
            self._weighed(self._of_sentence(number)),
        ]

    def _once(self, key: tuple[str, int], features: Callable[[int], Iterable[str]]) -> SharedFeatures:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._weighed(features(key[1]))
        return found

    def _weighed(self, features: Iterable[str]) -> SharedFeatures:
        kept = tuple(strange(features, self._classes) if self._classes.own else features)
        tally = self._weights.tally(kept)
        return SharedFeatures(tally, tuple([FeatureSum(kept, score) for score in tally]))

    def _of_text(self, _: int) -> Iterator[str]:
        layout = self._layout
        yield from _pairs("title", layout.text[slice(*layout.title)][:TITLED])
        yield from self._tense.told("article", 0, len(layout.text))

    def _of_section(self, number: int) -> Iterator[str]:
        if number >= 0:
            section = self._layout.sections[number]
            low = max(section.heading_start, section.heading_end - TITLED)
            yield from _pairs("heading", self._layout.text[low : section.heading_end].strip())

    def _of_paragraph(self, number: int) -> Iterator[str]:
        unit = self._layout.paragraphs[number]
        yield from self._has("paragraph", unit)
        yield from self._tense.told("paragraph", *unit)

    def _of_sentence(self, number: int) -> Iterator[str]:
        unit = self._layout.sentences[number]
        yield from self._has("sentence", unit)
        yield from self._tense.told("sentence", *unit)
        yield from self._tense.told("around", max(0, unit.start - AROUND), unit.end + AROUND)

    def _has(self, name: str, unit: LayoutUnit) -> Iterable[str]:
        stretch = self._layout.text[unit.start : min(unit.end, unit.start + LONGEST)]
        return self._words.within(stretch, name)


def _pairs(name: str, words: str) -> Iterator[str]:
    return iter(dict.fromkeys([f"{name}={a}{b}" for a, b in pairwise(words)]))
