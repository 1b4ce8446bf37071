"""Extract: how far each date of a text holds: to the end of its clause, sentence or paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from taizhang.extract.times_rules import REACHES, Compiled, Narrow, Reach, ReachRule
from taizhang.records import Date, Quantity
from taizhang.segment.layout import Layout

WINDOW = 200  # characters after a date in which its clause is read; a longer one is no prose
BEFORE = 6  # characters before a date in which a word that narrows it may stand
YEARS = re.compile(r"\d{4}(?:/\d{4})?")
OPENING = 30  # characters before a date in which the words that lead a clause in may stand


class Hold(NamedTuple):
    """One date, its value for what it governs, how far it holds, and the rule that says so.

    Attributes:
        date: the date as found.
        value: ISO 8601; of a period that closes a count, its end.
        end: offset up to which the date holds.
        reach: the piece of the layout that ends there.
        closing: whether the date says up to when a count was taken.
        opens: whether the date opens its clause.
        rule: id of the rule that decided the reach.
    """

    date: Date
    value: str
    end: int
    reach: Reach
    closing: bool
    opens: bool
    rule: str


def holds(
    layout: Layout, dates: Sequence[Date], quantities: Sequence[Quantity], rules: Compiled
) -> list[Hold]:
    """The dates that hold for anything after them, in text order."""
    found = (_hold(layout, date, rules) for date in dates)
    starts = [quantity.start for quantity in quantities]
    return [_scene(layout, hold, starts, rules) for hold in found if hold is not None]


def _scene(layout: Layout, hold: Hold, starts: Sequence[int], rules: Compiled) -> Hold:
    """A year that opens a paragraph in which nothing is counted sets the scene for the paragraphs after it.

    The title of a report names the year in which it is given, and sets none.
    """
    if hold.reach != "paragraph" or not YEARS.fullmatch(hold.value):
        return hold
    paragraph = layout.paragraphs[layout.paragraph_at(hold.date.start)]
    if rules.titles.search(layout.text, paragraph.start, paragraph.end):
        return hold
    if bisect_left(starts, paragraph.end) > bisect_left(starts, paragraph.start):
        return hold
    section = layout.section_at(hold.date.start)
    end = layout.sections[section].end if section >= 0 else hold.end
    return hold._replace(end=max(hold.end, end), rule="time.scene")


def _hold(layout: Layout, date: Date, rules: Compiled) -> Hold | None:
    rule = _rule(layout, date, rules)
    if rule is None or rule.reach == "nothing" or layout.clause_at(date.start) < 0:
        return None
    opens = _opens(layout, date, rules)
    window = date.end + WINDOW
    narrated = rules.narrated.search(layout.text, date.end, min(window, _clause_end(layout, date)))
    reach: Reach = "sentence" if rule.reach == "paragraph" and (narrated or not opens) else rule.reach
    own_end = layout.clauses[layout.clause_at(date.start)].end
    closer = rules.close.search(layout.text, date.end, min(window, own_end))
    end = closer.start() if closer else _end(layout, date, reach, rules)
    value = date.value.split("/")[-1] if rule.closing and not date.value.endswith("..") else date.value
    value = value.removeprefix(
        "../"
    )  # a thing is done at the latest on the day up to which the text says it is
    return Hold(date, value, end, reach, rule.closing, opens, rule.id)


def _clause_end(layout: Layout, date: Date) -> int:
    """The end of the date's clause; for a date that is all of one (2019年，…) the end of the next."""
    index = layout.clause_at(date.start)
    end = layout.clauses[index].end
    if end - date.end > 1 or index + 1 == len(layout.clauses):
        return end
    sentence = layout.sentences[layout.sentence_at(date.start)]
    return min(layout.clauses[index + 1].end, sentence.end)


def _end(layout: Layout, date: Date, reach: Reach, rules: Compiled) -> int:
    """Where a reach ends; sentences that list parts of the one before belong to it."""
    if reach == "clause":
        return _clause_end(layout, date)
    paragraph = layout.paragraphs[layout.paragraph_at(date.start)]
    if reach == "paragraph":
        return paragraph.end
    index = layout.sentence_at(date.start)
    if reach == "statement":
        end = layout.sentences[index].end
        stops = [
            at for at in (layout.text.find(mark, date.end, end) for mark in rules.statement_ends) if at >= 0
        ]
        return min(stops, default=end)
    while index + 1 < len(layout.sentences):
        following = layout.sentences[index + 1]
        if following.start >= paragraph.end or not rules.resume.match(layout.text, following.start):
            break
        index += 1
    return layout.sentences[index].end


def _rule(layout: Layout, date: Date, rules: Compiled) -> ReachRule | Narrow | None:
    """The rule of the date's own pattern, or the narrowest that its neighbours bring in.

    Of words that end alike before the date the longest counts: 截至, not 至.
    """
    before = layout.text[max(0, date.start - BEFORE) : date.start]
    near: list[tuple[Narrow, int]] = []
    for narrow, front, back in rules.narrow:
        match = front.search(before)
        if match and date.quote not in narrow.unless and back.match(layout.text, date.end):
            near.append((narrow, match.end() - match.start()))
    longest = max((size for _, size in near), default=0)
    found: list[ReachRule | Narrow] = [narrow for narrow, size in near if size in (0, longest)]
    if date.rule in rules.reach:
        found.append(rules.reach[date.rule])
    return min(found, key=lambda rule: REACHES.index(rule.reach), default=None)


def _opens(layout: Layout, date: Date, rules: Compiled) -> bool:
    """Whether nothing but leading words stands between the date and the beginning of its clause."""
    clause = layout.clauses[layout.clause_at(date.start)]
    if date.start - clause.start > OPENING:
        return False
    return rules.lead.fullmatch(layout.text, clause.start, date.start) is not None
