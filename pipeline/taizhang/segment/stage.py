"""The segment stage: cut a clean text into its pieces; its words, and the Doc that shows it all, when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from taizhang.align import Aligned
from taizhang.article import Cleaned
from taizhang.rules import RuleSet
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.layout import Layout, LayoutUnit, Section
from taizhang.segment.tokens import TokenLexicon, Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["Segmented", "segment"]


class Segmented:
    """A clean text with its pieces.

    Attributes:
        cleaned: what the stage was given.
        layout: sections, paragraphs, sentences and clauses.
        tokens: the words of each clause, cut when they are asked for.
        boundaries, lexicon: what it was cut by.
    """

    def __init__(
        self, cleaned: Cleaned, layout: Layout, boundaries: Boundaries, lexicon: TokenLexicon
    ) -> None:
        self.cleaned, self.layout, self.boundaries, self.lexicon = cleaned, layout, boundaries, lexicon
        self.tokens = Tokens(layout, boundaries, lexicon)

    def only(self, text: str, bars: Sequence[int] = ()) -> Segmented:
        """The same article with ``text``, which is as long as its own and blank where something is left out.

        Nothing goes on over one of the ``bars``.
        """
        cleaned = replace(self.cleaned, aligned=Aligned(text, ()), tables=())
        layout = replace(self.boundaries.layout(text, self.cleaned.title_end), bars=tuple(bars))
        return Segmented(cleaned, layout, self.boundaries, self.lexicon)

    @cached_property
    def doc(self) -> Doc:
        """All of it as a spaCy Doc, which no stage needs: made, and spaCy imported, when first asked for.

        Its span groups ``sections``, ``headings``, ``paragraphs``, ``sentences`` and ``clauses`` hold the pieces.
        """
        from spacy.tokens import Doc  # noqa: PLC0415 - takes longer to import than all the rules to load

        tokens = self.tokens.all()
        words = [self.cleaned.text[token.start : token.end] for token in tokens]
        tags = [token.tag for token in tokens]
        doc = Doc(_vocabulary(), words=words, spaces=[False] * len(words), tags=tags)
        _mark(doc, self.layout, [0, *(token.end for token in tokens)])
        return doc


def segment(cleaned: Cleaned, rules: RuleSet) -> Segmented:
    """Cut a clean text into its pieces."""
    boundaries = Boundaries.of(rules)
    layout = boundaries.layout(cleaned.text, cleaned.title_end, cleaned.tables)
    return Segmented(cleaned, layout, boundaries, TokenLexicon.of(rules))


def _mark(doc: Doc, layout: Layout, borders: Sequence[int]) -> None:
    """The layout as span groups, so that a Doc shows it to people and to other spaCy components."""
    from spacy.tokens import Span, SpanGroup  # noqa: PLC0415 - as above

    number = {border: i for i, border in enumerate(borders)}
    levels: dict[str, Sequence[LayoutUnit] | Sequence[Section]] = {
        "sections": layout.sections,
        "paragraphs": layout.paragraphs,
        "sentences": layout.sentences,
        "clauses": layout.clauses,
    }
    for name, units in levels.items():
        spans = [Span(doc, number[u.start], number[u.end]) for u in units]
        doc.spans[name] = SpanGroup(doc, name=name, spans=spans)
    headings = [s for s in layout.sections if s.heading_end > s.heading_start]
    spans = [Span(doc, number[s.heading_start], number[s.heading_end]) for s in headings]
    doc.spans["headings"] = SpanGroup(doc, name="headings", spans=spans)


@lru_cache(maxsize=1)
def _vocabulary() -> Vocab:
    from spacy.lang.zh import Chinese  # noqa: PLC0415 - as above
    from spacy.vocab import create_vocab  # noqa: PLC0415 - as above

    # That of a blank pipeline; making the pipeline itself would load every plugin that is installed.
    return create_vocab("zh", Chinese.Defaults)
