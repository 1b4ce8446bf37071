"""The show room's tables: what each stage made of an article, as rows of strings for the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taizhang.records import Quantity, RectificationItem
from taizhang.show.numbers import Number

if TYPE_CHECKING:
    from taizhang.stages import Trace

Row = tuple[str, ...]


def tables(trace: Trace, found: list[Number]) -> dict[str, list[Row]]:
    """The rows of each table by the name that the page has for it."""
    return {
        "fix_rows": list(_fixes(trace)),
        "layout_rows": list(_layout(trace)),
        "found_rows": sorted(_found(trace), key=lambda row: int(row[0].partition("–")[0])),
        "outcome_rows": [_outcome(number) for number in found],
    }


def _span(start: int, end: int) -> str:
    return f"{start}–{end}"


def _fixes(trace: Trace) -> Iterator[Row]:
    for fix in trace.cleaned.fixes:
        unsure = "uncertain" if fix.uncertain else ""
        yield fix.name, _span(fix.raw_start, fix.raw_end), fix.before, fix.after, unsure


def _layout(trace: Trace) -> Iterator[Row]:
    layout = trace.extraction.layout
    for section in layout.sections:
        heading = layout.text[section.heading_start : section.heading_end].strip()
        yield "section", _span(section.start, section.end), heading or "(no heading)"
    for sentence in layout.sentences:
        yield (
            "sentence",
            _span(sentence.start, sentence.end),
            layout.text[sentence.start : sentence.end].strip(),
        )
    for clause in layout.clauses:
        yield "clause", _span(clause.start, clause.end), layout.text[clause.start : clause.end].strip()


def _found(trace: Trace) -> Iterator[Row]:
    for candidate in trace.extraction.candidates:
        q = candidate.quantity
        reading = f"{_quantity(q)}; {candidate.metric.name}; {candidate.place.name}; {candidate.phase}"
        rules = ", ".join(f"{name} {rule}" for name, rule in {**q.rules, **candidate.rules}.items())
        yield _span(q.start, q.end), "candidate", q.quote, reading, rules
    for e in trace.extraction.exclusions:
        yield _span(e.start, e.end), "no quantity", trace.cleaned.text[e.start : e.end], e.reason, e.rule
    for date in trace.extraction.dates:
        yield _span(date.start, date.end), "date", date.quote, date.value or "not known which", date.rule
    for place in trace.extraction.places:
        reading = place.name or "one of " + ", ".join(place.candidates)
        yield _span(place.start, place.end), "place", place.surface, reading, place.rule


def _quantity(q: Quantity) -> str:
    upper = "" if q.value_max is None else f" to {format(q.value_max, 'f')}"
    return f"{format(q.value, 'f')}{upper} {q.unit} {q.bound} {q.kind}"


def _outcome(number: Number) -> Row:
    outcome = number.outcome
    if isinstance(outcome, RectificationItem):
        became = f"{format(outcome.value, 'f')}{outcome.unit}"
        checks = ", ".join(outcome.checks)
        return (
            str(number.n),
            became,
            outcome.metric.name,
            outcome.place.name,
            checks,
            f"{outcome.confidence:.2f}",
        )
    return str(number.n), "no record", outcome.reason, "", outcome.detail, ""
