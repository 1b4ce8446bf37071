"""Extract: when each quantity was so: the date that governs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taizhang.extract.candidates import TimeChoice
from taizhang.extract.dates_calendar import parse
from taizhang.extract.dates_readings import BACKWARD
from taizhang.extract.times_holds import Hold, holds
from taizhang.extract.times_rules import Compiled, time_rules
from taizhang.records import Date, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout

NOTHING = TimeChoice("", "")
TITLE = 200  # characters from the beginning of a text without a title of its own in which one may stand


def resolve_times(
    layout: Layout,
    quantities: Sequence[Quantity],
    dates: Sequence[Date],
    rules: RuleSet,
    published: str | None,
) -> list[TimeChoice]:
    """The time of each quantity, in their order.

    Args:
        layout: the pieces of the clean text.
        quantities: in text order.
        dates: as ``find_dates`` found them in the same text.
        rules: the rule set in force.
        published: the article's own date, ISO 8601.

    Returns:
        For each quantity the ISO 8601 value of the date that governs it, with the rule that decided; empty where
        nothing says.
    """
    compiled = time_rules(rules)
    governing = _governing(holds(layout, dates, compiled), quantities)
    report = _reported_year(layout, compiled, published)
    return [
        _chosen(layout, quantity, hold, dates, compiled, report)
        for quantity, hold in zip(quantities, governing, strict=True)
    ]


def _governing(found: Sequence[Hold], quantities: Sequence[Quantity]) -> Iterator[Hold | None]:
    """For each quantity the nearest date before it that still holds.

    Dates that hold are kept as a stack: the nearest on top, and none below that ends before the one above it.
    """
    stack: list[Hold] = []
    waiting = 0
    for quantity in quantities:
        while waiting < len(found) and found[waiting].date.end <= quantity.start:
            _push(stack, found[waiting])
            waiting += 1
        while stack and stack[-1].end <= quantity.start:
            stack.pop()
        yield stack[-1] if stack else None


def _push(stack: list[Hold], hold: Hold) -> None:
    """Put a date on top; a coarser one inside a closing date's reach (截至3月底，今年已…) adds nothing."""
    while stack and stack[-1].end <= hold.date.start:
        stack.pop()
    top = stack[-1] if stack else None
    if top and top.rule == "time.cutoff" and top.date.value.startswith(hold.date.value):
        return
    while stack and stack[-1].end <= hold.end:
        stack.pop()
    stack.append(hold)


def _chosen(
    layout: Layout,
    quantity: Quantity,
    hold: Hold | None,
    dates: Sequence[Date],
    rules: Compiled,
    report: str,
) -> TimeChoice:
    clause = layout.clauses[layout.clause_at(quantity.start)]
    sentence = layout.sentences[layout.sentence_at(quantity.start)]
    if hold and (hold.date.start >= sentence.start or not rules.leave.match(layout.text, sentence.start)):
        return TimeChoice(hold.date.value, hold.rule)
    for date in dates:
        if quantity.end <= date.start < clause.end and rules.trailing.search(layout.text[quantity.end : date.start]):
            return TimeChoice(date.value, "time.trailing")
    if report and rules.indicators.search(layout.text, clause.start, clause.end):
        return TimeChoice(report, "time.report")
    return NOTHING


def _reported_year(layout: Layout, rules: Compiled, published: str | None) -> str:
    """The year that a yearly report looks back on, if the text is one."""
    date = parse(published)
    title = layout.text[layout.title.start : layout.title.end] or layout.text[:TITLE]
    if date is None or (date.month or 12) > BACKWARD + 2 or not rules.titles.search(title):
        return ""
    return str(date.year - 1)
