"""Validate: how far a record can be trusted: the probability that value, unit, metric and code are all right."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.candidates import Candidate
from taizhang.judge import Weights
from taizhang.rules import RuleSet
from taizhang.validate.evidence import evidence

RIGHT = "right"


def confidence(candidate: Candidate, checks: Sequence[str], rules: RuleSet) -> float:
    """The probability, to two places, by weights that ``make tune`` fits on articles with gold.

    Args:
        candidate: with its choices.
        checks: the warnings that its record carries.
        rules: the rule set in force.
    """
    return round(Weights.of(rules, "confidence").odds(sorted(evidence(candidate, checks)))[RIGHT], 2)


def terms(candidate: Candidate, checks: Sequence[str], rules: RuleSet) -> list[tuple[str, float]]:
    """What each piece of evidence adds (in log odds), those that say most first."""
    table = Weights.of(rules, "confidence").table
    known = [
        (name, table[name][0] - table[name][1])
        for name in sorted(evidence(candidate, checks))
        if name in table
    ]
    return sorted(known, key=lambda term: (-abs(term[1]), term[0]))
