"""Times: each date of a text as something that may govern: its value there, how far it reaches, how it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from taizhang.extract.times.lookups import TimeLookups
from taizhang.extract.times.shapes import REACHES, Narrow, Reach, ReachRule
from taizhang.records import Date
from taizhang.segment.layout import Layout

WINDOW = 200  # characters after a date in which its clause is read; a longer one is no prose
BEFORE = 6  # characters before a date in which a word that narrows it may stand
OPENING = 30  # characters before a date in which the words that lead a clause in may stand
YEARS = re.compile(r"\d{4}(?:/\d{4})?")


class DateMention(NamedTuple):
    """One date as it stands in the text.

    Attributes:
        start, end: of its words.
        value: ISO 8601, of what it governs: of a period that closes a count, its end.
        rule: id of the rule that says how far it reaches.
        reach: offset up to which it holds; its own end where it holds for nothing.
        opens: the largest piece of the layout that it opens, or nothing.
        clause, sentence, paragraph, section: indexes of the pieces of the layout that hold it.
        ends: whether nothing after its reach can be of it, since the phrase that it stands in is over.
        closing: whether it says up to when a count was taken.
        pattern: id of the pattern that found it.
        lies: where it lies from the article's own date: past, current (its year, or until now), to-come, or open.
        looks: what is seen of it wherever it stands: its rule, its pattern, what it opens, the character
            after it, and its own last character (月底, 3月).
        turn: its place among dates that are joined and told apart (2019年、2020年分别), and how many they are.
        compared: whether it is only what something is compared with, and so at most of the figure compared.
    """

    start: int
    end: int
    value: str
    rule: str
    reach: int
    opens: str
    clause: int
    sentence: int
    paragraph: int
    section: int
    ends: bool
    closing: bool
    pattern: str
    lies: str
    looks: tuple[str, str, str, str, str]
    turn: tuple[int, int] = (0, 1)
    compared: bool = False


def said(
    layout: Layout, dates: Sequence[Date], starts: Sequence[int], rules: TimeLookups, published: str
) -> list[DateMention]:
    """The dates of a text that may govern something, in text order.

    Args:
        layout: the pieces of the clean text.
        dates: in text order.
        starts: the offsets of the quantities.
        rules: the time rules.
        published: the article's own date, ISO 8601, or empty.
    """
    found: list[DateMention] = []
    compared: list[DateMention] = []
    for date in dates:
        one = _said(layout, date, rules)
        if one is not None and one.compared:
            compared.append(_same_period(layout.text, found, one, rules))
        elif one is not None:
            one = _same_period(layout.text, found, _scene(layout, one, starts, rules), rules)
            one = _joined(layout.text, found, one, rules)
            if found and found[-1].start == one.start:  # now a part of this one
                found.pop()
            found.append(one._replace(lies=_lies(one.value, published)))
            _in_turn(found)
    return sorted([*found, *compared], key=lambda one: one.start)


def _in_turn(found: list[DateMention]) -> None:
    """Number the dates that the last one is joined to and told apart from."""
    if found[-1].turn[1] == 1:
        return
    first = len(found) - 2
    while found[first].turn[0] > 0:
        first -= 1
    count = len(found) - first
    for place in range(count):
        found[first + place] = found[first + place]._replace(turn=(place, count))


def _said(layout: Layout, date: Date, rules: TimeLookups) -> DateMention | None:
    """One date; none where it governs nothing: an hour, a day of every week, part of a title, what is compared with."""
    clause = layout.clause_at(date.start)
    if clause < 0 or date.rule in rules.timeless or _titled(layout, date, rules):
        return None
    rule = _rule(layout, date, rules)
    if rule is None or (rule.reach == "nothing" and rule.id not in rules.comparisons):
        return None
    own_end = layout.clauses[clause].end
    opens = _opens(layout, date, clause, rules)
    window = min(date.end + WINDOW, _clause_end(layout, date, clause))
    narrated = rules.narrated.search(layout.text, date.end, window)
    reach: Reach = "sentence" if rule.reach == "paragraph" and (narrated or not opens) else rule.reach
    closer = rules.close.search(layout.text, date.end, min(date.end + WINDOW, own_end))
    told = narrated and opens and rule.reach == "paragraph"
    rule_id = rules.narrated_of[narrated[0]] if narrated and told else rule.id
    return DateMention(
        start=date.start,
        end=date.end,
        value=_value(layout.text, date, rule.closing, own_end, rules),
        rule=rule_id,
        reach=closer.start() if closer else _end(layout, date, clause, reach, rules),
        opens=opens,
        clause=clause,
        sentence=layout.sentence_at(date.start),
        paragraph=layout.paragraph_at(date.start),
        section=layout.section_at(date.start),
        ends=closer is not None,
        closing=rule.closing,
        pattern=date.rule,
        lies="open",
        looks=(rule_id, date.rule, opens, layout.text[date.end : date.end + 1].strip(), date.quote[-1]),
        compared=rule.reach == "nothing",
    )


def _lies(value: str, published: str) -> str:
    """Where a date lies from the article's own."""
    begins, _, ends = value.partition("/")
    if not value or not published:
        return "open"
    if begins > published[: len(begins)]:
        return "to-come"
    return "current" if ends == ".." or published.startswith(ends or begins) else "past"


