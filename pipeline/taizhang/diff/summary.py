"""The diff room's summary: how many records were added, dropped and altered, by rule and by field."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from taizhang.diff.compare import Difference
from taizhang.diff.runs import Inputs

NONE = "-"
Group = tuple[str, str, str, str]  # what, field, what was before, what is now


@dataclass(slots=True)
class Summary:
    """Counts over all articles that both runs have, and some examples of each group.

    Attributes:
        records: records of both runs together.
        counts: of added, dropped and altered records.
        groups: of differences, by what, field, and the rules before and now. For a record that was added or dropped the
            run without it has the reason and the rule for which it refused the number.
    """

    inputs: Inputs
    examples: int
    records: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    groups: Counter[Group] = field(default_factory=Counter)
    shown: dict[Group, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def same(self) -> bool:
        """Whether the two runs made the same of the same articles."""
        return self.inputs.same and not self.counts

    def add(self, records: int, found: Iterable[Difference]) -> None:
        """Count what one article gave."""
        self.records += records
        for difference in found:
            self.counts[difference.what] += 1
            for group, text in _groups(difference):
                self.groups[group] += 1
                if len(self.shown[group]) < self.examples:
                    self.shown[group].append(f"{difference.document} {text}")

    def as_json(self) -> dict[str, Any]:
        """The counts, in an order that does not depend on the run."""
        return {
            "what": "summary",
            "documents": len(self.inputs.both),
            "only_old": len(self.inputs.only_old),
            "only_new": len(self.inputs.only_new),
            "other_text": len(self.inputs.other_text),
            **{what: self.counts[what] for what in ("added", "dropped", "altered")},
            "by_rule": [
                dict(zip(("what", "field", "old", "new"), group, strict=True)) | {"count": count}
                for group, count in self.sorted()
            ],
        }

    def sorted(self) -> list[tuple[Group, int]]:
        """The groups, the largest first."""
        return sorted(self.groups.items(), key=lambda pair: (-pair[1], pair[0]))


def _groups(difference: Difference) -> Iterator[tuple[Group, str]]:
    told = f"{difference.quote} {difference.metric}"
    if difference.what == "altered":
        for change in difference.changes:
            group = "altered", change.field, change.rule_old or NONE, change.rule_new or NONE
            yield group, f"{told}: {change.old} -> {change.new}"
        return
    reason = " ".join(part for part in (difference.reason, difference.rule) if part) or NONE
    gone = difference.what == "dropped"
    yield (difference.what, "record", NONE if gone else reason, reason if gone else NONE), told
