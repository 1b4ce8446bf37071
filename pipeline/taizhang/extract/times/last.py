"""Times: what is known of the quantities before, when the next one gets its time."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from taizhang.extract.times.sites import QuantitySite


class TimeCounts:
    """How often each time was taken so far in a text."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._total = 0

    def add(self, value: str) -> None:
        """One more quantity took it."""
        self._counts[value] += 1
        self._total += 1

    def share(self, value: str) -> str:
        """How many took it, in a word.

        >>> taken = TimeCounts()
        >>> taken.share("2019")
        'first'
        >>> taken.add("2019")
        >>> taken.share("2019"), taken.share("")
        ('all', 'none')
        """
        part, whole = self._counts.get(value, 0), self._total
        if not whole:
            return "first"
        if not part:
            return "none"
        if 4 * part < whole:
            return "few"
        if 2 * part < whole:
            return "some"
        return "most" if 5 * part < 4 * whole else "all"


class EarlierTimes(NamedTuple):
    """What the quantities before took.

    Attributes:
        value: the time of the one right before.
        start: its offset.
        site: its site; none before the first quantity.
        taken: by all of them.
        freely: by those in whose paragraph no date stood before them.
    """

    value: str
    start: int
    site: QuantitySite | None
    taken: TimeCounts
    freely: TimeCounts

    def where(self, site: QuantitySite) -> str:
        """The smallest piece of the layout that holds both quantities."""
        before = self.site
        if before is None:
            return "nowhere"
        if before.clause == site.clause:
            return "clause"
        if before.sentence == site.sentence:
            return "sentence"
        if before.paragraph == site.paragraph:
            return "paragraph"
        return "section" if before.section == site.section else "text"

    def kin(self, site: QuantitySite) -> str:
        """Whether the quantity before is of the same kind, and has the same words about it."""
        if self.site is None:
            return "first"
        kind = "like" if self.site.kind == site.kind else "unlike"
        return f"{kind}, {'even' if self.site.cues == site.cues else 'odd'}"

    @property
    def dated(self) -> str:
        """Whether it has a time."""
        return "dated" if self.value else "open"


def start() -> EarlierTimes:
    """Before the first quantity of a text."""
    return EarlierTimes("", 0, None, TimeCounts(), TimeCounts())
