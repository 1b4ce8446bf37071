"""Places: spans of a text that do not overlap, kept in order, to ask what lies where in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from sys import maxsize


class Spans:
    """Half-open spans that do not overlap.

    >>> spans = Spans([(0, 3), (5, 8)])
    >>> spans.hit(3, 5), spans.hit(2, 4), spans.hold(5, 7), spans.cut(6), spans.cut(5)
    (False, True, True, True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans = sorted(spans)

    def add(self, start: int, end: int) -> None:
        """Put one more span in."""
        insort(self._spans, (start, end))

    def hit(self, start: int, end: int) -> bool:
        """Whether a span overlaps ``[start, end)``."""
        index = bisect_left(self._spans, (end,))
        return index > 0 and self._spans[index - 1][1] > start

    def hold(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` lies inside a span."""
        index = bisect_right(self._spans, (start, maxsize))
        return index > 0 and self._spans[index - 1][1] >= end

    def cut(self, at: int) -> bool:
        """Whether ``at`` lies between the first and the last character of a span."""
        index = bisect_left(self._spans, (at,))
        return index > 0 and self._spans[index - 1][1] > at
