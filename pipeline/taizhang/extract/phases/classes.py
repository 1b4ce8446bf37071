"""The classes that the lexicon gives to a word, as features read them: a compound by its longest known end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.names import MetricName
from taizhang.lexicon.entries import Entry
from taizhang.lexicon.load import Lexicon
from taizhang.rules import RuleSet, once

NONE: tuple[str, ...] = ()

Part = Literal["verb", "noun", "other"]

TABLES: dict[Part, tuple[str, ...]] = {
    "verb": ("verbs", "nouns", "modifiers"),
    "noun": ("nouns", "verbs", "modifiers"),
    "other": ("modifiers", "verbs", "nouns"),
}
GRAMMATICAL = frozenset({"filler", "negation", "preposition", "conjunction", "particle"})
FUNCTION_TAGS = frozenset("dpcufr")  # adverb, preposition, conjunction, auxiliary, place in space, pronoun


def verb_form(atom: Atom) -> str:
    """A verb as the lists have it, without its adverb; a word that none lists as it is."""
    return atom.verb.base if atom.verb else atom.text


class Senses:
    """The classes of a word's senses, and the phases that they tell."""

    __slots__ = ("_told", "classes", "phases")

    def __init__(self, classes: tuple[str, ...] = NONE, phases: tuple[str, ...] = NONE) -> None:
        self.classes, self.phases = classes, phases
        self._told: dict[tuple[str, str], tuple[str, ...]] = {}

    def told(self, role: str, kind: str = "") -> tuple[str, ...]:
        """What they tell of a word in its role, as features; of a kind of number, what they tell of that, too.

        >>> Senses(("mend",), ("result",)).told("verb", "count")
        ('verb~mend', 'verb~~result', 'verb~mend&count')
        """
        found = self._told.get((role, kind))
        if found is None:
            own = [f"{role}~{name}" for name in self.classes]
            crossed = [f"{feature}&{kind}" for feature in own] if kind else ()
            found = (*own, *[f"{role}~~{phase}" for phase in self.phases], *crossed)
            self._told[role, kind] = found
        return found


class Classes:
    """Look-ups in the lexicon of one rule set, each word's kept.

    Attributes:
        own: the verbs that a user's folders list, with the phases that they give them.
    """

    def __init__(self, lexicon: Lexicon, own: Mapping[str, frozenset[str]]) -> None:
        self._lexicon, self.own = lexicon, own
        self._known: dict[tuple[str, Part], Senses] = {}
        self._standing: dict[tuple[str, str, str], Senses] = {}
        self._all: dict[
            tuple[tuple[str, ...], tuple[str, ...]], Senses
        ] = {}  # few, and many words have the same

    @staticmethod
    @once
    def of(rules: RuleSet) -> Classes:
        """The classes of a rule set, made once."""
        return Classes(Lexicon.of(rules), rules.own_words)

    def senses(self, word: str, part: Part) -> Senses:
        """What the lexicon knows of a word as that part of speech; where it knows nothing, as another.

        Of a word that it does not list, it knows what it does of the longest end that it lists.
        """
        found = self._known.get((word, part))
        if found is None:
            told = self._look(word, part)
            found = self._known[word, part] = self._all.setdefault(told, Senses(*told))
        return found

    def of_atom(self, atom: Atom) -> Senses:
        """What the lexicon knows of a word where it stands."""
        standing = (atom.text, atom.kind, atom.tag)
        found = self._standing.get(standing)
        if found is None:
            found = self._standing[standing] = self.senses(atom.text, part_of(atom))
        return found

    def verbal(self, atom: Atom) -> Senses | None:
        """What the lexicon knows of a verb; nothing of what is none where it stands, or of which it knows nothing."""
        if atom.kind != "verb" and atom.tag[:1] != "v":
            return None
        found = self.senses(atom.text, "verb")
        return found if found.classes else None

    def governed(self, name: MetricName) -> MetricName:
        """The name as a user's own verbs alone govern it, where one of them does."""
        own = tuple(a for a in name.verbs if verb_form(a) in self.own) if self.own else ()
        return name._replace(verbs=own, action=own[-1].text) if own else name

    def _look(self, word: str, part: Part) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if word in self.own:  # what ships says of it holds no more
            entries = self._lexicon.entries(word)
            told = {e.word_class for e in entries if e.table == "verbs" and e.phase in self.own[word]}
            return tuple(sorted(told)), tuple(sorted(self.own[word]))
        found = next((e for table in TABLES[part] if (e := self._end(word, table))), [])
        classes = sorted({e.word_class for e in found})
        return tuple(classes), tuple(sorted({e.phase for e in found if e.phase}))

    def _end(self, word: str, table: str) -> list[Entry]:
        starts = [0, *range(1, len(word) - 1)]
        listed = ([e for e in self._lexicon.entries(word[s:]) if e.table == table] for s in starts)
        return next((entries for entries in listed if entries), [])


def part_of(atom: Atom) -> Part:
    """As which part of speech a word stands in its sentence."""
    if atom.kind == "verb" or atom.tag[:1] == "v":
        return "verb"
    return "other" if atom.kind in GRAMMATICAL or atom.tag[:1] in FUNCTION_TAGS else "noun"
