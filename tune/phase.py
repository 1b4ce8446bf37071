"""The phase fitted: the weights that judge a quantity alone, then those of its company.

The second are fitted on what the first say of articles that they were not fitted on, as they meet new articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

from taizhang.extract.phases import chain
from taizhang.extract.phases.shapes import FILE, ContextFile
from taizhang.judge import Weights
from taizhang.records import Phase, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout
from tune.gold import SEED, SENTENCE, Read, is_seed, judged
from tune.model import CompanyCase, LabelCase, fit_company, fit_labels, folds

PHASES: tuple[str, ...] = get_args(Phase)
LEAST_SEEN = 6  # quantities in which a feature must stand
LEAST_WEIGHT = 0.045  # a feature none of whose weights is as much is left out
PENALTIES = (  # of the squared weights, by the first that fits a feature; by cross-validation
    (re.compile("(title|heading)="), 30.0),
    (re.compile("(paragraph|sentence)-has="), 25.0),
    (re.compile(".*~|tense-|wrong-"), 9.0),
    (re.compile("(in|before1|after|sentence|clause)="), 24.0),
    (re.compile("(verb|action|head|deed|left.|right.)="), 6.0),
)
OF_RULES = 4.5  # the penalty of all others: what the rules see
OF_COMPANY = 20.0
HALF = 0.5
OF_SENTENCES = 3.0  # weight of a sentence of our own: each shows a fact of grammar that much text drowns


class PhaseText(NamedTuple):
    """One article: its quantities, what is seen of each, and the phases that are right of those that gold tells."""

    article: str
    layout: Layout
    quantities: list[Quantity]
    seen: list[tuple[str, ...]]
    right: dict[int, tuple[str, ...]]
    weight: float = 1.0


def text_of(read: Read) -> PhaseText:
    """An article as it was read."""
    candidates = read.trace.extraction.candidates
    right = {}
    for i, j in read.pairs:
        gold = read.gold[i]
        if judged(gold, "phase"):
            right[j] = (gold["phase"], *(gold.get("also") or {}).get("phase", ()))
    seen = [candidate.choices["phase"].winner.features for candidate in candidates]
    weight = OF_SENTENCES if read.has(SENTENCE) else SEED if is_seed(read) else 1.0
    quantities = [candidate.quantity for candidate in candidates]
    return PhaseText(read.id, read.trace.extraction.layout, quantities, seen, right, weight)


def cases(texts: Sequence[PhaseText]) -> list[LabelCase]:
    """Each quantity of which gold tells the phase, alone."""
    return [
        LabelCase(text.seen[j], right, text.article, text.weight)
        for text in texts
        for j, right in text.right.items()
    ]


def penalty(feature: str) -> float:
    """How much weight costs that a feature gets: words dear, for they are many; rules cheap.

    >>> penalty("title=整改"), penalty("read=target")
    (30.0, 4.5)
    """
    return next((dear for pattern, dear in PENALTIES if pattern.match(feature)), OF_RULES)


def fit_alone(known: Sequence[LabelCase]) -> dict[str, tuple[float, ...]]:
    """The weights of a quantity alone.

    Where gold tells several phases the first is the likelier: half of what the quantity teaches is of it alone.
    """
    several = [case for case in known if len(case.right) > 1]
    taught = [case for case in known if len(case.right) == 1]
    taught += [case._replace(weight=HALF * case.weight) for case in several]
    taught += [case._replace(right=case.right[:1], weight=HALF * case.weight) for case in several]
    weights = fit_labels(taught, PHASES, penalty, LEAST_SEEN)
    return {feature: row for feature, row in weights.items() if max(map(abs, row)) >= LEAST_WEIGHT}


class Crossed(NamedTuple):
    """What cross-validation by article gives: the quantities in company, and which were right alone and in company."""

    cases: list[CompanyCase]
    alone: list[bool]
    together: list[bool]


def crossed(texts: Sequence[PhaseText], rules: RuleSet) -> Crossed:
    """Each article judged by weights that were fitted without it."""
    known = cases(texts)
    companies: dict[str, list[CompanyCase]] = {}
    right_alone: dict[str, list[bool]] = {}
    for part in folds(known):
        alone = Weights("phase", PHASES, fit_alone([c for c in known if c.article not in part]))
        for text in texts:
            if text.article in part:
                first = [alone.sums(features) for features in text.seen]
                right_alone[text.article] = [_best(first[j]) in right for j, right in text.right.items()]
                companies[text.article] = list(_company_cases(text, first, rules))
    found = [case for text in texts for case in companies.get(text.article, ())]
    together: dict[int, bool] = {}
    for part in folds(known):
        table = _thousandths(fit_company([c for c in found if c.article not in part], PHASES, OF_COMPANY))
        for i, case in enumerate(found):
            if case.article in part:
                together[i] = _best(chain.scores(case.company, table)) in case.right
    alone_hits = [hit for text in texts for hit in right_alone.get(text.article, ())]
    return Crossed(found, alone_hits, [together[i] for i in range(len(found))])


def _company_cases(
    text: PhaseText, first: Sequence[Sequence[float]], rules: RuleSet
) -> Iterator[CompanyCase]:
    joint = rules.load(FILE, ContextFile).joint
    companies = chain.companies(first, text.quantities, text.layout, joint)
    for j, right in text.right.items():
        yield CompanyCase(companies[j], right, text.article)


def _best(scores: Sequence[float]) -> str:
    return min(zip(PHASES, scores, strict=True), key=lambda pair: (-pair[1], pair[0]))[0]


def _thousandths(table: Mapping[str, Sequence[float]]) -> dict[str, tuple[int, ...]]:
    return Weights("phase_chain", PHASES, {name: tuple(row) for name, row in table.items()}).rows
