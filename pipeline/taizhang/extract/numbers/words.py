"""Numbers: words and names that hold them: our own lists, and the word segmenter's dictionary."""

from __future__ import annotations

from typing import NamedTuple

from taizhang.extract.numbers.dictionary import LONGEST, words_with_numerals
from taizhang.extract.numbers.lexicon import NumberLexicon, lexicon
from taizhang.extract.numbers.numeral import writing
from taizhang.extract.numbers.shapes import WORD_FILES, WordRules
from taizhang.rules import RuleSet, once

_IDIOMS = {"dictionary.i", "dictionary.l"}


class NumeralWord(NamedTuple):
    """A word in a text that takes its numerals with it."""

    start: int
    end: int
    reason: str
    rule: str


class NumeralWords:
    """All words with numerals in them, with the reason and the rule of each."""

    def __init__(self, rules: RuleSet) -> None:
        self.listed = {
            form: (entry.reason, entry.id)
            for name in WORD_FILES
            for entry in rules.load(name, WordRules).words
            for form in entry.forms
        }
        self.known = words_with_numerals(writing(rules))
        self.units: NumberLexicon = lexicon(rules)
        self.openings = {word[:2] for word in (*self.listed, *self.known)}

    def of(self, text: str) -> tuple[str, str] | None:
        """Reason and rule of a text that is itself such a word."""
        listed, known = self.listed.get(text), self.known.get(text)
        return listed or (known if known and known[1] in _IDIOMS else None)

    def listed_over(self, text: str, start: int, end: int) -> NumeralWord | None:
        """The longest listed word over ``[start, end)``."""
        return self._longest(text, start, end, self.listed)

    def covering(self, text: str, start: int, end: int, measured: bool = False) -> NumeralWord | None:
        """The longest word over the numeral ``[start, end)``, listed ones first.

        A numeral that is ``measured`` is not taken by a dictionary word that only ends in it: 身高|一米八, 共|五百吨.
        """
        listed = self._longest(text, start, end, self.listed)
        known = None if listed else self._longest(text, start, end, self.known)
        return listed or (None if known and measured and known.start < start and known.end <= end else known)

    def _longest(
        self, text: str, start: int, end: int, words: dict[str, tuple[str, str]]
    ) -> NumeralWord | None:
        best: NumeralWord | None = None
        for low in range(max(0, start - 5), start + 1):
            if text[low : low + 2] not in self.openings:
                continue
            floor = end if low == start else start + 1
            for high in range(min(len(text), low + LONGEST), max(floor, low + 2) - 1, -1):
                found = words.get(text[low:high])
                if found is None or (best and high - low <= best.end - best.start):
                    continue
                if words is self.known and low == start and self._counts(text, end, high):
                    continue
                best = NumeralWord(low, high, *found)
        return best

    def _counts(self, text: str, end: int, high: int) -> bool:
        """三件, 五县: a dictionary word that is only a number and its measure."""
        unit = self.units.unit_at(text, end)
        return unit is not None and (unit.end >= high or high - end <= 1)


@once
def words(rules: RuleSet) -> NumeralWords:
    """The words of a rule set, read once."""
    return NumeralWords(rules)
