"""Places: what in a text points at a place: names, words like 全市 and 当地, the country, the ministries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.extract.places.agencies import Agency
from taizhang.extract.places.gazetteer import within
from taizhang.extract.places.pointer_rules import REACH, PointerRules
from taizhang.extract.places.spans import Spans
from taizhang.extract.places.townships import is_below
from taizhang.records import PlaceMention
from taizhang.segment.dictionary import dictionary

STATE = ("nation", "ministry")  # kinds of pointers at the country as a whole


class Pointer(NamedTuple):
    """One word or chain of names. ``kind``: names, seat, dateline, deixis, agency, nation, ministry, everywhere;
    goal: where something goes; elsewhere: no place of the gazetteer.

    ``chains`` are the places named: several where they are joined (甲市、乙市); each chain is one name or
    several that stand one inside the other (甲省乙市丙县), the most specific last. ``shared``: a town is joined
    to something that is no place.
    """

    start: int
    end: int
    kind: str
    rule: str
    chains: tuple[tuple[PlaceMention, ...], ...] = ()
    shared: bool = False


def pointers(text: str, mentions: Sequence[PlaceMention], rules: PointerRules) -> list[Pointer]:
    """Everything in ``text`` that points at a place a figure can be about, in order."""
    quoted = Spans(m.span() for m in rules.quoted.finditer(text) if not _is_matter(text, m, rules))
    groups = _groups(text, mentions, rules)
    called = Spans(
        (a.start, a.end) for a in rules.agencies.find(text, mentions) if _is_called(text, a, rules)
    )
    groups = (p for p in groups if not called.hold(p.start, p.end))
    named = [_directed(text, p, rules) for p in groups if _in_play(text, p, quoted, rules)]
    spans = [(m.start, m.end) for m in mentions]
    words = list(_words(text, spans, quoted, rules))
    said = Spans((w.start, w.end) for w in words)
    bodies = [
        Pointer(a.start, a.end, "agency", a.points)
        for a in rules.agencies.find(text, mentions)
        if a.points and not said.hit(a.start, a.end)
    ]
    return sorted([*named, *words, *bodies], key=lambda p: (p.start, p.end))


def _is_matter(text: str, quotation: re.Match[str], rules: PointerRules) -> bool:
    """Whether a quotation says what the following is about: 针对“…”问题."""
    before, after = rules.matter
    return text.startswith(after, quotation.end()) and text.endswith(before, 0, quotation.start())


def _words(
    text: str, spans: Sequence[tuple[int, int]], quoted: Spans, rules: PointerRules
) -> Iterator[Pointer]:
    count = dictionary().count  # the word 园区 takes 区里 out of 园区里
    taken = {i for low, high in spans for i in range(low, high)}
    for start, end, (kind, rule) in rules.said.longest(text):
        head = text[max(0, start - REACH) : start]
        other = text.startswith(rules.tails[kind], end) or text.startswith(rules.region_words, end - 1)
        other = other or head.endswith(rules.yardstick) or bool(start and count(text[start - 1 : start + 1]))
        other = other or (kind in ("nation", "ministry") and head.endswith(rules.foreign))
        other = other or (kind == "ministry" and head.endswith(rules.local))
        other = other or (kind == "elsewhere" and head.endswith(rules.recipient))
        other = other or (kind == "nation" and quoted.hold(start, end))
        other = other or (rule in rules.weak - rules.relative and text.startswith(rules.weak_tails, end))
        other = other or (kind == "ministry" and rules.approval.match(text, end) is not None)
        other = other or (kind in STATE and head.endswith(rules.passive))
        if not other and taken.isdisjoint(range(start, end)):
            yield Pointer(start, end, kind, rule)


def _groups(text: str, mentions: Sequence[PlaceMention], rules: PointerRules) -> Iterator[Pointer]:
    """Names that stand straight side by side as one chain, chains with a joint between as one pointer."""
    chains: list[list[PlaceMention]] = []
    for mention in mentions:
        last = chains[-1][-1] if chains else None
        apart = last is not None and _apart(last, mention)
        if last and last.end == mention.start and apart and _names_thing(text, mention.end, rules):
            continue
        if last and last.end == mention.start and not apart:
            chains[-1].append(mention)
            continue
        if last and not rules.joint.fullmatch(text, last.end, mention.start):
            yield _pointer(text, chains, rules)
            chains = []
        chains.append([mention])
    if chains:
        yield _pointer(text, chains, rules)


def _apart(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether two names side by side are of places that have nothing to do with each other: 静安区|南京."""
    if one.code is None or other.code is None:
        return False
    return not (within(one.code, other.code) or within(other.code, one.code))


def _names_thing(text: str, end: int, rules: PointerRules) -> bool:
    """Whether the name that ends here is a part of another: of a road, a paper, a house."""
    found = rules.paper.match(text, end) or rules.road.match(text, end)
    return bool(found) or text.startswith(rules.tails["names"], end)


def _pointer(text: str, chains: list[list[PlaceMention]], rules: PointerRules) -> Pointer:
    first, last = chains[0][0], chains[-1][-1]
    rule = "below" if is_below(last) else last.rule
    kind = "seat" if last.rule in rules.seats else "names"
    if text[max(0, first.start - REACH) : first.start].endswith(rules.dateline):
        kind = "dateline"
    shared = is_below(last) and rules.joint.match(text, last.end) is not None
    return Pointer(first.start, last.end, kind, rule, tuple(map(tuple, chains)), shared)


def _in_play(text: str, p: Pointer, quoted: Spans, rules: PointerRules) -> bool:
    """Whether a name can be what a figure is about: not a part of a title, a yardstick, one end of a line."""
    if quoted.hold(p.start, p.end):
        return False
    named = _names_thing(text, p.end, rules)
    first = text.startswith(rules.first, p.end) and text.endswith(rules.location, 0, p.start)
    if len(p.chains) == 1 and (named or first or _ends_line(text, p.start, p.end, rules)):
        return False
    return p.kind != "names" or not text.endswith(rules.yardstick, 0, p.start)


def _is_called(text: str, body: Agency, rules: PointerRules) -> bool:
    """Whether a body is whom a letter or report is written to: alone in its line, before a colon."""
    alone = body.start == 0 or text[body.start - 1] == "\n"
    return alone and text.startswith(rules.salutation, body.end)


def _ends_line(text: str, start: int, end: int, rules: PointerRules) -> bool:
    """Whether a single name is one end of a line whose other end is no name: 虎林—长春.

    A line that leads abroad is of its end that is ours: 成都至波兰.
    """
    if line := rules.range.match(text, end):
        return not text.startswith(rules.foreign, line.end())
    word = start > 1 and dictionary().count(text[start - 2 : start])  # 甚至, 直至
    return bool(start and not word and rules.range.match(text, start - 1) and text[start - 2].isalnum())


def is_idle(text: str, mention: PlaceMention, rules: PointerRules) -> bool:
    """Whether a name says nothing of where its text is: a paper's, one end of a line, what something is measured by."""
    medium = rules.paper.match(text, mention.end) or text.startswith(rules.media, mention.end)
    compared = text.startswith(rules.compared, mention.end)
    if medium or compared or text.endswith((*rules.yardstick, *rules.recipient), 0, mention.start):
        return True
    return _ends_line(text, mention.start, mention.end, rules)


def _directed(text: str, p: Pointer, rules: PointerRules) -> Pointer:
    """The pointer; as a goal where its name comes after a word such as 向, 支援 or 来自."""
    directed = p.kind == "names" and text.endswith(rules.recipient, 0, p.start)
    return p._replace(kind="goal") if directed else p
