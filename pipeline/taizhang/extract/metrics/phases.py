"""Metrics: the phase of a quantity as the rules alone read it, which is evidence for the weights that judge it.

Modality first, then the noun with its verb, then the verb, then the kind of quantity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import ahocorasick

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.modality import Modalities
from taizhang.extract.metrics.name_rules import (
    BASE,
    BEFORE,
    CHANGED,
    GROWTH,
    NOUN_AFTER,
    NOUN_FIRST,
    SUBJECT,
    VERB_AFTER,
)
from taizhang.extract.metrics.names import MetricName
from taizhang.extract.metrics.roles import RoleContext, Roles
from taizhang.extract.metrics.shapes import (
    Modality,
    Noun,
    Override,
    PhaseFile,
    Role,
    RoleRule,
    When,
)
from taizhang.records import Kind, Phase, Quantity
from taizhang.rules import RuleSet, once


class PhaseChoice(NamedTuple):
    """A phase and the rule that decided it."""

    phase: Phase
    rule: str


class PhaseContext(NamedTuple):
    """Where a quantity stands: what its sentence says of done and to come, the phase of the quantity before it,
    whether the share of it that is done is told, and the phase of the total that it is a part of."""

    modality: Modality | None
    before: PhaseChoice | None
    total: bool = False
    whole: PhaseChoice | None = None
    standing: RoleContext | None = None
    again: bool = False  # the number has the name and the unit of the one before it


class PhaseEvidence(NamedTuple):
    """What the words of a name and its place tell of its phase: what its verb says, the rules of its noun and role."""

    decided: PhaseChoice | None
    noun: Noun | None
    role: RoleRule | None


class Phases:
    """The compiled phase rules of one rule set."""

    def __init__(self, rules: PhaseFile) -> None:
        self.modalities = Modalities(rules.modality)
        self.nouns = rules.noun
        self.heads = [i for i, noun in enumerate(rules.noun) if noun.subject or noun.counted]
        self.noun_forms = _forms(rules.noun)
        self.overrides = rules.override
        self.attributes = rules.attribute
        self.roles = Roles(rules.role)
        self.defaults = {(kind, rule.when): rule for rule in rules.default for kind in rule.kinds}

    @staticmethod
    @once
    def of(rules: RuleSet) -> Phases:
        """The phases of a rule set, compiled once."""
        return Phases(rules.load("phases.toml", PhaseFile))

    def evidence(self, name: MetricName, quantity: Quantity, setting: PhaseContext) -> PhaseEvidence:
        """What the words of a quantity's name and its place tell of its phase."""
        decided, role = _deciding(name), None
        if setting.standing:
            role = self.roles.rule_for(setting.standing, quantity, name.rule, decided is not None)
        return PhaseEvidence(decided, self._noun(name, quantity.kind, setting.total), role)

    def choose(
        self, name: MetricName, quantity: Quantity, setting: PhaseContext, told: PhaseEvidence
    ) -> PhaseChoice:
        """The phase of a quantity in its setting; plans, what was before and its role go before its words.

        ``told`` is what the words of its name and its place tell.
        """
        planned = None if name.rule == BASE else setting.modality  # a plan starts from what is
        lasts = (
            quantity.kind == "duration" and planned is not None and planned.phase == "problem"
        )  # 延迟10年尚未交付
        if planned and planned.phase != "done" and not lasts:
            return PhaseChoice(planned.phase, planned.id)
        inherits = name.rule in CHANGED or setting.again
        if setting.before and inherits and setting.before.rule not in self.roles.ids:
            return setting.before
        if setting.total and name.rule in VERB_AFTER:  # the verb tells of the share that is done
            name = name._replace(verbs=(), rule=BEFORE)
            told = self.evidence(name, quantity, setting)
        elif setting.whole and not told.decided:  # 新招教师210名，其中语文教师64名
            return PhaseChoice(setting.whole.phase, "phase.whole")
        role = told.role
        if role and role.phase:
            return PhaseChoice(role.phase, role.id)
        if role:  # the time that a thing took has the phase of the thing
            return (told.decided or self._by_kind(name, "count"))._replace(rule=role.id)
        return self._by_words(name, quantity, told) or self._by_kind(name, quantity.kind)

    @staticmethod
    def seen(setting: PhaseContext, told: PhaseEvidence, read: PhaseChoice) -> Iterator[str]:
        """What every rule sees, the reading of all together among it: evidence for the weights to judge."""
        yield f"read={read.phase}"
        yield f"reader={read.rule}"
        yield f"said={setting.modality.id if setting.modality else 'nothing'}"
        yield f"verb-rule={told.decided.rule if told.decided else 'none'}"
        yield f"noun-rule={told.noun.id if told.noun else 'none'}"
        yield f"role={told.role.id if told.role else 'none'}"
        if setting.total:
            yield "share-is-told"
        if setting.whole:
            yield f"whole={setting.whole.phase}"
        if setting.before:
            yield f"before={setting.before.phase}"
            if setting.again:
                yield f"again={setting.before.phase}"

    def _by_words(self, name: MetricName, quantity: Quantity, told: PhaseEvidence) -> PhaseChoice | None:
        for attribute in self.attributes:
            if (
                quantity.unit in attribute.units
                and name.rule in NOUN_AFTER
                and name.text.endswith(attribute.forms)
            ):
                return PhaseChoice("context", attribute.id)
        grows = name.rule in GROWTH and bool(name.verbs) and _has(name.verbs[-1], "change")
        decided, noun = None if grows else told.decided, told.noun
        light = all(_has(a, "light") for a in name.verbs)
        first = noun and (noun.verbs or noun.subject or noun.counted or name.rule in NOUN_FIRST)
        if noun and (first or not decided or light):
            return PhaseChoice(noun.phase, noun.id)
        overrides = (o for o in self.overrides if _applies(o, name, quantity, decided))
        override = next(overrides, None)
        return PhaseChoice(override.phase, override.id) if override else decided

    def _by_kind(self, name: MetricName, kind: Kind) -> PhaseChoice:
        when: When = "alone" if name.rule in NOUN_FIRST else ""
        if any(a.verb is None for a in name.verbs):
            when = "unlisted"
        if name.rule in GROWTH and any(_has(a, "change") for a in name.verbs):
            when = (
                "become" if (kind, "become") in self.defaults and _has(name.verbs[-1], "become") else "change"
            )
        default = self.defaults.get((kind, when)) or self.defaults[kind, ""]
        return PhaseChoice(default.phase, default.id)

    def _noun(self, name: MetricName, kind: Kind, total: bool) -> Noun | None:
        verbs = {a.verb.base if a.verb else a.text for a in _up_to_result(name)}
        hits = self.noun_forms.iter(name.text) if len(self.noun_forms) else ()
        named = {i for _, nouns in hits for i in nouns}
        for noun in (self.nouns[i] for i in sorted(named.union(self.heads))):
            if noun.subject or noun.counted:
                placed = noun.counted or name.rule == SUBJECT
                fits = placed and name.head.endswith(noun.forms)
            else:
                fits = not noun.verbs or not verbs.isdisjoint(noun.verbs)
            if fits and _allowed(noun, name, kind, total):
                return noun
        return None


