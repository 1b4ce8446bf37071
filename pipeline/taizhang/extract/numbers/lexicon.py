"""Numbers: units and bound words, compiled from the rules for look-up at one place of a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeVar

from taizhang.extract.numbers.dictionary import is_usual
from taizhang.extract.numbers.grammar import gap, turn
from taizhang.extract.numbers.shapes import (
    ArticleRules,
    BoundRules,
    BoundWords,
    FormList,
    NamedBase,
    UnitDivision,
    UnitRules,
    UnitWords,
)
from taizhang.rules import RuleSet, once

Entry = TypeVar("Entry")
TOLD = 40  # characters before a unit in which what it counts is told


class UnitMatch(NamedTuple):
    """A unit in a text: where it ends, the form as written, and its entry."""

    end: int
    form: str
    entry: UnitWords


@dataclass(frozen=True, slots=True)
class NumberLexicon:
    """All that a number's neighbourhood is compared with."""

    units: dict[str, tuple[tuple[str, UnitWords], ...]]
    divisions: dict[str, tuple[UnitDivision, ...]]
    prefixes: dict[str, tuple[tuple[str, UnitWords], ...]]
    noun: re.Pattern[str]
    others: frozenset[str]
    before: dict[str, tuple[tuple[str, BoundWords], ...]]
    power: dict[str, tuple[tuple[str, BoundWords], ...]]
    inside: tuple[tuple[str, BoundWords], ...]
    after: dict[str, tuple[tuple[str, BoundWords], ...]]
    loose: tuple[re.Pattern[str], tuple[BoundWords, ...]]
    making: re.Pattern[str]
    founding: re.Pattern[str]
    money: re.Pattern[str]
    money_noun: re.Pattern[str]
    indicators: re.Pattern[str]
    levels: re.Pattern[str]
    quoted: re.Pattern[str]
    bases: tuple[str, ...]
    named_bases: tuple[tuple[re.Pattern[str], NamedBase], ...]
    leads: tuple[str, ...]
    joiners: frozenset[str]

    def unit_at(self, text: str, at: int, value: Decimal | None = None) -> UnitMatch | None:
        """The longest unit at ``at`` that does not begin another word and goes with ``value``."""
        for form, entry in self.units.get(text[at : at + 1], ()):
            if text.startswith(form, at):
                end = at + len(form)
                if value is not None and entry.limit is not None and value >= entry.limit:
                    continue
                if entry.final and self.noun.match(text, end):
                    continue
                if (entry.within and not self._closes(text, end)) or text.startswith(entry.never, end):
                    continue
                if entry.unless and any(thing in text[max(0, at - TOLD) : at] for thing in entry.unless):
                    continue
                if _goes_on(text, end) or (entry.apart and self._measures(text, at, end)):
                    continue
                other = text[at : end + 1] in self.others if len(form) > 1 else self._other_word(text, at)
                if other and end < len(text):
                    continue
                return UnitMatch(end, form, entry)
        return None

    def _closes(self, text: str, end: int) -> bool:
        """Whether a word of bound follows that closes a span."""
        return any(text.startswith(form, end) for form, _ in self.after.get(text[end : end + 1], ()))

    def _measures(self, text: str, at: int, end: int) -> bool:
        """Whether a measure word follows, or a word begins at ``at``: 两 is then a number (两个, 两岸)."""
        return is_usual(text, at, end + 1) or any(
            text.startswith(form, end) for form, _ in self.units.get(text[end : end + 1], ())
        )

    def _other_word(self, text: str, at: int) -> bool:
        """40项目 holds 项目; 40项目标 does not: 目标 is a word, unless one follows 项目, too (40项目标准)."""
        if text[at : at + 2] not in self.others and text[at : at + 3] not in self.others:
            return False
        if is_usual(text, at, at + 3) or is_usual(text, at, at + 4):
            return True
        return not is_usual(text, at + 1, at + 3) or is_usual(text, at + 2, at + 4)


