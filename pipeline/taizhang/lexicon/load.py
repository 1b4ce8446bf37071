"""Lexicon: the word tables of a rule set as one look-up, made once for each set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import ahocorasick

from taizhang.lexicon.automaton import FormMatch, scan
from taizhang.lexicon.entries import Entry, WordClass
from taizhang.rules import RuleSet, once


class Lexicon:
    """Every sense of every word that ``rules/words/*.tsv`` list, and what a user's folders add.

    >>> lexicon = Lexicon.of(RuleSet())
    >>> [(e.word_class, e.phase) for e in lexicon.entries("建成")]
    [('build', 'result')]
    >>> lexicon.entries("没有这个词")
    ()
    """

    def __init__(self, entries: Sequence[Entry], classes: dict[str, WordClass]) -> None:
        self.classes = classes
        self._entries: dict[str, tuple[Entry, ...]] = {}
        for entry in entries:
            self._entries[entry.form] = (*self._entries.get(entry.form, ()), entry)

    @staticmethod
    @once
    def of(rules: RuleSet) -> Lexicon:
        """The lexicon of a rule set, made once."""
        return Lexicon(rules.words, rules.word_classes)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def entries(self, form: str) -> tuple[Entry, ...]:
        """All senses of a form, in order of table and class; none for a form that no table lists."""
        return self._entries.get(form, ())

    @cached_property
    def automaton(self) -> ahocorasick.Automaton:
        """All forms as one automaton."""
        made = ahocorasick.Automaton()
        for form in self._entries:
            made.add_word(form, len(form))
        made.make_automaton()
        return made

    def scan(self, text: str) -> Iterator[FormMatch]:
        """Every place in ``text`` where a form stands, overlapping ones too, in order of where they end."""
        return scan(self.automaton, text)
