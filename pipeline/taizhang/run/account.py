"""The run room's account of one article: the numbers seen in it against what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from taizhang.clean.dropped import dropped
from taizhang.clean.stage import joined
from taizhang.extract.numbers.seen import apart

if TYPE_CHECKING:
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


def account(trace: Trace) -> Account:
    """The account of an article that went through all stages."""
    result, numerals = trace.result, trace.extraction.numerals
    spans = [reject.span for reject in result.rejects if reject.span]
    left_out = {(s.raw_start, s.raw_end) for s in spans if s.start == s.end}
    outside = dropped(trace.cleaned)
    open_ = tuple(apart(numerals, joined((r.span.start, r.span.end) for r in result.records)))
    lost = tuple(apart(open_, joined((s.start, s.end) for s in spans if s.start < s.end)))
    return Account(
        seen=len(numerals) + len(outside),
        in_records=len(numerals) - len(open_),
        in_rejects=len(open_) - len(lost) + len(left_out.intersection(outside)),
    )