def _titled(layout: Layout, date: Date, rules: TimeLookups) -> bool:
    """Whether a date stands inside the marks of a title that its sentence opened."""
    text, start = layout.text, layout.sentences[layout.sentence_at(date.start)].start
    for pair in rules.title_marks:
        opened = text.rfind(pair[0], start, date.start)
        if opened >= 0 and text.find(pair[1], opened, date.start) < 0:
            return True
    return False


def _value(text: str, date: Date, closing: bool, end: int, rules: TimeLookups) -> str:
    """Of what closes a count the end; what is followed by its event and 以来 lasts until now (9月1日开课以来)."""
    value = date.value.removeprefix("../")  # what is to be done before a day is done at the latest on it
    if not value or value.endswith(".."):
        return value
    if closing:
        return value.split("/")[-1]
    since = rules.phrases["time.since"].match(text, date.end, min(end, date.end + OPENING))
    return f"{value.split('/')[0]}/.." if since else value


def _same_period(
    text: str, found: Sequence[DateMention], one: DateMention, rules: TimeLookups
) -> DateMention:
    """The same months of another year, where the months were named before (去年同期 after 今年1至8月)."""
    match = rules.phrases["time.same-period"].match(text, one.end)
    if not match or not YEARS.fullmatch(one.value):
        return one
    for before in reversed(found):
        if before.paragraph != one.paragraph:
            break
        if len(before.value) > 4 and before.value[4] == "-" and not before.value.endswith(".."):
            years = [f"{one.value[:4]}{end[4:]}" for end in before.value.split("/")]
            return one._replace(value="/".join(years), end=match.end())
    return one


def _joined(text: str, found: Sequence[DateMention], one: DateMention, rules: TimeLookups) -> DateMention:
    """A date, or what it makes with the one before it: from the one to the other (从2019年到现在), or both.

    What began and what closes the count may stand in two clauses (自3月5日起，至5月1日).
    """
    before = found[-1] if found else None
    if before is None or before.sentence != one.sentence or not before.value or not one.value:
        return one
    if before.clause != one.clause:
        return _through(text, before, one, rules)
    between = text[before.end : one.start]
    first, last = before.value.split("/")[0], one.value.split("/")[-1]
    if rules.phrases["time.until"].fullmatch(between):
        last = ".." if one.pattern in rules.now else last
        return (
            one._replace(value=f"{first}/{last}", start=before.start) if last == ".." or first < last else one
        )
    if rules.phrases["time.both"].fullmatch(between):
        if rules.phrases["time.apart"].search(text, one.end, one.end + OPENING):
            return one._replace(turn=(1, 2))
        if len(first) == len(last) and first < last:
            return one._replace(value=f"{first}/{last}", start=before.start)
    return one


