"""The verbs and function words of the genre, as compiled from the rules."""

from __future__ import annotations

from typing import Literal, NamedTuple, Self

import ahocorasick
from pydantic import Field

from taizhang.records import Phase
from taizhang.rules import Rule, RuleFile, RuleSet

Role = Literal["plain", "light", "reach", "change", "money", "noun"]
WordClass = Literal["filler", "preposition", "conjunction", "etcetera", "particle", "indicator"]


class ActionRule(Rule):
    """A group of verbs that say the same of what a number counts."""

    phase: Phase | Literal[""]
    role: Role = "plain"
    forms: tuple[str, ...]


class ActionFile(RuleFile):
    """``rules/actions.toml``."""

    action: tuple[ActionRule, ...]


class WordRule(Rule):
    """A group of function words."""

    word_class: WordClass = Field(alias="class")
    forms: tuple[str, ...]


class GrammarFile(RuleFile):
    """``rules/grammar.toml``."""

    word: tuple[WordRule, ...]


class Verb(NamedTuple):
    """A verb form, and the groups that list it."""

    form: str
    rules: tuple[ActionRule, ...]

    def has(self, role: Role) -> bool:
        """Whether the verb can play ``role``."""
        return any(rule.role == role for rule in self.rules)

    def only(self, role: Role) -> bool:
        """Whether the verb plays ``role`` and no other."""
        return all(rule.role == role for rule in self.rules)


class Grammar:
    """The compiled lists of one rule set."""

    def __init__(self, actions: ActionFile, words: GrammarFile) -> None:
        self.verbs: dict[str, Verb] = {}
        for rule in actions.action:
            for form in rule.forms:
                known = self.verbs.get(form, Verb(form, ()))
                if rule not in known.rules:
                    self.verbs[form] = Verb(form, (*known.rules, rule))
        self.automaton = ahocorasick.Automaton()
        for form in self.verbs:
            self.automaton.add_word(form, len(form))
        self.automaton.make_automaton()
        self.classes: dict[str, WordClass] = {}
        for word in reversed(words.word):  # where lists overlap, the first wins
            if word.word_class != "indicator":
                self.classes.update((form, word.word_class) for form in word.forms)
        self.indicators = tuple(form for w in words.word if w.word_class == "indicator" for form in w.forms)

    @classmethod
    def of(cls, rules: RuleSet) -> Self:
        """The grammar of a rule set, compiled once."""
        if "metrics.grammar" not in rules.compiled:
            actions = rules.load("actions.toml", ActionFile)
            rules.compiled["metrics.grammar"] = cls(actions, rules.load("grammar.toml", GrammarFile))
        made: Self = rules.compiled["metrics.grammar"]
        return made

    def verbs_in(self, text: str, starts: frozenset[int], ends: frozenset[int]) -> dict[int, Verb]:
        """The longest verb at each token start of ``text``; its end may cut a token only before a longer rest.

        A token such as 解决问题 is a verb with its object; in 建成区 the rest is too short to be one.
        """
        found: dict[int, Verb] = {}
        for last, size in self.automaton.iter(text):
            start, end = last + 1 - size, last + 1
            whole = end in ends
            verb_and_object = size > 1 and end + 1 not in ends and start in starts
            if start in starts and (whole or verb_and_object):
                found[start] = self.verbs[text[start:end]]  # later matches at one start are longer
        return found

    def is_indicator(self, text: str) -> bool:
        """Whether a noun phrase ends as the name of a measured quantity does."""
        return text.endswith(self.indicators)
