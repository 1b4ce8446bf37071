"""How far a record can be trusted: fitted so that no warning raises it, and that no surer choice lowers it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import minimize

from taizhang.judge import probabilities
from taizhang.validate.evidence import STEPS, certainty
from tune.fields import Lessons
from tune.model import LabelCase, folds, known, matrix

LABELS = ("right", "wrong")
PENALTY, LEAST_SEEN = 4.0, 5
FALLING = (
    "check=",
    "open=True",
    "place-rule=open",
    "unit=none",
)  # features that speak against a record, or say nothing
RISING = ("open=False", "unit=said")
BY_STEPS = ("metric", "place")  # choices of which it is seen how sure they are
OVER = "-sure>="


def trust(found: Lessons, sure: Sequence[tuple[float, bool]]) -> dict[str, tuple[float, ...]]:
    """The weights of confidence; prints what cross-validation by article says of them.

    Args:
        found: the cases of metric and phase, with what is seen of each.
        sure: for each how sure the metric was with weights fitted on other articles, and whether it was right.
    """
    cases = []
    for seen, held, (odds, right), metric in zip(found.seen, found.held, sure, found.metric, strict=True):
        if held is not None:
            features = (*seen, certainty("metric", odds))
            cases.append(LabelCase(features, ("right" if held and right else "wrong",), metric.article))
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for part in folds(cases):
        weights = fitted([c for c in cases if c.article not in part])
        for case in cases:
            if case.article in part:
                rows = [weights[f] for f in case.features if f in weights]
                odds = probabilities([sum(column) for column in zip(*rows, strict=True)])[0]
                bins[min(9, int(odds * 10))].append((odds, case.right == ("right",)))
    for tenth, group in sorted(bins.items()):
        says = sum(o for o, _ in group) / len(group)
        right = sum(r for _, r in group) / len(group)
        print(f"confidence {tenth / 10}: {len(group)} records, says {says:.2f}, right {right:.2f}")
    return fitted(cases)


def fitted(cases: Sequence[LabelCase]) -> dict[str, tuple[float, ...]]:
    """The weights of right and wrong, by logistic regression within bounds.

    A step of certainty is fitted as what it adds to the step below, which is never less than nothing.
    """
    rows = [tuple(_rises(case.features)) for case in cases]
    index = known(rows, LEAST_SEEN)
    x = matrix(rows, index)
    sign = np.array([1.0 if "right" in case.right else -1.0 for case in cases])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = 2 * sign * (x @ w)
        value = float(np.logaddexp(0, -margin).sum()) + PENALTY * float(w @ w)
        return value, x.T @ (-2 * sign / (1 + np.exp(margin))) + 2 * PENALTY * w

    bounds = [_bounds(feature) for feature in index]
    w = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return {f: (weight, -weight) for f, weight in _steps({f: float(w[i]) for f, i in index.items()})}


def _rises(features: Iterable[str]) -> Iterable[str]:
    """The features, each step of certainty as all steps that it has climbed."""
    for feature in features:
        name, _, step = feature.partition("-sure=")
        if name in BY_STEPS and step:
            yield from (f"{name}{OVER}{low}" for low in STEPS if low <= float(step))
        else:
            yield feature


def _bounds(feature: str) -> tuple[float | None, float | None]:
    if feature.startswith(FALLING):
        return None, 0.0
    climbs = OVER in feature and not feature.endswith(f"{OVER}{STEPS[0]}")
    return (0.0, None) if climbs or feature in RISING else (None, None)


def _steps(weights: dict[str, float]) -> Iterable[tuple[str, float]]:
    """The weights with those of the steps added up."""
    yield from ((f, w) for f, w in weights.items() if OVER not in f)
    for name in BY_STEPS:
        total = 0.0
        for step in STEPS:
            total += weights.get(f"{name}{OVER}{step}", 0.0)
            yield f"{name}-sure={step}", total