def _through(text: str, before: DateMention, one: DateMention, rules: TimeLookups) -> DateMention:
    """A date that closes the count of what began, in the clause before it, on another."""
    first, last = before.value.split("/")[0], one.value.split("/")[-1]
    began = before.value.endswith("..") or rules.phrases["time.from"].match(text, max(0, before.start - 1))
    joined = rules.phrases["time.through"].fullmatch(text, before.end, one.start)
    return one._replace(value=f"{first}/{last}") if began and joined and first < last != ".." else one


def _scene(layout: Layout, one: DateMention, starts: Sequence[int], rules: TimeLookups) -> DateMention:
    """A year that opens a paragraph in which nothing is counted sets the scene for the paragraphs after it.

    The title of a report names the year in which it is given, and sets none.
    """
    paragraph = layout.paragraphs[one.paragraph]
    if one.rule != "time.paragraph" or one.reach < paragraph.end or not YEARS.fullmatch(one.value):
        return one
    if rules.titles.search(layout.text, paragraph.start, paragraph.end):
        return one
    if bisect_left(starts, paragraph.end) > bisect_left(starts, paragraph.start):
        return one
    end = layout.sections[one.section].end if one.section >= 0 else one.reach
    looks = ("time.scene", *one.looks[1:])
    return one._replace(reach=max(one.reach, end), rule="time.scene", looks=looks)


def _clause_end(layout: Layout, date: Date, clause: int) -> int:
    """The end of the date's clause; for a date that is all of one (2019年，…) the end of the next."""
    end = layout.clauses[clause].end
    if end - date.end > 1 or clause + 1 == len(layout.clauses):
        return end
    sentence = layout.sentences[layout.sentence_at(date.start)]
    return min(layout.clauses[clause + 1].end, sentence.end)


def _end(layout: Layout, date: Date, clause: int, reach: Reach, rules: TimeLookups) -> int:
    """Where a reach ends; sentences that list parts of the one before belong to it."""
    if reach == "nothing":
        return date.end
    if reach == "clause":
        return _clause_end(layout, date, clause)
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


def _rule(layout: Layout, date: Date, rules: TimeLookups) -> ReachRule | Narrow | None:
    """The rule of the date's own pattern, or the narrowest that its neighbours bring in.

    Of words that end alike before the date the longest counts: 截至, not 至.
    """
    before = layout.text[max(0, date.start - BEFORE) : date.start]
    above = before.removesuffix("\n")  # words may also end the line before
    near: list[tuple[Narrow, int]] = []
    for narrow, front, back in rules.narrow:
        size, words = 0, narrow.before
        if words:
            match = front.search(before) if above.endswith(words) or before.endswith(words) else None
            if match is None:
                continue
            size = match.end() - match.start()
        if date.quote not in narrow.unless and back.match(layout.text, date.end):
            near.append((narrow, size))
    longest = max((size for _, size in near), default=0)
    found: list[ReachRule | Narrow] = [narrow for narrow, size in near if size in (0, longest)]
    if date.rule in rules.reach:
        found.append(rules.reach[date.rule])
    return min(found, key=lambda rule: REACHES.index(rule.reach), default=None)


def _opens(layout: Layout, date: Date, clause: int, rules: TimeLookups) -> str:
    """The largest piece that begins with the date and the words that lead it in."""
    start = layout.clauses[clause].start
    if date.start - start > OPENING or not rules.lead.fullmatch(layout.text, start, date.start):
        return ""
    if layout.paragraphs[layout.paragraph_at(date.start)].start >= start:
        return "paragraph"
    return "sentence" if layout.sentences[layout.sentence_at(date.start)].start >= start else "clause"
