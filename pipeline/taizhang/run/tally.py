"""The run room's count of what went through: articles, what each stage made of them, rejections by reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taizhang.run.outcome import Outcome
    from taizhang.stages import Trace


@dataclass(slots=True)
class Tally:
    """Counts over a whole run; ``seconds`` by stage is kept apart, since it differs from run to run.

    Attributes:
        copies: articles that tell again what an earlier one tells, of which they are copies.
        repeated: their records that do.
    """

    articles: int = 0
    unread: int = 0
    stages: dict[str, Counter[str]] = field(default_factory=dict)
    numerals: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    unread_reasons: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    copies: int = 0
    repeated: int = 0

    @property
    def records(self) -> int:
        """Records written, over all articles."""
        return self.stages["validate"]["records"] if "validate" in self.stages else 0

    def add(self, outcome: Outcome) -> None:
        """Count one article, or one input that became none."""
        if outcome.failed:
            self.unread += 1
            self.unread_reasons[outcome.failed.reason] += 1
            return
        self.articles += 1
        if outcome.account:
            self.numerals.update(asdict(outcome.account))
        for stage, counts in outcome.stages.items():
            self.stages.setdefault(stage, Counter()).update(counts)
        self.copies += bool(outcome.repeated)
        self.repeated += outcome.repeated
        self.reasons.update(reject.reason for reject in outcome.result.rejects)
        self.seconds.update(outcome.seconds)

    def as_json(self) -> dict[str, object]:
        """The counts, in an order that does not depend on the run."""
        return {
            "articles": {"read": self.articles, "unread": self.unread},
            "numerals": dict(self.numerals),
            "copies": {"articles": self.copies, "records": self.repeated},
            "stages": {name: dict(counts) for name, counts in self.stages.items()},
            "rejected_numbers": dict(sorted(self.reasons.items())),
            "unread_articles": dict(sorted(self.unread_reasons.items())),
        }


def stage_counts(trace: Trace) -> dict[str, dict[str, int]]:
    """How much each stage found or made in one article."""
    cleaned, extraction, layout = trace.cleaned, trace.extraction, trace.extraction.layout
    return {
        "clean": {
            "characters": len(cleaned.text),
            "fixes": len(cleaned.fixes),
            "uncertain": len(cleaned.uncertain),
            "boilerplate": len(cleaned.boilerplate),
        },
        "segment": {
            "sections": len(layout.sections),
            "paragraphs": len(layout.paragraphs),
            "sentences": len(layout.sentences),
            "clauses": len(layout.clauses),
        },
        "extract": {
            "candidates": len(extraction.candidates),
            "exclusions": len(extraction.exclusions),
            "dates": len(extraction.dates),
            "places": len(extraction.places),
        },
        "validate": {"records": len(trace.result.records), "rejects": len(trace.result.rejects)},
    }
