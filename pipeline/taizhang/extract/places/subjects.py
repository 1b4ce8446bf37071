"""Places: the odds of each division to be what an article is about, and where it is a digest, each of its items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from taizhang.extract.places.about import FIELD, options
from taizhang.extract.places.context import PlaceContext
from taizhang.extract.places.evidence import PlaceEvidence, evidence_of, scope_of
from taizhang.extract.places.gazetteer import NATION
from taizhang.extract.places.mentions import find_places
from taizhang.judge import Weights, choose, probabilities
from taizhang.records import Document
from taizhang.rules import RuleSet
from taizhang.segment.layout import LayoutUnit

GIVEN = 0.99  # odds of a place that somebody has given: only what stands beside a figure says otherwise


class Subjects:
    """The odds of each division to be what the text is about, asked for by offset.

    Attributes:
        digest: whether each section of the text stands alone.
        evidence: what stands in the article, or in each of its sections where it is a digest.
    """

    def __init__(self, context: PlaceContext, rules: RuleSet, document: Document) -> None:
        self.layout = layout = context.layout
        self.digest = context.digest or context.summary
        self._lines = context.summary and not context.digest
        outlet = find_places(document.source or "", rules, document.published)
        codes = [m.code for m in outlet[-1:] if m.code]
        self.evidence: list[PlaceEvidence] = [
            evidence_of(scope_of(layout, *part), context, codes, self.digest) for part in self._parts()
        ]
        self._given = context.given
        self._weights = Weights.of(rules, FIELD)
        self._odds: dict[int, Mapping[str, float]] = {}

    def _parts(self) -> Iterator[tuple[LayoutUnit, LayoutUnit]]:
        """The title and the body of each text that stands alone."""
        end = self.layout.paragraphs[-1].end if self.layout.paragraphs else len(self.layout.text)
        if not self.digest:
            yield self.layout.title, LayoutUnit(self.layout.title.end, end)
            return
        if self._lines:
            yield from ((LayoutUnit(p.start, p.start), p) for p in self.layout.paragraphs)
            return
        for section in self.layout.sections:
            yield (
                LayoutUnit(section.heading_start, section.heading_end),
                LayoutUnit(section.heading_end, section.end),
            )

    def index(self, at: int) -> int:
        """Which of the texts that stand alone holds an offset."""
        if self._lines:
            return max(0, self.layout.paragraph_at(at))
        return max(0, self.layout.section_at(at)) if self.digest and self.layout.sections else 0

    def odds(self, at: int) -> Mapping[str, float]:
        """The probability of each division, of the nation and of no place to be what is in question at an offset."""
        if self._given:
            return {self._given: GIVEN, NATION: 1.0 - GIVEN}
        index = self.index(at)
        if index not in self._odds:
            choice = choose(options(self.evidence[index]), self._weights.column())
            chances = probabilities([o.score for o in choice.options])
            self._odds[index] = {o.value: p for o, p in zip(choice.options, chances, strict=True)}
        return self._odds[index]
