"""Clean: the rules of ``cleaning.toml`` with their patterns, compiled once per rule set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from taizhang.align import Edit
from taizhang.clean.shapes import (
    Cleaning,
    ReplacementRule,
)
from taizhang.rules import RuleSet, once


@dataclass(frozen=True, slots=True)
class Replacement:
    """One pattern entry, compiled."""

    name: str
    pattern: re.Pattern[str]
    within: re.Pattern[str] | None
    new: str
    triggers: frozenset[str]

    def edits(self, text: str) -> list[Edit]:
        """The replacements that this entry makes in ``text``."""
        if self.within is None:
            return [Edit(*m.span(), self.new, self.name) for m in self.pattern.finditer(text)]
        spans = (m.span() for m in self.within.finditer(text))
        found = (m for span in spans for m in self.pattern.finditer(text, *span))
        return [Edit(*m.span(), self.new, self.name) for m in found]


class CleaningRules:
    """The cleaning rules, ready for use."""

    def __init__(self, cleaning: Cleaning, rules: RuleSet) -> None:
        self.rules = cleaning
        self._set = rules
        lists = cleaning.lists
        self.words: Mapping[str, str] = {
            "{han}": lists.han,
            "{open}": lists.open,
            "{close}": lists.close,
            "{unit}": "|".join(lists.unit),
            "{figure}": lists.figure,
            "{scale}": lists.scale,
        }
        self.replacements = {p.id: self._replacement(p) for p in cleaning.pattern}

    def compile(self, pattern: str) -> re.Pattern[str]:
        """A pattern with the lists put in."""
        for name, words in self.words.items():
            pattern = pattern.replace(name, words)
        return re.compile(pattern)

    @cached_property
    def han(self) -> re.Pattern[str]:
        """One Chinese character."""
        return self.compile("[{han}]")

    @cached_property
    def number(self) -> re.Pattern[str]:
        """A number that touches a damaged run."""
        return self.compile(self.rules.damage.number)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the country's divisions, each once."""
        return tuple(dict.fromkeys(row[1] for row in self._set.table("divisions.tsv")))

    def _replacement(self, p: ReplacementRule) -> Replacement:
        within = self.compile(p.within) if p.within else None
        return Replacement(p.id, self.compile(p.pattern), within, p.new, characters(p.triggers))


def characters(triggers: str) -> frozenset[str]:
    """The characters of a set, written one by one or as a class.

    >>> sorted(characters("[a-c]")) == sorted(characters("cab"))
    True
    """
    if not triggers.startswith("["):
        return frozenset(triggers)
    return frozenset(re.findall(triggers, _every()))


@cache
def _every() -> str:
    """Each character of the basic plane."""
    return "".join(map(chr, range(0x10000)))


@once
def known(rules: RuleSet) -> CleaningRules:
    """The cleaning rules of a rule set, compiled on first use.

    Raises:
        RuleError: ``cleaning.toml`` is missing or malformed.
    """
    return CleaningRules(rules.load("cleaning.toml", Cleaning), rules)
