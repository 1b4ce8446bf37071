"""The show room's tables: what each stage made of an article, as rows of strings for the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taizhang.messages import speaking
from taizhang.messages.codes import named
from taizhang.records import Quantity, RectificationItem
from taizhang.show.numbers import Number
from taizhang.show.words import words

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
        unsure = _said("uncertain") if fix.uncertain else ""
        yield fix.name, _span(fix.raw_start, fix.raw_end), fix.before, fix.after, unsure


def _layout(trace: Trace) -> Iterator[Row]:
    layout = trace.extraction.layout
    for section in layout.sections:
        heading = layout.text[section.heading_start : section.heading_end].strip()
        yield _said("section"), _span(section.start, section.end), heading or _said("no_heading")
    for sentence in layout.sentences:
        yield (
            _said("sentence"),
            _span(sentence.start, sentence.end),
            layout.text[sentence.start : sentence.end].strip(),
        )
    for clause in layout.clauses:
        yield _said("clause"), _span(clause.start, clause.end), layout.text[clause.start : clause.end].strip()


def _found(trace: Trace) -> Iterator[Row]:
    for candidate in trace.extraction.candidates:
        q = candidate.quantity
        phase = named_in_both("phase", candidate.phase)
        reading = f"{_quantity(q)}; {candidate.metric.name}; {candidate.place.name}; {phase}"
        rules = ", ".join(f"{name} {rule}" for name, rule in {**q.rules, **candidate.rules}.items())
        yield _span(q.start, q.end), _said("candidate"), q.quote, reading, rules
    for e in trace.extraction.exclusions:
        reason = named_in_both("reason", e.reason)
        yield _span(e.start, e.end), _said("no_quantity"), trace.cleaned.text[e.start : e.end], reason, e.rule
    for date in trace.extraction.dates:
        reading = date.value or _said("unknown_date")
        yield _span(date.start, date.end), _said("date"), date.quote, reading, date.rule
    for place in trace.extraction.places:
        reading = place.name or f"{_said('one_of')}: {', '.join(place.candidates)}"
        yield _span(place.start, place.end), _said("place_name"), place.surface, reading, place.rule


def _quantity(q: Quantity) -> str:
    upper = "" if q.value_max is None else f"–{format(q.value_max, 'f')}"
    return f"{format(q.value, 'f')}{upper} {q.unit} {named_in_both('bound', q.bound)} {named_in_both('kind', q.kind)}"


def _said(name: str) -> str:
    """A word of the page in both languages."""
    return str(words()[name])


def named_in_both(field: str, code: str) -> str:
    """A code with its Chinese name, whatever language is spoken: the page is the same in every locale."""
    with speaking("zh"):
        return named(field, code)


def _outcome(number: Number) -> Row:
    outcome = number.outcome
    if isinstance(outcome, RectificationItem):
        became = f"{format(outcome.value, 'f')}{outcome.unit}"
        checks = ", ".join(named_in_both("checks", name) for name in outcome.checks)
        return (
            str(number.n),
            became,
            outcome.metric.name,
            outcome.place.name,
            checks,
            f"{outcome.confidence:.2f}",
        )
    return str(number.n), _said("no_record"), named_in_both("reason", outcome.reason), "", outcome.detail, ""
