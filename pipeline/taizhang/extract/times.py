"""Extract: when each quantity was so: the date that governs it."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.candidates import TimeChoice
from taizhang.extract.dates_calendar import parse
from taizhang.extract.times_holds import WINDOW, Hold, holds
from taizhang.extract.times_rules import Compiled, time_rules
from taizhang.records import Date, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout

NOTHING = TimeChoice("", "")
HEAD = 200  # characters from the beginning of a text in which a report says what it is
REPORTED = 5  # last month in which reports on the year before are given


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
        For each quantity the ISO 8601 value of the date that governs it, with the rule that decided; empty
        where nothing says.
    """
    compiled = time_rules(rules)
    found = holds(layout, dates, quantities, compiled)
    report = _reported_year(layout, compiled, published)
    stack: list[Hold] = []
    choices = []
    waiting = 0
    for quantity in quantities:
        while waiting < len(found) and found[waiting].date.end <= quantity.start:
            _push(stack, found[waiting], layout)
            waiting += 1
        while stack and stack[-1].end <= quantity.start:
            stack.pop()
        hold = _in_force(stack, layout, quantity, compiled) or _behind(
            found, waiting, layout, quantity, compiled
        )
        choices.append(hold or _of_report(layout, quantity, compiled, report))
    return choices


def _push(stack: list[Hold], hold: Hold, layout: Layout) -> None:
    """Put a date on top of those that hold: the nearest governs, and none below ends before the one above it.

    A coarser date inside a closing date's reach adds nothing (截至3月底，今年已…); a date that opens a later
    sentence ends what an earlier sentence had set.
    """
    while stack and stack[-1].end <= hold.date.start:
        stack.pop()
    if stack and stack[-1].closing and stack[-1].value.startswith(hold.value):
        return
    sentence = layout.sentences[layout.sentence_at(hold.date.start)]
    while stack and (stack[-1].end <= hold.end or (hold.opens and stack[-1].date.start < sentence.start)):
        stack.pop()
    stack.append(hold)


def _in_force(
    stack: Sequence[Hold], layout: Layout, quantity: Quantity, rules: Compiled
) -> TimeChoice | None:
    """The nearest date before the quantity that still holds, unless its sentence leaves it."""
    if not stack:
        return None
    sentence = layout.sentences[layout.sentence_at(quantity.start)]
    earlier = stack[-1].date.start < sentence.start
    if earlier and rules.leave.match(layout.text, sentence.start):
        return None
    return TimeChoice(stack[-1].value, stack[-1].rule)


def _behind(
    found: Sequence[Hold], index: int, layout: Layout, quantity: Quantity, rules: Compiled
) -> TimeChoice | None:
    """A date behind the quantity in its clause, as an adverb of the same statement (3座桥将于明年建成)."""
    clause = layout.clauses[layout.clause_at(quantity.start)]
    if index >= len(found) or not quantity.end <= found[index].date.start < clause.end:
        return None
    hold = found[index]
    adverb = rules.trailing.search(layout.text[quantity.end : hold.date.start])
    return TimeChoice(hold.value, "time.trailing") if adverb else None


def _of_report(layout: Layout, quantity: Quantity, rules: Compiled, year: str) -> TimeChoice:
    """In a yearly report, the reported year for a yearly indicator."""
    clause = layout.clauses[layout.clause_at(quantity.start)]
    first, last = max(clause.start, quantity.start - WINDOW), min(clause.end, quantity.end + WINDOW)
    if year and rules.indicators.search(layout.text, first, last):
        return TimeChoice(year, "time.report")
    return NOTHING


def _reported_year(layout: Layout, rules: Compiled, published: str | None) -> str:
    """The year that a yearly report looks back on, if the text is one."""
    date = parse(published)
    if date is None or (date.month or 12) > REPORTED or not rules.titles.search(layout.text[:HEAD]):
        return ""
    return str(date.year - 1)
