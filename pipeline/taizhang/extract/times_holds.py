"""Extract: how far each date of a text holds: from where it stands to the end of its clause, sentence or paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from taizhang.extract.times_rules import Compiled, Reach
from taizhang.records import Date
from taizhang.segment.layout import Layout

BEFORE = 6  # characters before a date in which a word that narrows it may stand
OPENING = 30  # characters before a date in which the words that lead a clause in may stand


class Hold(NamedTuple):
    """One date, the offset up to which it holds, and the rule that says so."""

    date: Date
    end: int
    reach: Reach
    rule: str


def holds(layout: Layout, dates: Sequence[Date], rules: Compiled) -> list[Hold]:
    """The dates that hold for anything after them, in text order."""
    found = (_hold(layout, date, rules) for date in dates)
    return [hold for hold in found if hold is not None]


def _hold(layout: Layout, date: Date, rules: Compiled) -> Hold | None:
    reach, rule = _reach(layout, date, rules)
    index = layout.clause_at(date.start)
    if reach == "nothing" or index < 0:
        return None
    clause = layout.clauses[index]
    if reach == "paragraph" and not _opens(layout, date, rules):
        reach = "sentence"
    if rules.narrated.search(layout.text, date.end, clause.end):
        reach = "clause"
    ends = {
        "clause": clause.end,
        "sentence": layout.sentences[layout.sentence_at(date.start)].end,
        "paragraph": layout.paragraphs[layout.paragraph_at(date.start)].end,
    }
    closer = rules.close.search(layout.text, date.end, clause.end)
    return Hold(date, closer.start() if closer else ends[reach], reach, rule)


def _reach(layout: Layout, date: Date, rules: Compiled) -> tuple[Reach, str]:
    """The reach of the date's own pattern, or the narrower one that its neighbours give it."""
    before = layout.text[max(0, date.start - BEFORE) : date.start]
    for narrow, front, back in rules.narrow:
        if front and front.search(before):
            return narrow.reach, narrow.id
        if back and back.match(layout.text, date.end):
            return narrow.reach, narrow.id
    return rules.reach.get(date.rule, ("sentence", "time.sentence"))


def _opens(layout: Layout, date: Date, rules: Compiled) -> bool:
    """Whether nothing but leading words stands between the date and the beginning of its clause."""
    clause = layout.clauses[layout.clause_at(date.start)]
    lead = layout.text[max(clause.start, date.start - OPENING) : date.start]
    match = rules.lead.search(lead)
    return match is not None and match.start() == 0 and date.start - clause.start <= OPENING
