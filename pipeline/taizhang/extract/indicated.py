"""Extract: each candidate, of prose or of a table, with the indicator that its metric is one wording of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from taizhang.extract.answers import Answers
from taizhang.extract.candidates import Candidate
from taizhang.indicators import Indicators
from taizhang.records import Metric
from taizhang.rules import RuleSet


def indicated(candidates: Sequence[Candidate], rules: RuleSet) -> Iterator[Candidate]:
    """The candidates in their order; where no indicator fits the metric is as it was."""
    indicators, answers = Indicators.of(rules), Answers.of(rules)
    for candidate in candidates:
        found = _find(candidate, candidate.metric, indicators)
        if found is None and candidate.answers is not None and answers.names_none(candidate):
            found = _find(candidate, _spelt_out(candidate, candidates), indicators)
        if found is None:
            yield candidate
        else:
            yield replace(candidate, metric=candidate.metric.model_copy(update={"indicator": found}))


def _find(candidate: Candidate, metric: Metric, indicators: Indicators) -> str | None:
    quantity = candidate.quantity
    return indicators.find(metric, quantity.kind, quantity.unit, candidate.phase)


def _spelt_out(answer: Candidate, candidates: Sequence[Candidate]) -> Metric:
    """What an answer leaves unsaid: of 发现隐患50处，当场整改48处 the 48 are 整改隐患."""
    of = candidates[answer.answers or 0].metric.object
    verb = answer.metric.action
    return Metric(name=f"{verb}{of}"[:40], action=verb, object=of)
