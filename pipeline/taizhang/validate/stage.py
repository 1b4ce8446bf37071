"""The validate stage: every candidate a record, every exclusion a rejection; nothing vanishes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from heapq import merge
from itertools import islice

from taizhang.article import Cleaned
from taizhang.base_units import BaseUnits
from taizhang.clean import dropped
from taizhang.extract.candidates import Exclusion, Extraction
from taizhang.records import Document, RectificationItem, Rejection, Span
from taizhang.result import Continued, Result, joined
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout
from taizhang.validate.checks import checks
from taizhang.validate.confidence import confidence

__all__ = ["validate"]

REMEMBERED = 1024  # ids of totals: of a table's, many others are parts
PART = 1000  # records, or rejections, of one part of a result
NEAR = 1000  # characters of a sentence before a number and after it that its record shows


def validate(extraction: Extraction, rules: RuleSet) -> Result:
    """The article's records and rejections, in text order."""
    return joined(results(extraction, rules))


def results(extraction: Extraction, rules: RuleSet) -> Iterator[Result]:
    """The same in parts, of which only one is in memory at a time: the records, then the rejections.

    The text is in the first, which always comes.
    """
    document, text = extraction.cleaned.document, extraction.cleaned.text
    made: type[Result] = Result
    records, rejects = _records(extraction, rules), _rejects(extraction)
    while len(some := tuple(islice(records, PART))) == PART:
        yield made(document=document, records=some, text=text)
        made, text = Continued, ""
    rest = tuple(islice(rejects, PART))
    yield made(document=document, records=some, rejects=rest, text=text)
    while rest := tuple(islice(rejects, PART)):
        yield Continued(document=document, rejects=rest)


def _records(extraction: Extraction, rules: RuleSet) -> Iterator[RectificationItem]:
    cleaned, layout = extraction.cleaned, extraction.layout
    id_of = _ids(extraction)
    warned = checks(extraction.candidates, cleaned, rules)
    units = BaseUnits.of(rules)
    for number, candidate in enumerate(extraction.candidates):
        quantity = candidate.quantity
        span = _span(cleaned, quantity.start, quantity.end)
        warnings = warned.get(number, ())
        based = units.based(quantity.value, quantity.unit, quantity.kind)
        yield RectificationItem.known(
            id=record_id(cleaned.document, span, quantity.quote),
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
            part_of=id_of(candidate.part_of),
            answers=id_of(candidate.answers),
            duplicate_of=None,
            row=candidate.row or None,
            quote=quantity.quote,
            sentence=evidence(layout, quantity.start, quantity.end),
            span=span,
            rules=candidate.rules,
            checks=warnings,
            confidence=confidence(candidate, warnings, rules),
        )


def _ids(extraction: Extraction) -> Callable[[int | None], str | None]:
    """A function that gives the id of a record that others point at, by its number."""

    @lru_cache(maxsize=REMEMBERED)
    def of(number: int | None) -> str | None:
        if number is None:
            return None
        quantity = extraction.candidates[number].quantity
        span = _span(extraction.cleaned, quantity.start, quantity.end)
        return record_id(extraction.cleaned.document, span, quantity.quote)

    return of


def record_id(document: Document, span: Span, quote: str) -> str:
    """The id of a record. The same input gives the same id whatever the rules, while span and quote are the same."""
    content = "\0".join((document.id, document.sha256, str(span.raw_start), str(span.raw_end), quote))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _span(cleaned: Cleaned, start: int, end: int) -> Span:
    raw_start, raw_end = cleaned.aligned.source_span(start, end)
    return Span.known(start=start, end=end, raw_start=raw_start, raw_end=raw_end)


def evidence(layout: Layout, start: int, end: int) -> str:
    """The sentence around ``[start, end)``, in a table its row; of one without end, what is near, or the ledger
    would outgrow its text. All of a short row share one."""
    number = layout.sentence_at(start)
    if number < 0:
        return ""
    low, high = layout.row_at(start) or layout.sentences[number]
    return layout.text[max(low, start - NEAR) : max(end, min(high, end + NEAR))]


def _rejects(extraction: Extraction) -> Iterator[Rejection]:
    """The rejections in text order."""
    return merge(_excluded(extraction), _left_out(extraction.cleaned), key=_position)


def _position(reject: Rejection) -> tuple[int, int]:
    return (reject.span.start, reject.span.raw_start) if reject.span else (0, 0)


def _excluded(extraction: Extraction) -> Iterator[Rejection]:
    cleaned, layout = extraction.cleaned, extraction.layout
    longest = len(cleaned.raw) + 1

    def position(exclusion: Exclusion) -> int:
        """As one number, which takes less room than two."""
        raw_start, _ = cleaned.aligned.source_span(exclusion.start, exclusion.end)
        return exclusion.start * longest + raw_start

    for exclusion in sorted(extraction.exclusions, key=position):
        yield Rejection.known(
            scope="number",
            document=cleaned.document,
            reason=exclusion.reason,
            detail="",
            quote=cleaned.text[exclusion.start : exclusion.end],
            sentence=evidence(layout, exclusion.start, exclusion.end),
            span=_span(cleaned, exclusion.start, exclusion.end),
            rule=exclusion.rule,
        )


def _left_out(cleaned: Cleaned) -> Iterator[Rejection]:
    """Numbers in what reading and cleaning left out of the text: markup, other fields, page codes."""
    for raw_start, raw_end in dropped(cleaned):
        yield Rejection.known(
            scope="number",
            document=cleaned.document,
            reason="boilerplate",
            detail="",
            quote=cleaned.raw[raw_start:raw_end],
            sentence="",
            span=Span.known(start=0, end=0, raw_start=raw_start, raw_end=raw_end),
            rule="read.left-out",
        )
