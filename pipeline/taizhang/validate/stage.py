"""The validate stage: every candidate a record, every exclusion a rejection; nothing vanishes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from taizhang.article import Cleaned
from taizhang.base_units import BaseUnits
from taizhang.clean import dropped
from taizhang.extract.candidates import Extraction
from taizhang.records import Document, RectificationItem, Rejection, Span
from taizhang.result import Result
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout
from taizhang.validate.checks import checks
from taizhang.validate.confidence import confidence

__all__ = ["validate"]

NEAR = 1000  # characters of a sentence before a number and after it that its record shows


def validate(extraction: Extraction, rules: RuleSet) -> Result:
    """The article's records and rejections, in text order."""
    records = tuple(_records(extraction, rules))
    rejects = (*_excluded(extraction), *_left_out(extraction.cleaned))
    ordered = tuple(sorted(rejects, key=lambda r: (r.span.start, r.span.raw_start) if r.span else (0, 0)))
    return Result(
        document=extraction.cleaned.document, records=records, rejects=ordered, text=extraction.cleaned.text
    )


def _records(extraction: Extraction, rules: RuleSet) -> Iterator[RectificationItem]:
    cleaned, layout = extraction.cleaned, extraction.layout
    spans = [_span(cleaned, c.quantity.start, c.quantity.end) for c in extraction.candidates]
    quotes = [c.quantity.quote for c in extraction.candidates]
    ids = [record_id(cleaned.document, s, quote) for s, quote in zip(spans, quotes, strict=True)]
    warned = checks(extraction.candidates, cleaned, rules)
    units = BaseUnits.of(rules)
    for number, candidate in enumerate(extraction.candidates):
        quantity = candidate.quantity
        warnings = warned[number]
        based = units.based(quantity.value, quantity.unit, quantity.kind)
        yield RectificationItem(
            id=ids[number],
            document=cleaned.document,
            place=candidate.place,
            agency=candidate.agency or None,
            metric=candidate.metric,
            value=quantity.value,
            value_max=quantity.value_max,
            unit=quantity.unit,
            value_base=based.value,
            unit_base=based.unit,
            bound=quantity.bound,
            kind=quantity.kind,
            phase=candidate.phase,
            time=candidate.time or None,
            part_of=ids[candidate.part_of] if candidate.part_of is not None else None,
            answers=ids[candidate.answers] if candidate.answers is not None else None,
            row=candidate.row or None,
            quote=quantity.quote,
            sentence=evidence(layout, quantity.start, quantity.end),
            span=spans[number],
            rules=candidate.rules,
            checks=warnings,
            confidence=confidence(candidate, warnings, rules),
        )


def record_id(document: Document, span: Span, quote: str) -> str:
    """The id of a record. The same input gives the same id whatever the rules, while span and quote are the same."""
    content = "\0".join((document.id, document.sha256, str(span.raw_start), str(span.raw_end), quote))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _span(cleaned: Cleaned, start: int, end: int) -> Span:
    raw_start, raw_end = cleaned.aligned.source_span(start, end)
    return Span(start=start, end=end, raw_start=raw_start, raw_end=raw_end)


def evidence(layout: Layout, start: int, end: int) -> str:
    """The sentence around ``[start, end)``, in a table its row; of one without end, what is near, or the ledger
    would outgrow its text. All of a short row share one."""
    number = layout.sentence_at(start)
    if number < 0:
        return ""
    low, high = layout.row_at(start) or layout.sentences[number]
    return layout.text[max(low, start - NEAR) : max(end, min(high, end + NEAR))]


def _excluded(extraction: Extraction) -> Iterator[Rejection]:
    cleaned, layout = extraction.cleaned, extraction.layout
    for exclusion in extraction.exclusions:
        yield Rejection(
            document=cleaned.document,
            reason=exclusion.reason,
            quote=cleaned.text[exclusion.start : exclusion.end],
            sentence=evidence(layout, exclusion.start, exclusion.end),
            span=_span(cleaned, exclusion.start, exclusion.end),
            rule=exclusion.rule,
        )


def _left_out(cleaned: Cleaned) -> Iterator[Rejection]:
    """Numbers in what reading and cleaning left out of the text: markup, other fields, page codes."""
    for raw_start, raw_end in dropped(cleaned):
        yield Rejection(
            document=cleaned.document,
            reason="boilerplate",
            quote=cleaned.raw[raw_start:raw_end],
            span=Span(start=0, end=0, raw_start=raw_start, raw_end=raw_end),
            rule="read.left-out",
        )
