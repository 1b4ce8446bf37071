"""The run room's count of what went through: articles, what each stage made of them, rejections by reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from taizhang.run.laps import Laps

if TYPE_CHECKING:
    from taizhang.records import RectificationItem, Rejection
    from taizhang.run.outcome import Outcome

LOW = 0.7  # confidence under which a record is counted apart


# Reasons that say nothing of the article: a fault of ours, what the machine or a setting did not allow, a library.
OUTSIDE = frozenset({"internal-error", "worker-died", "timeout", "out-of-memory", "missing-extra"})


@dataclass(slots=True)
class Tally:
    """Counts over a whole run; times are kept apart, since they differ from run to run.

    Attributes:
        lacking: records without ``place``, without ``time``, with ``checks``, and of ``low`` confidence.
        copies: articles that tell again what an earlier one tells, of which they are copies.
        repeated: their records that do.
        seconds: by stage, over all processes.
        laps: all seconds of this process.
    """

    articles: int = 0
    unread: int = 0
    stages: dict[str, Counter[str]] = field(default_factory=dict)
    numerals: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    unread_reasons: Counter[str] = field(default_factory=Counter)
    lacking: Counter[str] = field(default_factory=Counter)
    copies: int = 0
    seconds: Counter[str] = field(default_factory=Counter)
    laps: Laps = field(default_factory=Laps)
    first_failure: Rejection | None = None
    repeated: int = 0
    _repeated_here: int = 0

    @property
    def records(self) -> int:
        """Records written, over all articles."""
        return self.stages["validate"]["records"] if "validate" in self.stages else 0

    @property
    def common_cause(self) -> Rejection | None:
        """The first failure, where every article failed and all for one reason that lies outside of the articles."""
        first = self.first_failure
        if self.articles or len(self.unread_reasons) != 1 or first is None:
            return None
        return first if first.reason in OUTSIDE else None

    def add(self, outcome: Outcome) -> None:
        """Count one article, or a part of it that has come, or one input that became none."""
        if outcome.failed:
            self.unread += 1
            self.first_failure = self.first_failure or outcome.failed
            self.unread_reasons[outcome.failed.reason] += 1
            return
        self.articles += outcome.complete
        if outcome.account:
            self.numerals.update(asdict(outcome.account))
        for stage, counts in outcome.stages.items():
            self.stages.setdefault(stage, Counter()).update(counts)
        self._repeated_here += outcome.repeated
        if outcome.complete:
            self.copies += bool(self._repeated_here)
            self._repeated_here = 0
        self.repeated += outcome.repeated
        self.reasons.update(reject.reason for reject in outcome.result.rejects)
        self.seconds.update(outcome.seconds)
        for record in outcome.result.records:
            if record.duplicate_of is None:
                self.lacking.update(_lacks(record))

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


def _lacks(record: RectificationItem) -> list[str]:
    found = {
        "place": not record.place.name,
        "time": record.time is None,
        "checks": bool(record.checks),
        "low": record.confidence < LOW,
    }
    return [name for name, lacks in found.items() if lacks]
