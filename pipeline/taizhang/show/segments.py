"""The show room's segments: the clean text cut wherever a number, a span of another kind or a cell begins or ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from taizhang.article import Table
from taizhang.records import RectificationItem
from taizhang.show.numbers import Number

if TYPE_CHECKING:
    from taizhang.stages import Trace


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the clean text over which the same numbers lie.

    Attributes:
        cls: how to show it: ``record``, ``reject``, ``boilerplate``, ``uncertain`` or nothing.
        top: the number that a click leads to: the shortest of those that lie here.
        begins: the numbers that begin here.
    """

    text: str
    cls: str
    top: Number | None
    begins: tuple[int, ...] = ()

    @property
    def anchors(self) -> list[int]:
        """The numbers that begin here and are not on top, so that no mark of their own stands for them."""
        return [n for n in self.begins if not self.top or n != self.top.n]


def segments(trace: Trace, found: Sequence[Number]) -> Iterator[Segment]:
    """The clean text cut wherever a number or a span of another kind begins or ends."""
    text, cleaned = trace.cleaned.text, trace.cleaned
    marked = [n for n in found if n.in_text]
    spans = [(n.span.start, n.span.end) for n in marked] + [*cleaned.uncertain, *cleaned.boilerplate]
    spans += edges(cleaned.tables)
    cuts = sorted({0, len(text), *(edge for span in spans for edge in span)})
    waiting, open_ = marked[::-1], list[Number]()
    ends = {"uncertain": dict(sorted(cleaned.uncertain)), "boilerplate": dict(sorted(cleaned.boilerplate))}
    until = dict.fromkeys(ends, 0)
    for start, end in pairwise(cuts):
        until = {kind: max(until[kind], ends[kind].get(start, 0)) for kind in ends}
        begins = len(open_)
        while waiting and waiting[-1].span.start <= start:
            open_.append(waiting.pop())
        begun = tuple(n.n for n in open_[begins:])
        open_ = [n for n in open_ if n.span.end > start]
        top = min(open_, key=lambda n: (n.span.end - n.span.start, n.n), default=None)
        if top:
            cls = "record" if isinstance(top.outcome, RectificationItem) else "reject"
        else:
            cls = next((kind for kind in ends if until[kind] > start), "")
        yield Segment(text[start:end], cls, top, begun)


def edges(tables: Iterable[Table]) -> Iterator[tuple[int, int]]:
    """Where segments must be cut, so that none lies in two cells."""
    for table in tables:
        yield table.start, table.end
        for cell in table.cells:
            yield cell.start, cell.end
