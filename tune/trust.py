"""How far a record can be trusted: fitted so that no warning raises it, and that no surer choice lowers it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from taizhang.evaluate import right
from taizhang.extract.candidates import Candidate, PlaceChoice
from taizhang.judge import probabilities
from taizhang.rules import RuleSet
from taizhang.validate.checks import checks
from taizhang.validate.evidence import STEPS, evidence
from tune.gold import Read, flat
from tune.model import LabelCase, folds, matrix
from tune.model import known as known_features

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


class Unseen(NamedTuple):
    """What weights that were fitted on other articles say of quantities.

    Attributes:
        metric: how sure the metric was and whether it was right, by the article's id and the candidate's number.
        place: the place, by the article's id and where the quantity begins.
    """

    metric: Mapping[tuple[str, int], tuple[float, bool]]
    place: Mapping[tuple[str, int], PlaceChoice]


def trust(articles: Iterable[Read], known: Unseen, rules: RuleSet) -> dict[str, tuple[float, ...]]:
    """The weights of confidence; prints what cross-validation by article says of them.

    Whatever the program makes of an article is a case; what gold, which says all, has no record for is wrong.
    """
    cases = [case for read in articles for case in _cases(read, known, rules)]
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


def _cases(read: Read, known: Unseen, rules: RuleSet) -> Iterator[LabelCase]:
    """Each record as it would be by weights that have not seen its article, and whether it would be right."""
    extraction, gold_of = read.trace.extraction, {j: i for i, j in read.pairs}
    candidates = [_elsewhere(read.id, j, c, known) for j, c in enumerate(extraction.candidates)]
    warned = checks(candidates, extraction.cleaned, rules)
    for number, candidate in enumerate(candidates):
        _, named = known.metric.get((read.id, number), (0.0, False))
        gold = read.gold[gold_of[number]] if number in gold_of else None
        held = gold and all(right(name, gold, flat(candidate)) for name in ("value", "unit", "code"))
        label = "right" if held and named else "wrong"
        yield LabelCase(tuple(evidence(candidate, warned.get(number, ()))), (label,), read.id)


def _elsewhere(article: str, number: int, candidate: Candidate, known: Unseen) -> Candidate:
    """A candidate with its metric as sure, and its place as, other articles make it; a metric without gold stays."""
    place = known.place[article, candidate.quantity.start]
    metric = candidate.choices["metric"]
    sure, _ = known.metric.get((article, number), (metric.sure, False))
    return replace(
        candidate,
        place=place.place,
        place_sure=place.sure,
        rules=candidate.rules | {"place": place.rule},
        choices=candidate.choices | {"metric": metric._replace(sure=sure)},
    )


def fitted(cases: Sequence[LabelCase]) -> dict[str, tuple[float, ...]]:
    """The weights of right and wrong, by logistic regression within bounds.

    A step of certainty is fitted as what it adds to the step below, which is never less than nothing.
    """
    rows = [tuple(_rises(case.features)) for case in cases]
    index = known_features(rows, LEAST_SEEN)
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
