"""The fuzzing room's properties: what must hold of any text, whatever was done to it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.extract.numbers.fold import fold
from taizhang.extract.numbers.forms import next_run
from taizhang.extract.numbers.quantify import measure
from taizhang.pipeline import Pipeline
from taizhang.records import Document, RectificationItem
from taizhang.result import Result
from taizhang.rules import RuleSet
from taizhang.run.account import account
from taizhang.stages import Trace

PUBLISHED = "2024-06-01"


def article(text: str) -> Article:
    """A text as an article with a date, so that relative times are worked out."""
    return Article(Document(id="fuzz", published=PUBLISHED), Aligned.whole(text), text)


def run(text: str, pipeline: Pipeline) -> Trace:
    """All stages over one text.

    Raises:
        AssertionError: a property does not hold; the message has every fault.
    """
    trace = pipeline.run(article(text))
    faults = list(faults_of(trace))
    if faults:
        raise AssertionError("; ".join(faults))
    return trace


def faults_of(trace: Trace) -> Iterator[str]:
    """What does not hold of one article that went through all stages."""
    made = account(trace)
    if made.lost:
        yield f"numerals: {made} does not balance"
    yield from _spans(trace)
    yield from _values(trace.result, trace.rules)
    ids = [record.id for record in trace.result.records]
    if len(set(ids)) < len(ids):
        yield f"ids: {ids} are not unique"
    for record in trace.result.records:
        if record.part_of is not None and (record.part_of not in ids or record.part_of == record.id):
            yield f"part_of: {record.quote!r} is a part of none"


def _spans(trace: Trace) -> Iterator[str]:
    cleaned, result = trace.cleaned, trace.result
    for item in (*result.records, *result.rejects):
        span = item.span
        if span is None:
            continue
        text, start, end = cleaned.text, span.start, span.end
        if start == end:
            text, start, end = cleaned.raw, span.raw_start, span.raw_end
        elif cleaned.aligned.source_span(start, end) != (span.raw_start, span.raw_end):
            yield f"span: {item.quote!r} has another source than {span}"
        if start >= end or text[start:end] != item.quote:
            yield f"span: {item.quote!r} is not what stands at {span}"
        if item.quote not in item.sentence and span.start < span.end and item.sentence:
            yield f"sentence: {item.quote!r} is not in it"
    for before, after in pairwise(result.records):
        if before.span.end > after.span.start:
            yield f"span: {before.quote!r} and {after.quote!r} overlap or are not in order"


def _values(result: Result, rules: RuleSet) -> Iterator[str]:
    for record in result.records:
        if (record.value, record.value_max) not in _readings(record, rules):
            yield f"value: {record.quote!r} does not say {record.value} to {record.value_max}"


def _readings(record: RectificationItem, rules: RuleSet) -> Iterator[tuple[object, object]]:
    at, quote = 0, fold(record.quote, rules)  # as the grammar reads it: 1億 says what 1亿 says
    while (found := next_run(quote, at, rules)) is not None:
        reading = measure(quote, found, rules)
        if reading is not None:
            yield reading.value, reading.value_max
        at = found.end
