"""A choice model (conditional logit) fitted with L-BFGS: which of the options that were offered is right.

One model serves all fields. A field with fixed labels (phase, record or not) is a choice among the labels, a field with
open values (time, place, metric) a choice among what the generators offered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Features = Sequence[str]

SHARED = 0.2  # how dear a weight that all labels share is, beside one of a label's own


class Case(NamedTuple):
    """One choice with gold: the features of each option, which options are right, and the article it is of.

    ``right``: 0 for a wrong option; where several are right, how well each says it.
    """

    options: tuple[tuple[str, ...], ...]
    right: tuple[float, ...]
    article: str
    weight: float = 1.0


class LabelCase(NamedTuple):
    """One choice among fixed labels: its features, the right labels, and the article it is of."""

    features: tuple[str, ...]
    right: tuple[str, ...]
    article: str
    weight: float = 1.0


class CompanyCase(NamedTuple):
    """One choice among fixed labels by what is said of each, relation by relation, in thousandths."""

    company: Mapping[str, tuple[int, ...]]
    right: tuple[str, ...]
    article: str


def known(rows: Sequence[Features], least: int) -> dict[str, int]:
    """The features that stand in at least so many options, numbered in their own order."""
    seen = Counter(f for row in rows for f in set(row))
    return {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= least))}


def matrix(rows: Sequence[Features], index: dict[str, int]) -> csr_matrix:
    """A row for each option, a column for each numbered feature, 1 where it is seen."""
    ends, columns = [0], []
    for row in rows:
        columns += sorted({index[f] for f in row if f in index})
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(index)))


def fit_choice(
    cases: Sequence[Case], penalty: float | Callable[[str], float] = 1.0, least: int = 2
) -> dict[str, float]:
    """The weights of a choice among offered options.

    Args:
        cases: those without a right option teach nothing and are passed over.
        penalty: of the squared weights (L2), one for all features or each feature's own.
        least: options in which a feature must stand to get a weight.
    """
    cases = [c for c in cases if any(c.right) and not all(c.right)]
    rows = [o for c in cases for o in c.options]
    index = known(rows, least)
    x = matrix(rows, index)
    starts = np.cumsum([0, *(len(c.options) for c in cases)])[:-1]
    sizes = np.array([len(c.options) for c in cases])
    right = np.array([r for c in cases for r in c.right], dtype=float)
    weight = np.array([c.weight for c in cases])
    dear = np.array([penalty(f) if callable(penalty) else penalty for f in index])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        s = x @ w
        s = s - np.repeat(np.maximum.reduceat(s, starts), sizes)
        e = np.exp(s)
        all_sum = np.add.reduceat(e, starts)
        good = e * right
        good_sum = np.add.reduceat(good, starts)
        value = float((weight * (np.log(all_sum) - np.log(np.maximum(good_sum, 1e-300)))).sum())
        p = e / np.repeat(all_sum, sizes) - good / np.repeat(np.maximum(good_sum, 1e-300), sizes)
        grad = x.T @ (p * np.repeat(weight, sizes))
        return value + 0.5 * float((dear * w) @ w), grad + dear * w

    w = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {f: float(w[i]) for f, i in index.items()}


def fit_labels(
    cases: Sequence[LabelCase],
    labels: Sequence[str],
    penalty: float | Callable[[str], float] = 1.0,
    least: int = 2,
) -> dict[str, tuple[float, ...]]:
    """The weights of a choice among fixed labels (multinomial logistic regression), one for each label.

    Args:
        cases: those with no right label teach nothing and are passed over.
        labels: in the order of the weights.
        penalty: of the squared weights (L2), one for all features or each feature's own.
        least: cases in which a feature must stand to get a weight.
    """
    cases = [c for c in cases if set(c.right) & set(labels)]
    rows = [c.features for c in cases]
    index = known(rows, least)
    x = matrix(rows, index)
    right = np.array([[label in c.right for label in labels] for c in cases], dtype=float)
    weight = np.array([c.weight for c in cases])[:, None]
    shape = (len(index), len(labels))
    dear = np.array([penalty(f) if callable(penalty) else penalty for f in index])[:, None]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(shape)
        s = x @ w
        s = s - s.max(axis=1, keepdims=True)
        e = np.exp(s)
        all_sum = e.sum(axis=1, keepdims=True)
        good_sum = (e * right).sum(axis=1, keepdims=True)
        value = float((weight * (np.log(all_sum) - np.log(np.maximum(good_sum, 1e-300)))).sum())
        p = e / all_sum - e * right / np.maximum(good_sum, 1e-300)
        grad = x.T @ (p * weight)
        return value + 0.5 * float((dear * w * w).sum()), (grad + dear * w).ravel()

    start = np.zeros(shape[0] * shape[1])
    w = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x.reshape(shape)
    return {f: tuple(map(float, w[i])) for f, i in index.items()}


def fit_company(
    cases: Sequence[CompanyCase], labels: Sequence[str], penalty: float
) -> dict[str, tuple[float, ...]]:
    """The weights of relations, one for each label: near to one weight for all labels of a relation, and to 0."""
    names = sorted({name for case in cases for name in case.company})
    at = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(cases), len(names), len(labels)))
    for i, case in enumerate(cases):
        for name, values in case.company.items():
            x[i, at[name]] = np.array(values) / 1000
    right = np.array([[label in case.right for label in labels] for case in cases], dtype=float)
    shape = (len(names), len(labels) + 1)  # what all labels share, and what each has of its own

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(shape)
        s = np.einsum("nrl,rl->nl", x, w[:, :1] + w[:, 1:])
        s = s - s.max(axis=1, keepdims=True)
        e = np.exp(s)
        all_sum = e.sum(axis=1, keepdims=True)
        good_sum = np.maximum((e * right).sum(axis=1, keepdims=True), 1e-300)
        p = e / all_sum - e * right / good_sum
        own = np.einsum("nrl,nl->rl", x, p)
        grad = np.hstack([own.sum(axis=1, keepdims=True), own]) + dear * w
        return float((np.log(all_sum) - np.log(good_sum)).sum() + 0.5 * (dear * w * w).sum()), grad.ravel()

    dear = np.full(shape, penalty)
    dear[:, 0] = SHARED * penalty
    w = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B").x.reshape(shape)
    return {name: tuple(map(float, w[i, :1] + w[i, 1:])) for name, i in at.items()}


def folds(
    cases: Sequence[Case] | Sequence[LabelCase] | Sequence[CompanyCase], count: int = 5
) -> list[set[str]]:
    """The articles dealt into ``count`` parts, the same every time, for cross-validation by article."""
    articles = sorted({c.article for c in cases})
    return [set(articles[i::count]) for i in range(count)]
