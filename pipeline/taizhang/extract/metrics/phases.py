"""The phase of a quantity: modality first, then the noun with its verb, then the verb, then the kind of quantity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, Self

from pydantic import Field

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.names import Name
from taizhang.extract.metrics.rows import Row
from taizhang.records import Kind, Phase
from taizhang.rules import Rule, RuleFile, RuleSet


class Modality(Rule):
    """Words that say whether a thing is done or still to come."""

    phase: Literal["target", "done"]
    forms: tuple[str, ...]
    auxiliary: bool = False
    disposal: tuple[str, ...] = Field((), description="verbs that make an auxiliary the preposition it also is")


class Noun(Rule):
    """Nouns that decide the phase, with any verb or only with some."""

    phase: Phase
    verbs: tuple[str, ...]
    forms: tuple[str, ...]


class Default(Rule):
    """The phase of a kind of quantity where no word decides."""

    kinds: tuple[Kind, ...]
    phase: Phase


class PhaseFile(RuleFile):
    """``rules/phases.toml``."""

    modality: tuple[Modality, ...]
    noun: tuple[Noun, ...]
    default: tuple[Default, ...] = Field(min_length=1)


class PhaseChoice(NamedTuple):
    """A phase and the rule that decided it."""

    phase: Phase
    rule: str


class Phases:
    """The compiled phase rules of one rule set."""

    def __init__(self, rules: PhaseFile) -> None:
        self.auxiliaries = {form: rule for rule in rules.modality if rule.auxiliary for form in rule.forms}
        self.words = {form: rule for rule in rules.modality if not rule.auxiliary for form in rule.forms}
        self.scan = re.compile("|".join(sorted(map(re.escape, self.words), key=len, reverse=True)))
        self.nouns = rules.noun
        self.defaults = {kind: rule for rule in rules.default for kind in rule.kinds}

    @classmethod
    def of(cls, rules: RuleSet) -> Self:
        """The phases of a rule set, compiled once."""
        if "metrics.phases" not in rules.compiled:
            rules.compiled["metrics.phases"] = cls(rules.load("phases.toml", PhaseFile))
        made: Self = rules.compiled["metrics.phases"]
        return made

    def choose(self, name: Name, kind: Kind, row: Row, index: int) -> PhaseChoice:
        """The phase of the quantity with number ``index`` in its sentence."""
        planned = self._modality(row, index)
        if planned and planned.phase == "target":
            return PhaseChoice("target", planned.id)
        verbs = [a.text for a in name.verbs]
        for noun in self.nouns:
            if (not noun.verbs or any(v in noun.verbs for v in verbs)) and (noun.verbs or not _deciding(name)):
                for form in noun.forms:
                    if form in name.text:
                        return PhaseChoice(noun.phase, noun.id)
        decided = _deciding(name)
        if decided:
            return decided
        default = self.defaults[kind]
        return PhaseChoice(default.phase, default.id)

    def _modality(self, row: Row, index: int) -> Modality | None:
        """The last word before the quantity that says whether it is done or to come."""
        last: Modality | None = None
        for clause in row.clauses:
            words = iter([(m.start(), self.words[m[0]]) for m in self.scan.finditer("".join(a.text for a in clause))])
            word = next(words, None)
            at = 0
            for i, atom in enumerate(clause):
                if atom.index == index and atom.kind == "quantity":
                    return last
                at += len(atom.text)
                while word and word[0] < at:
                    last, word = word[1], next(words, None)
                auxiliary = self.auxiliaries.get(atom.text)
                if auxiliary and _before_verb(clause, i) and not _disposes(clause, i, auxiliary):
                    last = auxiliary
        return last


def _before_verb(clause: Sequence[Atom], i: int) -> bool:
    """Whether what follows is a verb, an adverb, or a preposition that leads to one."""
    for atom in clause[i + 1 :]:
        if atom.kind in {"verb", "preposition"} or atom.tag in {"v", "d"}:
            return True
        if atom.kind not in {"filler", "date"}:
            return False
    return False


def _disposes(clause: Sequence[Atom], i: int, rule: Modality) -> bool:
    """Whether the word brings an object forward (将问题纳入清单) and says nothing of the future."""
    return any(atom.text.startswith(rule.disposal) for atom in clause[i + 2 :]) if rule.disposal else False


def _deciding(name: Name) -> PhaseChoice | None:
    """What the first verb with a phase of its own says; a light verb leaves it to the next."""
    for atom in name.verbs:
        for rule in atom.verb.rules if atom.verb else ():
            if rule.phase and rule.role != "light":
                return PhaseChoice(rule.phase, rule.id)
    return None