@once
def lexicon(rules: RuleSet) -> NumberLexicon:
    """The compiled lexicon of a rule set, built once."""
    units: dict[str, list[tuple[str, UnitWords]]] = defaultdict(list)
    file = rules.load("units.toml", UnitRules)
    entries = (*file.unit, *_currencies(file))
    for entry in entries:
        for form in entry.forms:
            units[form[0]].append((form, entry))
    places: dict[str, list[tuple[str, BoundWords]]] = defaultdict(list)
    for bound in rules.load("bounds.toml", BoundRules).bound:
        places[bound.place] += [(form, bound) for form in bound.forms]
    article = rules.load("articles.toml", ArticleRules)
    others = frozenset(_words(file.other))
    free = turn("bound.loose", rules).pattern
    far = _longest(places["loose"])
    loose = "|".join(f"(?P<b{i}>{re.escape(form)})" for i, (form, _) in enumerate(far))
    return NumberLexicon(
        units={first: _longest(forms) for first, forms in units.items()},
        divisions=_divisions(file),
        prefixes=_by_last((sign, entry) for entry in entries for sign in entry.prefixes),
        noun=turn("unit.noun", rules),
        others=others,
        bases=tuple(_words(article.bases)),
        named_bases=tuple((re.compile(f"{r.pattern}{gap(rules)}{{0,4}} ?\\Z"), r) for r in article.named),
        before=_by_character(places["before"], -1),
        power=_by_character(places["power"], -1),
        inside=_longest(places["inside"]),
        after=_by_character(places["after"], 0),
        loose=(re.compile(f"(?:{loose}){free}"), tuple(bound for _, bound in far)),
        making=_deeds(article.verbs, article.aspects),
        founding=_deeds(article.singles, article.aspects),
        money=re.compile(f"(?:{_alternatives(_words(article.money))}){gap(rules)}{{0,6}}\\Z"),
        money_noun=re.compile(_alternatives(_words(article.moneys))),
        indicators=re.compile(_alternatives(_words(article.indicators))),
        joiners=frozenset(_words(article.joiners)),
        leads=tuple(_words(article.leads)),
        quoted=re.compile(f"(?:{_alternatives(_words(article.quoted))})[^，。；]{{0,24}}\\Z"),
        levels=re.compile(_alternatives(_words(article.levels))),
    )


def _goes_on(text: str, end: int) -> bool:
    """Whether a unit of Latin letters is only the beginning of a word: 5m in 5min, 5g in 5gbps."""
    last, following = text[end - 1], text[end : end + 1]
    return last.isascii() and last.isalpha() and following.isascii() and following.isalnum()


def _currencies(file: UnitRules) -> Iterable[UnitWords]:
    """The currencies of ISO 4217 as units: by name and code before the number and after it, by sign before it."""
    for entry in file.currency:
        for name, code in (
            *((name, code) for code, name in entry.names.items()),
            *((s, "") for s in entry.short),
        ):
            forms = (name, code) if code else (name,)
            yield UnitWords(
                id=entry.id,
                examples=entry.examples,
                counter_examples=entry.counter_examples,
                kind="money",
                forms=forms,
                normal=name,
                prefixes=(*forms, *(sign for sign, of in entry.signs.items() if of == code)),
                joined=entry.joined,
            )


def _divisions(file: UnitRules) -> dict[str, tuple[UnitDivision, ...]]:
    table: dict[str, list[UnitDivision]] = defaultdict(list)
    for entry in file.division:
        for form in entry.forms:
            table[form].append(entry)
    return {form: tuple(entries) for form, entries in table.items()}


def _by_last(forms: Iterable[tuple[str, UnitWords]]) -> dict[str, tuple[tuple[str, UnitWords], ...]]:
    """Signs before a number by their last character, the longest first."""
    table: dict[str, list[tuple[str, UnitWords]]] = defaultdict(list)
    for form, entry in forms:
        table[form[-1]].append((form, entry))
    return {character: _longest(entries) for character, entries in table.items()}


def _by_character(
    forms: Iterable[tuple[str, BoundWords]], at: int
) -> dict[str, tuple[tuple[str, BoundWords], ...]]:
    """Bound words by the character that touches the number, the longest first."""
    table: dict[str, list[tuple[str, BoundWords]]] = defaultdict(list)
    for form, entry in forms:
        table[form[at]].append((form, entry))
    return {character: _longest(entries) for character, entries in table.items()}


def _words(entries: Iterable[FormList]) -> Iterable[str]:
    return (form for entry in entries for form in entry.forms)


def _alternatives(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(set(forms), key=lambda form: (-len(form), form)))


def _deeds(verbs: Iterable[FormList], aspects: Iterable[FormList]) -> re.Pattern[str]:
    """One of some verbs, with a word of aspect behind it or without."""
    return re.compile(f"(?:{_alternatives(_words(verbs))})(?:{_alternatives(_words(aspects))})?")


def _longest(forms: Iterable[tuple[str, Entry]]) -> tuple[tuple[str, Entry], ...]:
    return tuple(sorted(forms, key=lambda item: (-len(item[0]), item[0])))
