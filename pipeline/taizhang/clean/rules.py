"""Clean: the shape of ``cleaning.toml`` and its patterns, compiled once per rule set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from pydantic import Field

from taizhang.align import Edit
from taizhang.rules import Rule, RuleFile, RuleSet, once


class Lists(Rule):
    """Characters and words that the patterns name."""

    han: str
    open: str
    close: str
    unit: tuple[str, ...]
    figure: str
    scale: str


class ReplacementRule(Rule):
    """What is replaced by what. ``within``: only inside matches of that pattern. ``triggers``: a set of
    characters (or a bracketed class) of which a text must have one."""

    pattern: str
    new: str = ""
    triggers: str = Field(min_length=1)
    within: str = ""


class Width(Rule):
    """Full-width forms that fold only in a number."""

    between_digits: str
    group: str
    percent: str


class Radicals(Rule):
    """Code point ranges, as in a character class."""

    ranges: str


class Readings(Rule):
    """``signature``: readings in brackets that make a page one of a mirror site."""

    signature: int = Field(gt=0)


class Damage(Rule):
    """``margin`` in natural logarithm; ``longest`` and ``context`` in characters; ``most`` in runs; ``name_count``:
    how often an office or a division counts as seen in the dictionary's text of sixty million words."""

    margin: float
    longest: int
    most: int
    context: int
    name_count: int
    number: str
    offices: tuple[str, ...]
    punctuation: dict[str, float]


class Script(Rule):
    """``share`` of traditional among the distinct characters that tell the scripts apart."""

    share: float = Field(gt=0, le=1)


class Zero(Rule):
    """What may stand for 〇, and among which numerals; ``zeros``: the signs of nought, the one that is put in first."""

    numerals: str
    zeros: str
    sure: str
    likely: str


class HanSpaces(Rule):
    """``minimum`` number of spaces between Chinese and digits."""

    minimum: int


class Wrapped(Rule):
    """What makes a text hard-wrapped: at least ``lines`` lines that another follows without an indent, of which
    ``share`` come up to one width, while of all lines at most the share ``over`` goes over it. Widths in columns.
    ``indents``: how many indented lines make it a habit."""

    lines: int
    share: float
    over: float
    narrowest: int
    slack: int
    indent: str
    indents: int
    ends: str
    closing: str
    starts: str


class Lost(Rule):
    """``marks``: the characters that ``pattern`` needs one of."""

    pattern: str
    marks: str


class Cleaning(RuleFile):
    """All of ``cleaning.toml``."""

    lists: Lists
    pattern: tuple[ReplacementRule, ...]
    width: Width
    radicals: Radicals
    mojibake: Rule
    entities: Rule
    readings: Readings
    damage: Damage
    script: Script
    zero: Zero
    han_spaces: HanSpaces
    wrapped: Wrapped
    lost: Lost


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
