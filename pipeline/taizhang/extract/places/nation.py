"""Places: what speaks for the nation, and for no place at all: the two options that are no division."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from taizhang.extract.places.context import PlaceContext
from taizhang.extract.places.figure import FigureContext
from taizhang.extract.places.gazetteer import NATION, level_of
from taizhang.extract.places.pointers import STATE, Pointer
from taizhang.extract.places.themes import spoken
from taizhang.segment.layout import LayoutUnit

STEADY = 3  # times that an article says 全市 from which on it is one of a city
PARTS = (0.01, 0.3, 0.6, 0.9)  # borders between shares of the nation in what is pointed at


class NationSigns:
    """One article, asked what speaks for the nation and for no place as the place of one figure after the other.

    Attributes:
        named: where the nation or a body of it is spoken of.
        state: where it is by more than an attribute of something.
    """

    def __init__(self, context: PlaceContext, found: Sequence[Pointer], local: Sequence[int]) -> None:
        """``local`` is where the article says 全市, 我县 and the like."""
        self.context = context
        self._local = local
        weak = context.words.weak
        state = [p for p in found if p.kind in STATE and p.rule not in weak]
        self.named = [p.start for p in state]
        self.state = [p.start for p in state if not context.is_attribute(p)]
        self._nations = [m.start() for m in context.words.ours.finditer(context.layout.text)]
        self._themes: dict[LayoutUnit, tuple[str, ...]] = {}  # of each clause what it speaks of
        self._spoken: dict[tuple[str, LayoutUnit], tuple[str, ...]] = {}  # the same as features

    def may_be(self, moment: FigureContext) -> bool:
        """Whether a figure may be the nation's: in an article of 我区 or 全市 only where its paragraph says the nation.

        An article that says so in passing is none: one of the nation quotes what 本市 did.
        """
        local = self._count(self._local, moment.at)
        if local < STEADY or local < self._count(self.state, moment.at):
            return True
        low, paragraph = moment.units.sentence.start, moment.units.paragraph
        return _between(self.named, min(low, paragraph), moment.at) or any(
            s.place.spot.code == NATION for s in moment.near if s.zone in ("clause", "sentence")
        )

    def for_nowhere(self, moment: FigureContext) -> Iterator[str]:
        """What is seen for no place."""
        _, (low, high), paragraph = moment.units
        yield from self._silence(moment, "none")
        yield from self._speaks("none", moment.units.clause)
        if _between(self.context.elsewhere, low, moment.at):
            yield "none.elsewhere"
        if _between(self.context.abroad, paragraph, moment.at):
            last = self.context.abroad[bisect_left(self.context.abroad, moment.at) - 1]
            yield "none.abroad.ours" if _between(self._nations, last, moment.at) else "none.abroad"
        ours = any(low <= s.place.start < high for s in moment.near) or _between(self._nations, low, high)
        if _between(self.context.abroad, low, moment.at) and not ours:
            yield "none.abroad.alone"  # and nothing of ours in the sentence

    def for_nation(self, moment: FigureContext) -> Iterator[str]:
        """What is seen for the nation."""
        low, paragraph = moment.units.sentence.start, moment.units.paragraph
        top = level_of(moment.top) if moment.top else "none"
        yield from self._silence(moment, "nation")
        yield from self._speaks("nation", moment.units.clause)
        state = self._count(self.state, moment.at)
        yield f"nation.state={bisect_right((1, 2, 4, 8), state)}"
        total = state + self._count(self._local, moment.at)
        if total:
            yield f"nation.share={bisect_right(PARTS, state / total)}"
        if _between(self.state, low, moment.at):
            yield from ("nation.said", f"nation.said.{top}")
        elif _between(self.state, paragraph, low):
            yield "nation.said.before"
        yield from (
            f"nation.{s.zone}.{s.place.kind}.{top}" for s in moment.near if s.place.spot.code == NATION
        )

    def _count(self, starts: Sequence[int], at: int) -> int:
        """How many of some offsets the article has, or where each item stands alone the item at ``at``."""
        item = self.context.parts.at(at) if self.context.digest else None
        if item is None:
            return len(starts)
        return bisect_left(starts, item.end) - bisect_left(starts, item.start)

    def _speaks(self, name: str, clause: LayoutUnit) -> tuple[str, ...]:
        found = self._spoken.get((name, clause))
        if found is None:
            found = self._spoken[name, clause] = spoken(name, self._themes_of(clause))
        return found

    def _themes_of(self, clause: LayoutUnit) -> tuple[str, ...]:
        found = self._themes.get(clause)
        if found is None:
            found = self._themes[clause] = self.context.themes.within(self.context.layout.text, *clause)
        return found

    def _silence(self, moment: FigureContext, name: str) -> Iterator[str]:
        """How much is named near a figure, and what the article is about: what speaks for no division at all."""
        yield f"{name}.local={min(self._count(self._local, moment.at), 3)}"
        yield f"{name}.names={min(len(moment.ours), 3)}"
        said = any(s.zone in ("clause", "sentence") for s in moment.near)
        yield f"{name}.sentence" if said else f"{name}.silent"
        yield f"{name}.article={level_of(moment.top) if moment.top else 'none'}"


def _between(starts: Sequence[int], low: int, high: int) -> bool:
    """Whether one of the offsets, which are in order, is in a span."""
    return bisect_left(starts, high) > bisect_left(starts, low)
