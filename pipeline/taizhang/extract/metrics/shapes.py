"""Metrics: the shapes of the rule files of verbs, function words, parts and phases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from pydantic import Field

from taizhang.records import Kind, Phase
from taizhang.rules import Rule, RuleFile

Role = Literal[
    "plain", "light", "reach", "change", "become", "money", "noun", "compound", "cause", "helper", "total"
]


FunctionClass = Literal[
    "filler",
    "negation",
    "aspect",
    "pointing",
    "resume",
    "until",
    "preposition",
    "source",
    "patient",
    "conjunction",
    "etcetera",
    "particle",
    "within",
]


NounClass = Literal[
    "indicator",
    "temporal",
    "topic",
    "person",
    "ordered",
    "disposal",
    "comparing",
    "standard",
    "goal",
    "dimension",
    "measuring",
    "origin",
    "topical",
    "composing",
    "growth",
    "equal",
    "than",
    "taking",
    "counted",
    "telling",
    "agentless",
    "reason",
    "suffix",
    "clock",
    "outskirt",
    "localiser",
    "extent",
    "occasion",
    "report",
    "forecast",
    "going",
    "demonstrative",
    "affirming",
    "oblique",
    "headcount",
    "hyphen",
    "sharing",
    "portion",
    "ranked",
    "dated",
    "station",
    "across",
    "outward",
    "region",
    "serial",
    "ordinal",
]


class ActionRule(Rule):
    """A group of verbs that say the same of what a number counts."""

    phase: Phase | Literal[""]
    role: Role = "plain"
    forms: tuple[str, ...]
    adverbs: tuple[str, ...] = Field(
        (), description="words that make one form with a verb of two characters or more: 大幅提高"
    )

    @classmethod
    def rivals(cls, mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """A verb says what the last folder that lists it says."""
        return True


class ActionFile(RuleFile):
    """``rules/actions.toml``."""

    action: tuple[ActionRule, ...]


class FunctionWordRule(Rule):
    """A group of function words."""

    word_class: FunctionClass | NounClass = Field(alias="class")
    forms: tuple[str, ...]

    @classmethod
    def rivals(cls, mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """A word builds a clause in one way; what it is as a noun is another matter."""
        return {mine["class"], other["class"]} <= set(get_args(FunctionClass))


class GrammarFile(RuleFile):
    """``rules/function_words.toml``."""

    word: tuple[FunctionWordRule, ...]


class PartRule(Rule):
    """Words after which parts of the number before are told, or the share of it that is done.

    ``reach`` is in how many clauses after the total its share may stand; ``inside``: the total stands in the same
    sentence; ``ends``: the words end the clause of the total.
    """

    forms: tuple[str, ...]
    share: bool = False
    reach: int = 1
    inside: bool = False
    ends: bool = False


class UnitRule(Rule):
    """Units in which parts of one total may be told."""

    units: tuple[str, ...] = ()
    kind: Kind | None = None


class PartFile(RuleFile):
    """``rules/parts.toml``."""

    part: tuple[PartRule, ...]
    unit: tuple[UnitRule, ...]


class Modality(Rule):
    """Words that say whether a thing is done or still to come."""

    phase: Literal["target", "done", "problem"]
    forms: tuple[str, ...]
    auxiliary: bool = False
    carries: bool = Field(False, description="holds on into a next sentence that has no subject of its own")
    loose: bool = Field(False, description="a word may stand between an auxiliary and its verb: 要重点解决")
    adverbs: tuple[str, ...] = Field(
        (), description="words that stand as adverbs between it and its verb, whatever their tag: 将重点改造"
    )
    disposal: tuple[str, ...] = Field(
        (), description="verbs that make an auxiliary the preposition it also is"
    )

    @classmethod
    def rivals(cls, mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """A word says one thing of done and to come."""
        return True


class RoleRule(Rule):
    """A preposition before a number and the words after it that together tell its role. Empty conditions always hold.

    ``phase`` empty: as the verb after the number says.
    """

    phase: Phase | Literal[""]
    names: tuple[str, ...] = Field((), description="rules that made the metric's name")
    leads: tuple[str, ...] = Field((), description="prepositions, without a verb between them and the number")
    opens: tuple[str, ...] = Field((), description="what follows the number straight")
    holds: tuple[str, ...] = Field(
        (), description="words between the number and the next, or the clause's end"
    )
    ends: tuple[str, ...] = Field((), description="what stands straight before the next number")
    kinds: tuple[Kind, ...] = ()
    units: tuple[str, ...] = ()
    undecided: bool = Field(False, description="only where no verb has a phase of its own")


When = Literal["alone", "change", "become", "unlisted", ""]


class Noun(Rule):
    """Nouns that decide the phase, with any verb or only with some."""

    phase: Phase
    verbs: tuple[str, ...]
    forms: tuple[str, ...]
    total: bool = Field(False, description="only for a total of which the text tells the share done")
    predicate: bool = Field(False, description="only where something is said of what the noun names")
    bare: bool = Field(False, description="only where no verb stands by it")
    subject: bool = Field(False, description="as the subject of a verb it decides over the verb")
    counted: bool = Field(False, description="as the thing that is counted it decides over the verb")
    kinds: tuple[Kind, ...] = Field((), description="only for these kinds of quantity; empty: all")


class Override(Rule):
    """A kind of quantity, or a preposition before it, for which a verb's phase gives way to another."""

    phase: Phase
    kinds: tuple[Kind, ...] = ()
    units: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    verbs: tuple[str, ...] = Field((), description="ids of the verb groups that give way; empty: all")


class Attribute(Rule):
    """Units that, straight before a noun of one of these forms, only say which thing is meant."""

    units: tuple[str, ...]
    forms: tuple[str, ...]


class Default(Rule):
    """The phase of a kind of quantity where no word decides.

    ``when``: with a noun before it and no predicate (alone), after a verb of growth or fall (change) that leads to what
    came of it (become: 提高到, else as for change), or with a verb that no list holds (unlisted).
    """

    kinds: tuple[Kind, ...]
    phase: Phase
    when: When = ""


class PhaseFile(RuleFile):
    """``rules/phases.toml``."""

    modality: tuple[Modality, ...]
    noun: tuple[Noun, ...]
    override: tuple[Override, ...]
    attribute: tuple[Attribute, ...]
    role: tuple[RoleRule, ...] = ()
    default: tuple[Default, ...] = Field(min_length=1)