def _forms(nouns: Sequence[Noun]) -> ahocorasick.Automaton:
    """All forms of the nouns that a name may hold anywhere, each with the numbers of the rules that list it."""
    listed: dict[str, list[int]] = {}
    for i, noun in enumerate(nouns):
        if not (noun.subject or noun.counted):
            for form in noun.forms:
                listed.setdefault(form, []).append(i)
    automaton = ahocorasick.Automaton()
    for form, numbers in listed.items():
        automaton.add_word(form, numbers)
    automaton.make_automaton()
    return automaton


def _has(atom: Atom, role: Role) -> bool:
    return atom.verb is not None and atom.verb.has(role)


def _allowed(noun: Noun, name: MetricName, kind: Kind, total: bool) -> bool:
    """Whether the rule's own conditions let it speak here."""
    if (noun.total and not total) or (noun.kinds and kind not in noun.kinds):
        return False
    return not (noun.predicate and name.rule in NOUN_FIRST) and not (noun.bare and name.verbs)


def _applies(rule: Override, name: MetricName, quantity: Quantity, decided: PhaseChoice | None) -> bool:
    fits = not rule.kinds or quantity.kind in rule.kinds
    fits = fits and (not rule.units or quantity.unit in rule.units)
    fits = fits and (not rule.leads or name.lead in rule.leads)
    return fits and (not rule.verbs or (decided is not None and decided.rule in rule.verbs))


def _deciding(name: MetricName) -> PhaseChoice | None:
    """What the first verb with a phase of its own says; light verbs and helpers of a verb leave it to the next."""
    for i in range(len(name.verbs)):
        if found := _own_phase(name.verbs, i):
            return found
    return None


def _up_to_result(name: MetricName) -> tuple[Atom, ...]:
    """The verbs up to one that puts right: in 解决群众反映的问题 the verb after it only tells which problems."""
    for i in range(len(name.verbs)):
        own = _own_phase(name.verbs, i)
        if own and own.phase == "result":
            return name.verbs[: i + 1]
    return name.verbs


def _own_phase(verbs: Sequence[Atom], i: int) -> PhaseChoice | None:
    atom = verbs[i]
    follows = i + 1 < len(verbs) and verbs[i + 1].start == atom.end
    if follows and _has(atom, "helper"):  # 指导规范运营379家
        return None
    for rule in atom.verb.rules if atom.verb else ():
        if rule.phase and rule.role != "light":
            return PhaseChoice(rule.phase, rule.id)
    return None
