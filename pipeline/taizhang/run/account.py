"""The run room's account of one article: the numbers seen in it against what became of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taizhang.clean.dropped import dropped
from taizhang.compact import Packed, offsets
from taizhang.extract.numbers.seen import apart

if TYPE_CHECKING:
    from taizhang.result import Result
    from taizhang.stages import Trace


@dataclass(frozen=True, slots=True)
class Account:
    """How many numbers one article has, and where they went; it balances where none is ``lost``.

    A record or a rejection may hold several numbers (3至5个, 2019年3月5日), and each number is counted once, with the
    records before the rejections.

    Attributes:
        seen: numbers in the clean text before any decision, and pieces with a digit that are not in it.
        in_records: those of them that a record's span holds or cuts into.
        in_rejects: those of the others that a rejection's span does.
    """

    seen: int
    in_records: int
    in_rejects: int

    @property
    def lost(self) -> int:
        """How many are in neither."""
        return self.seen - self.in_records - self.in_rejects


class Accounting:
    """Makes the account of an article whose result comes in parts."""

    def __init__(self) -> None:
        self.records = self.rejects = 0
        self._in_records, self._in_rejects = _Covered(), _Covered()
        self._left_out: set[tuple[int, int]] = set()

    def add(self, part: Result) -> None:
        """Note what a part says of where the numbers went."""
        self.records += len(part.records)
        self.rejects += len(part.rejects)
        for record in part.records:
            self._in_records.add(record.span.start, record.span.end)
        for span in (reject.span for reject in part.rejects if reject.span):
            if span.start < span.end:
                self._in_rejects.add(span.start, span.end)
            else:
                self._left_out.add((span.raw_start, span.raw_end))

    def account(self, trace: Trace) -> Account:
        """The account, once all parts are noted."""
        numerals, outside = trace.extraction.numerals, dropped(trace.cleaned)
        open_ = tuple(apart(numerals, self._in_records.spans))
        lost = sum(1 for _ in apart(open_, self._in_rejects.spans))
        return Account(
            seen=len(numerals) + len(outside),
            in_records=len(numerals) - len(open_),
            in_rejects=len(open_) - lost + len(self._left_out.intersection(outside)),
        )


def account(trace: Trace) -> Account:
    """The account of an article that went through all stages."""
    made = Accounting()
    made.add(trace.result)
    return made.account(trace)


class _Covered:
    """Spans as spans in order that do not touch; those that come in order are put at the end at once.

    >>> covered = _Covered()
    >>> for span in ((4, 6), (7, 8), (0, 2), (2, 3), (5, 7)):
    ...     covered.add(*span)
    >>> list(covered.spans)
    [(0, 3), (4, 8)]
    """

    def __init__(self) -> None:
        self.spans: Packed[tuple[int, int]] = Packed(offsets, 2)

    def add(self, start: int, end: int) -> None:
        """Cover ``[start, end)``, too."""
        starts, ends = self.spans.column(0), self.spans.column(1)
        low = bisect_left(ends, start)
        high = low
        while high < len(starts) and starts[high] <= end:
            high += 1
        if high > low:
            start, end = min(start, starts[low]), max(end, ends[high - 1])
            del starts[low:high], ends[low:high]
        starts.insert(low, start)
        ends.insert(low, end)
