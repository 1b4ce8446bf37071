"""The show room's numbers: every record and rejected number of an article, in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from taizhang.extract.candidates import Candidate, Exclusion
from taizhang.records import RectificationItem, Rejection

if TYPE_CHECKING:
    from taizhang.stages import Trace


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the text: what became of it, and what the extract stage had found there.

    Attributes:
        n: its place in the article's order, from 1.
        outcome: the record or the rejection.
        candidate: the candidate of the extract stage with the same span, if there was one.
        exclusion: the exclusion of the extract stage with the same span, if there was one.
    """

    n: int
    start: int
    end: int
    outcome: RectificationItem | Rejection
    candidate: Candidate | None
    exclusion: Exclusion | None


def numbers(trace: Trace) -> list[Number]:
    """Every record and every rejected number of the article, in the order of the text."""
    candidates = {(c.quantity.start, c.quantity.end): c for c in trace.extraction.candidates}
    exclusions = {(e.start, e.end): e for e in trace.extraction.exclusions}
    spans = [(record.span, record) for record in trace.result.records]
    outcomes: list[tuple[int, int, RectificationItem | Rejection]] = [(s.start, s.end, r) for s, r in spans]
    for reject in trace.result.rejects:
        if reject.span is not None:
            outcomes.append((reject.span.start, reject.span.end, reject))
    outcomes.sort(key=lambda outcome: outcome[:2])
    return [
        Number(n, start, end, outcome, candidates.get((start, end)), exclusions.get((start, end)))
        for n, (start, end, outcome) in enumerate(outcomes, 1)
    ]
