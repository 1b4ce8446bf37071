"""The evaluate room's score: counts, and the rates that they make."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from taizhang.evaluate.fields import FIELDS


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision and recall from counts, each between 0 and 1."""

    hits: int
    program: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of the program's that is right; 0 where it gave none."""
        return self.hits / self.program if self.program else 0.0

    @property
    def recall(self) -> float:
        """The share of gold that was found; 0 where gold has none."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.hits / (self.program + self.gold) if self.hits else 0.0


@dataclass(slots=True)
class Score:
    """Counts over all documents together (micro); ``faults`` says, a line each, what was not right."""

    documents: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def rate(self, name: str) -> Rate:
        """``found``, ``quantity`` (value and unit), ``record`` (also metric and code) or ``part_of``."""
        side = "part_of " if name == "part_of" else ""
        return Rate(self.counts[name], self.counts[side + "program"], self.counts[side + "gold"])

    def share(self, name: str) -> float:
        """How many of the aligned pairs have this field right, between 0 and 1."""
        return self.right[name] / self.counts["found"] if self.counts["found"] else 0.0

    def as_json(self) -> dict[str, Any]:
        """All figures, rounded to four places."""
        table: dict[str, Any] = {"documents": self.documents}
        table |= {"gold": self.counts["gold"], "program": self.counts["program"]}
        for name in ("found", "quantity", "record", "part_of"):
            rate = self.rate(name)
            table[name] = {"p": round(rate.precision, 4), "r": round(rate.recall, 4), "f1": round(rate.f1, 4)}
        table["fields"] = {name: round(self.share(name), 4) for name in FIELDS}
        if total := self.counts["rejected gold"]:
            table["rejected"] = {
                "gold": total,
                "share": round(self.counts["rejected"] / total, 4),
                "reason": round(self.counts["rejected reason"] / total, 4),
            }
        return table
