"""Validate: what speaks for and against a record, as names of features that the weights of confidence add up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from taizhang.extract.candidates import Candidate

STEPS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995)


def evidence(candidate: Candidate, checks: Sequence[str]) -> Iterator[str]:
    """The features of one candidate with its choices; ``checks`` are the warnings that its record carries."""
    quantity, place = candidate.quantity, candidate.place
    yield "always"
    yield f"kind={quantity.kind}"
    yield f"bound={quantity.bound}"
    yield f"unit={'said' if quantity.unit else 'none'}"
    yield f"place={place.how or 'none'}"
    yield f"level={place.level or 'none'}"
    yield f"place-rule={candidate.rules['place']}"
    yield certainty("place", candidate.place_sure)
    yield f"open={len(place.candidates) > 1}"
    yield f"metric-rule={candidate.rules['metric']}"
    yield from (f"check={check}" for check in checks)
    if candidate.row:
        yield "in-table"
    metric = candidate.choices.get("metric")
    if metric:
        yield certainty("metric", metric.sure)


def certainty(name: str, sure: float) -> str:
    """How sure a choice is, by steps.

    >>> certainty("metric", 0.97)
    'metric-sure=0.95'
    """
    return f"{name}-sure={STEPS[bisect_right(STEPS, sure) - 1]}"
