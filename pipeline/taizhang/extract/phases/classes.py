"""The classes that the lexicon gives to a word, as features read them: a compound by its longest known end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.names import Name
from taizhang.lexicon.load import Lexicon
from taizhang.rules import RuleSet, once

NONE: tuple[str, ...] = ()


def verb_form(atom: Atom) -> str:
    """A verb as the lists have it, without its adverb; a word that none lists as it is."""
    return atom.verb.base if atom.verb else atom.text


class Senses(NamedTuple):
    """The classes of a word's senses, and the phases that they tell."""

    classes: tuple[str, ...] = NONE
    phases: tuple[str, ...] = NONE


class Classes:
    """Look-ups in the lexicon of one rule set, each word's kept.

    Attributes:
        own: the verbs that a user's folders list, with the phases that they give them.
    """

    def __init__(self, lexicon: Lexicon, own: Mapping[str, frozenset[str]]) -> None:
        self._lexicon, self.own = lexicon, own
        self._known: dict[str, Senses] = {}

    @staticmethod
    @once
    def of(rules: RuleSet) -> Classes:
        """The classes of a rule set, made once."""
        return Classes(Lexicon.of(rules), rules.own_words)

    def senses(self, word: str) -> Senses:
        """What the lexicon knows of a word; of one that it does not list, of its longest end that it does."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._look(word)
        return found

    def governed(self, name: Name) -> Name:
        """The name as a user's own verbs alone govern it, where one of them does."""
        own = tuple(a for a in name.verbs if verb_form(a) in self.own) if self.own else ()
        return name._replace(verbs=own, action=own[-1].text) if own else name

    def _look(self, word: str) -> Senses:
        if word in self.own:  # what ships says of it holds no more
            told = {
                e for e in self._lexicon.entries(word) if e.table == "verbs" and e.phase in self.own[word]
            }
            return Senses(tuple(sorted({e.word_class for e in told})), tuple(sorted(self.own[word])))
        starts = [0, *range(1, len(word) - 1)]
        entries = next((e for s in starts if (e := self._lexicon.entries(word[s:]))), ())
        classes = sorted({e.word_class for e in entries})
        return Senses(tuple(classes), tuple(sorted({e.phase for e in entries if e.phase})))
