"""How far a record can be trusted: the sum of the evidence for and against it, with weights from the rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from taizhang.records import Kind
from taizhang.rules import Rule, RuleFile, RuleSet, once


class EvidenceRule(Rule):
    """What one kind of evidence adds: values of a field that speak for or against the record."""

    field: Literal["base", "metric", "place", "kind", "check"]
    values: tuple[str, ...] = ()
    weight: float


class ConfidenceFile(RuleFile):
    """``rules/confidence.toml``."""

    evidence: tuple[EvidenceRule, ...]


class Evidence(NamedTuple):
    """One term of the sum: the rule's id and what it adds."""

    rule: str
    weight: float


class Witness(NamedTuple):
    """What of a record the rules look at: its metric's rule, how its place was found, its kind, its warnings."""

    metric: str
    place: str
    kind: Kind
    checks: tuple[str, ...]


class Confidence:
    """The weights of one rule set."""

    def __init__(self, rules: ConfidenceFile) -> None:
        self.rules = rules.evidence
        self._totals: dict[Witness, float] = {}  # few records differ in what the rules look at

    @staticmethod
    @once
    def of(rules: RuleSet) -> Confidence:
        """The weights of a rule set, read once."""
        return Confidence(rules.load("confidence.toml", ConfidenceFile))

    def evidence(self, witness: Witness) -> Iterator[Evidence]:
        """The terms whose sum, kept between 0 and 1, is the confidence."""
        for rule in self.rules:
            if rule.field == "check":
                applies = any(check in rule.values for check in witness.checks)
            else:
                applies = rule.field == "base" or getattr(witness, rule.field) in rule.values
            if applies:
                yield Evidence(rule.id, rule.weight)

    def total(self, witness: Witness) -> float:
        """The confidence, to two places."""
        if witness not in self._totals:
            evidence = sum(e.weight for e in self.evidence(witness))
            self._totals[witness] = round(min(1.0, max(0.0, evidence)), 2)
        return self._totals[witness]
