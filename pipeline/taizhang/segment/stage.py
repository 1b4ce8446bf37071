"""The segment stage: cut a clean text, tag its words, and hang the pieces on a Doc."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.lang.zh import Chinese
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab, create_vocab

from taizhang.article import Cleaned
from taizhang.rules import RuleSet
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.layout import Layout, Section, Unit
from taizhang.segment.tokens import Lexicon, Tokens

__all__ = ["segment"]


def segment(cleaned: Cleaned, rules: RuleSet) -> Doc:
    """Cut a clean text into its pieces.

    The Doc's span groups ``sections``, ``headings``, ``paragraphs``, ``sentences`` and ``clauses`` hold the pieces;
    ``doc.user_data`` holds the ``Cleaned``, the ``Layout`` and the ``Tokens`` under ``taizhang.cleaned``,
    ``taizhang.layout`` and ``taizhang.tokens`` (reading them back from the Doc one by one would cost as much as the
    whole cut). Only sentences that may hold a number are cut into words; any other clause is one token.
    """
    boundaries = Boundaries.of(rules)
    layout = boundaries.layout(cleaned.text, cleaned.title_end)
    lexicon = Lexicon.of(rules)
    words: list[str] = []
    tags: list[str] = []
    for piece, worth_it in _chunks(layout, boundaries):
        cut = lexicon.cut(piece) if worth_it else [piece]
        words += cut
        tags += map(lexicon.tag, cut) if worth_it else [""]
    tokens = Tokens(words, tags)
    doc = Doc(_vocabulary(), words=words, spaces=[False] * len(words), tags=tags)
    _mark(doc, layout, tokens)
    doc.user_data.update({"taizhang.cleaned": cleaned, "taizhang.layout": layout, "taizhang.tokens": tokens})
    return doc


def _chunks(layout: Layout, boundaries: Boundaries) -> Iterator[tuple[str, bool]]:
    """The text in clause-sized pieces without a gap, and whether a piece's sentence may hold a number."""
    done = 0
    sentences = iter(layout.sentences)
    sentence = Unit(0, 0)
    worth_it = False
    for clause in layout.clauses:
        if clause.start > done:
            yield layout.text[done : clause.start], False
        while clause.start >= sentence.end:
            sentence = next(sentences)
            worth_it = boundaries.numeral.search(layout.text, sentence.start, sentence.end) is not None
        yield layout.text[clause.start : clause.end], worth_it
        done = clause.end
    if done < len(layout.text):
        yield layout.text[done:], False


def _mark(doc: Doc, layout: Layout, tokens: Tokens) -> None:
    """The layout as span groups, so that a Doc shows it to people and to other spaCy components."""
    number = {border: i for i, border in enumerate(tokens.borders)}
    levels: dict[str, Sequence[Unit] | Sequence[Section]] = {
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
    # That of a blank pipeline; making the pipeline itself would load every plugin that is installed.
    return create_vocab("zh", Chinese.Defaults)
