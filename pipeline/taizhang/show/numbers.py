"""The show room's numbers: every record and rejected number of an article, in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from taizhang.extract.candidates import Candidate, Exclusion
from taizhang.records import RectificationItem, Rejection, Span

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
    span: Span
    outcome: RectificationItem | Rejection
    candidate: Candidate | None
    exclusion: Exclusion | None

    @property
    def in_text(self) -> bool:
        """Whether it stands in the clean text; if not, cleaning left it in the source (markup, a byline)."""
        return self.span.start < self.span.end


def numbers(trace: Trace) -> list[Number]:
    """Every record and rejected number in the order of the clean text, then those of the source only."""
    candidates = {(c.quantity.start, c.quantity.end): c for c in trace.extraction.candidates}
    exclusions = {(e.start, e.end): e for e in trace.extraction.exclusions}
    found: list[tuple[Span, RectificationItem | Rejection]] = [(r.span, r) for r in trace.result.records]
    found += [(r.span, r) for r in trace.result.rejects if r.span is not None]
    found.sort(key=lambda pair: (pair[0].start == pair[0].end, pair[0].start, pair[0].raw_start))
    numbered = []
    for n, (span, outcome) in enumerate(found, 1):
        at = span.start, span.end
        numbered.append(Number(n, span, outcome, candidates.get(at), exclusions.get(at)))
    return numbered
