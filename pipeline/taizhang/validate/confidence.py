"""How far a record can be trusted: a sum of the evidence for and against it, with weights from the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict

from taizhang.extract.candidates import Candidate
from taizhang.rules import RuleFile, RuleSet


class Weights(BaseModel):
    """What each kind of evidence adds; a rule id or a warning that is not listed adds nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base: float
    metric: dict[str, float]
    place: dict[str, float]
    checks: dict[str, float]


class ConfidenceFile(RuleFile):
    """``rules/confidence.toml``."""

    weights: Weights


class Confidence:
    """The weights of one rule set."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    @classmethod
    def of(cls, rules: RuleSet) -> Self:
        """The weights of a rule set, read once."""
        if "validate.confidence" not in rules.compiled:
            rules.compiled["validate.confidence"] = cls(rules.load("confidence.toml", ConfidenceFile).weights)
        made: Self = rules.compiled["validate.confidence"]
        return made

    def of_candidate(self, candidate: Candidate, warnings: Sequence[str]) -> float:
        """The candidate's confidence, between 0 and 1, to two places."""
        weights = self.weights
        total = weights.base
        total += weights.metric.get(candidate.rules["metric"], 0.0)
        total += weights.place.get(candidate.place.how, 0.0)
        total += sum(weights.checks.get(warning, 0.0) for warning in warnings)
        return round(min(1.0, max(0.0, total)), 2)
