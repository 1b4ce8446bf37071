"""The verbs and function words of the genre, as compiled from the rules."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast, get_args

import ahocorasick

from taizhang.extract.metrics.shapes import (
    ActionFile,
    ActionRule,
    FunctionClass,
    GrammarFile,
    NounClass,
    Role,
)
from taizhang.rules import RuleSet, once


class Verb(NamedTuple):
    """A verb form, and the groups that list it."""

    form: str
    rules: tuple[ActionRule, ...]
    roles: frozenset[Role]
    base: str  # the form without its adverb

    @classmethod
    def of(cls, form: str, rules: tuple[ActionRule, ...], base: str = "") -> Verb:
        """The verb with the roles that its groups give it."""
        roles = {rule.role for rule in rules}
        if "become" in roles:
            roles.add("change")
        return cls(form, rules, frozenset(roles), base or form)

    def has(self, role: Role) -> bool:
        """Whether the verb can play ``role``."""
        return role in self.roles

    def only(self, role: Role) -> bool:
        """Whether the verb plays ``role`` and no other."""
        return role in self.roles and len(self.roles) == 1


class Grammar:
    """The compiled lists of one rule set."""

    def __init__(self, actions: ActionFile, words: GrammarFile) -> None:
        self.verbs: dict[str, Verb] = {}
        self._read_verbs(actions)
        self.classes: dict[str, FunctionClass] = {}
        self.nouns: dict[str, tuple[str, ...]] = dict.fromkeys(get_args(NounClass), ())
        self._read_words(words)
        listed = {name: frozenset(forms) for name, forms in self.nouns.items()}
        self.ordered, self.disposals = listed["ordered"], listed["disposal"]
        self.comparing, self.standards = listed["comparing"], listed["standard"]
        self.goals, self.growths, self.equals = listed["goal"], listed["growth"], listed["equal"]
        self.counted, self.telling = listed["counted"], listed["telling"]
        self.agentless, self.reasons = listed["agentless"], listed["reason"]
        self.suffixes, self.clocks = listed["suffix"], listed["clock"]
        self.than, self.taking = listed["than"], listed["taking"]
        self._read_beside(listed)
        self.measures = frozenset({*listed["measuring"], *listed["dimension"]})
        self.topical = listed["topical"]
        self.indicators, self.temporals = self.nouns["indicator"], self.nouns["temporal"]
        self.topics, self.persons = self.nouns["topic"], self.nouns["person"]
        self.dimensions = tuple(sorted(self.nouns["dimension"], key=len, reverse=True))
        longest_first = sorted((i for i in self.indicators if len(i) > 1), key=len, reverse=True)
        self.indicator_scan = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def _read_verbs(self, actions: ActionFile) -> None:
        for rule in actions.action:
            for form in rule.forms:
                listed = self.verbs[form].rules if form in self.verbs else ()
                if rule not in listed:
                    self.verbs[form] = Verb.of(form, (*listed, rule))
        self._join_adverbs(actions)
        self.automaton = ahocorasick.Automaton()
        for form in self.verbs:
            self.automaton.add_word(form, len(form))
        self.automaton.make_automaton()

    def _read_words(self, words: GrammarFile) -> None:
        for word in words.word:
            if word.word_class in self.nouns:
                self.nouns[word.word_class] += word.forms
            else:
                for form in word.forms:  # where lists overlap, the first wins
                    self.classes.setdefault(form, cast("FunctionClass", word.word_class))

    def _read_beside(self, listed: Mapping[str, frozenset[str]]) -> None:
        """Keep the words that name nothing, or a part of a name only, beside certain others."""
        self.outskirts, self.localisers = listed["outskirt"], listed["localiser"]
        self.extents, self.occasions = listed["extent"], listed["occasion"]
        self.reports, self.forecasts = listed["report"], listed["forecast"]
        self.going, self.affirming = listed["going"], listed["affirming"]
        self.demonstratives = listed["demonstrative"]
        self.composing, self.origins = listed["composing"], listed["origin"]

        self.oblique, self.ranked = listed["oblique"], listed["ranked"]
        self.dated, self.stations = listed["dated"], listed["station"]
        self.across, self.outward = listed["across"], listed["outward"]
        self.regions, self.headcounts = listed["region"], listed["headcount"]
        self.hyphens, self.sharing = listed["hyphen"], listed["sharing"]
        self.portions = listed["portion"]
        self.serials, self.ordinal = self.nouns["serial"], self.nouns["ordinal"]
        self.localising = self.nouns["localiser"]
        self.beside = self.outskirts | self.localisers | self.occasions | self.reports
        self.beside |= self.clocks | self.counted

    def _join_adverbs(self, actions: ActionFile) -> None:
        """List each verb once more behind each adverb of its group; a form that is listed itself stays as it is."""
        for rule in actions.action:
            for form in rule.forms if rule.adverbs else ():
                for adverb in rule.adverbs if len(form) > 1 else ():
                    joined = adverb + form
                    self.verbs.setdefault(joined, Verb.of(joined, self.verbs[form].rules, form))

    @staticmethod
    @once
    def of(rules: RuleSet) -> Grammar:
        """The grammar of a rule set, compiled once."""
        return Grammar(rules.load("actions.toml", ActionFile), rules.load("function_words.toml", GrammarFile))

    def verbs_in(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> dict[int, Verb]:
        """The longest verb at each place of ``text`` where a word may begin.

        ``starts`` and ``ends`` are those of the tokens, in order. A verb may also begin behind an adverb that the
        tokeniser has glued to it (共会|商), and end inside a token whose rest is a word of its own (解决问题) or an
        aspect mark (运|来了); in 建成区 it is neither.
        """
        known = frozenset(starts)
        found: dict[int, Verb] = {}
        for last, size in self.automaton.iter(text):
            start, end = last + 1 - size, last + 1
            begins = start in known or (size > 1 and self._glued(text, starts, start))
            if begins and self._closes(text, ends, end, size):
                found[start] = self.verbs[text[start:end]]  # later matches at one start are longer
        return found

    def _glued(self, text: str, starts: Sequence[int], at: int) -> bool:
        before = starts[bisect_right(starts, at) - 1]
        return self.classes.get(text[before:at]) in {"filler", "resume", "aspect"}

    def _closes(self, text: str, ends: Sequence[int], at: int, size: int) -> bool:
        rest = text[at : ends[bisect_left(ends, at)]]
        return not rest or (size > 1 and (len(rest) > 1 or self.classes.get(rest) in {"filler", "aspect"}))

    def is_topic(self, text: str) -> bool:
        """Whether a noun phrase ends in the name of an undertaking."""
        return text.endswith(self.topics)

    def is_person(self, text: str) -> bool:
        """Whether a word names people."""
        return text.endswith(self.persons)

    def is_temporal(self, text: str) -> bool:
        """Whether a clause ends as one that only says when."""
        return text.endswith(self.temporals)

    def indicator_at(self, text: str, at: int) -> str:
        """The longest indicator of two or more characters that begins at ``at``; empty where none does."""
        found = self.indicator_scan.match(text, at)
        return found[0] if found else ""

    def without_indicator(self, text: str) -> str:
        """A noun phrase less the longest indicator at its end; empty where hardly anything else is there."""
        ends = [i for i in self.indicators if text.endswith(i)]
        rest = text.removesuffix(max(ends, key=len, default=""))
        return rest if len(rest) > 1 else ""

    def is_indicator(self, text: str) -> bool:
        """Whether a noun phrase ends as the name of a measured quantity does."""
        return text.endswith(self.indicators)
