"""The merge room's rule shapes: what ``rules/merge.toml`` says."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from taizhang.records import Kind, Phase
from taizhang.rules import Rule, RuleFile, RuleModel

MERGE = "merge.toml"

PlaceAgreement = Literal["same", "open", "nested"]
MetricAgreement = Literal["same", "contained", "related", "none"]
TimeAgreement = Literal["same", "nested", "open", "far"]


class MergeLimits(RuleModel):
    """The numbers that several rules share; the file says what each is."""

    passage_before: int
    passage_after: int
    least_passage: int
    related_share: float
    least_contained: int
    approximate_share: Decimal
    companions: int
    same_years: int
    most_values: int
    apart: tuple[Phase, ...]


class LinkRule(Rule):
    """How two records must agree to tell the same fact.

    Attributes:
        by: what brings two records together: the same record, a copied sentence or passage, the same quantity, a
            rounded quantity and an exact one, or the same quantity in two articles that share other facts.
        places: how their places may agree: ``same`` (both known), ``open`` (one or both unknown), ``nested``.
        metrics: how what they count may agree: ``same``, ``contained``, ``related``, or ``none`` at all.
        times: how their times may agree: ``same``, ``nested`` (one within the other), ``open`` (one or both have
            none), ``far`` (so, and published years apart).
        digits: significant digits that the value must have.
        local: whether the place must be below the nation.
        kinds: of quantity that the rule is for; all where there are none.
    """

    by: Literal["record", "sentence", "passage", "quantity", "rounded", "companion"]
    places: tuple[PlaceAgreement, ...]
    metrics: tuple[MetricAgreement, ...]
    times: tuple[TimeAgreement, ...]
    digits: int = 1
    local: bool = False
    kinds: tuple[Kind, ...] = ()


class ConflictRule(Rule):
    """When two facts contradict: by all that identifies them, or by a sentence that differs in this alone."""

    by: Literal["identity", "sentence"]


class UnitClass(Rule):
    """Units of the same thing: ``value`` of one of ``forms`` is ``value * factor`` of ``base``."""

    base: str
    forms: tuple[str, ...]
    factor: Decimal = Decimal(1)
    kind: Kind | None = None


class Dropped(Rule):
    """Words that add nothing to what a metric counts."""

    forms: tuple[str, ...]


class MergeRules(RuleFile):
    """``rules/merge.toml``."""

    limits: MergeLimits
    link: tuple[LinkRule, ...]
    conflict: tuple[ConflictRule, ...]
    unit: tuple[UnitClass, ...]
    drop: tuple[Dropped, ...]
