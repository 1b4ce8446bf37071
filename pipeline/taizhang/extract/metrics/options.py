"""What a metric may be called: generators offer names from the words round a number, each marked with its making.

The words that name what a number counts stand before it, behind it, or on both sides; what the clause leaves unsaid
stands in the clause before or in the name of the number before. A generator knows one of these ways;
which name is best is the weights' to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.inherit import MEASURED, thing_of
from taizhang.extract.metrics.leading import ends_name, is_bare, reaches
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.literal import led, of_unit, paired, whole
from taizhang.extract.metrics.names import MetricName
from taizhang.extract.metrics.offer import REACH, MetricCandidate, NameContext
from taizhang.extract.metrics.phrases import (
    acting,
    content,
    ending,
    governing,
    is_noun,
    joined,
    leads,
    spell_all,
)
from taizhang.extract.metrics.starts import beginnings

SPANS = 7  # beginnings that are tried on the left side of a number
ENDS = 5  # ends that are tried on the right side
ALONE = frozenset({"left", "left-short"})  # makings that may lack what the clause leaves unsaid
SUBJECT, CLOSING = (
    "subject-1",
    "closing-1",
)  # makings with what begins the clause before, and with what ends it
SHORT = 8  # characters of a name that may
NEAR = 12  # clauses in which what a bracket belongs to is looked for
LOOSE = frozenset("dcfpuy")  # tags of words with which no thing's name begins
THING = 12  # and of one of a thing that is said near
EVENT = 14  # and of one of what happened
PARTS = frozenset({"list", "conjunction"})  # what parts the members of a list
LONGEST = 26  # characters of a name that a generator makes


def offers(place: NameContext) -> dict[str, list[MetricCandidate]]:
    """All names that may fit, each text with every way that leads to it."""
    found: dict[str, list[MetricCandidate]] = {}
    led, following, members = place.led, place.next, place.members
    trailing = led.said or following.said
    for offer in _every(place):
        text, made, atoms = offer
        if trailing:
            text = following.without(led.without(text))
        if members and any(a.kind in PARTS for a in atoms):  # each number has its own member of the list
            continue
        if 0 < len(text) <= LONGEST or made == "grammar":
            found.setdefault(text, []).append(offer)
    if len(found) > 1 and place.led.said:
        found.pop("", None)  # what led to the number was all that the grammar had
    return found


def _every(place: NameContext) -> list[MetricCandidate]:
    left = place.led.row
    opens = beginnings(left, place.grammar)
    cores = [
        *_left(left, opens),
        *_right(place.right),
        *_around(left, place.right, opens),
    ]
    return [
        MetricCandidate(place.name.text, "grammar"),
        *cores,
        *whole(place.frame, cores),
        *of_unit(place),
        *paired(place),
        *_clause_alone(place),
        *_behind_cause(place),
        *led(place),
        *_unsaid(place, cores),
    ]


def _left(row: Sequence[Atom], opens: Sequence[bool]) -> Iterator[MetricCandidate]:
    """What stands straight before the number, from ever farther back; without the verb that only leads to it, too."""
    short = list(row)
    while short and (
        leads(short[-1])
        or is_bare(short[-1])
        or short[-1].kind in {"preposition", "list", "conjunction", "particle"}
    ):
        short.pop()
    for ends, made in ((row, "left"), (short, "left-short")):
        if made == "left-short" and len(short) == len(row):
            continue
        for start in range(len(ends) - 1, max(-1, len(ends) - 1 - SPANS), -1):
            if opens[start]:
                piece = ends[start:]
                yield MetricCandidate(spell_all(piece), made, tuple(piece))


def _right(row: Sequence[Atom]) -> Iterator[MetricCandidate]:
    """What stands straight behind it, to ever farther ends."""
    for end in _ends(row, ENDS + 2):
        yield MetricCandidate(spell_all(row[:end]), "right", tuple(row[:end]))


def _ends(row: Sequence[Atom], most: int) -> Iterator[int]:
    """How many words of a row are tried: each number up to so many, and all of them."""
    ends = [*range(1, min(len(row), most) + 1), *([len(row)] if len(row) > most else [])]
    yield from (end for end in ends if ends_name(row, end))


def _around(left: Sequence[Atom], right: Sequence[Atom], opens: Sequence[bool]) -> Iterator[MetricCandidate]:
    """Words before and behind it together: a verb or the whole of the left side, and the thing on the right."""
    if not right or (left and left[-1].kind == "preposition" and right[0].kind == "verb"):
        return  # the number alone is what the preposition brings in: 由|3万吨|提高到
    verbs = (governing(left) or acting(left))[-3:]
    whole = [s for s in range(max(0, len(left) - 4), len(left)) if opens[s] and not reaches(left[s])]
    starts = [*((v, True) for v in verbs), *((s, False) for s in whole)]
    for end in _ends(right, ENDS):
        for start, alone in starts:
            if alone and left[start].text != right[0].text:  # not 参加|过战斗|的|老兵|参加|仪式
                piece = (left[start], *right[:end])
                yield MetricCandidate(spell_all(piece), "verb+right", piece)
            piece = (*left[start:], *right[:end])
            yield MetricCandidate(spell_all(piece), "left+right", piece)


def _behind_cause(place: NameContext) -> Iterator[MetricCandidate]:
    """What a number is said to do behind its reason or in the clause after it: 3个因资金不足|尚未开工."""
    right = content([*place.frame.right, *place.frame.rest][:REACH])
    after = place.clauses[place.at + 1][:REACH] if place.at + 1 < len(place.clauses) else ()
    follows = () if any(a.kind == "quantity" for a in after) else content(after)
    for row, made, first in ((right, "right-verb", 1), (follows, "next-verb", 0)):
        for verb in [i for i in governing(row) if i >= first][-2:]:
            start = verb - 1 if verb and row[verb - 1].kind == "negation" else verb
            piece = tuple(row[start : verb + ENDS])
            yield MetricCandidate(spell_all(piece), made, piece if row is right else ())


def _clause_alone(place: NameContext) -> Iterator[MetricCandidate]:
    """What the clause before says, for a number whose own clause says nothing: 给社员发放红利，每户1200元."""
    if not place.at or place.left or content(place.frame.left) or content(place.frame.right):
        return
    row = content(_clause_before(place)[-REACH:])
    while row and reaches(row[-1]):
        row.pop()
    for start in {
        **dict.fromkeys(governing(row)[-2:]),
        **dict.fromkeys(range(max(0, len(row) - 3), len(row))),
    }:
        yield MetricCandidate(spell_all(row[start:]), "clause-1")


def _unsaid(place: NameContext, cores: Sequence[MetricCandidate]) -> Iterator[MetricCandidate]:
    """Names with what the clause leaves unsaid: from the number before, its total, the words before in the sentence."""
    grammar = place.name.text
    brief = (c for c in cores if c.made in ALONE and len(c.text) <= SHORT)
    own = {c.text: c.atoms for c in brief if not (grammar and all(map(reaches, c.atoms)))}
    if place.near.lead:
        own[place.near.lead] = ()
    own.setdefault(grammar, next((c.atoms for c in cores if c.text == grammar), ()))
    things = [*_things(place)]
    begun = next(
        (thing.text for thing in things if thing.made == SUBJECT), ""
    )  # the grammar may have taken it over
    for thing, made, alone, end in things:
        if len(thing) > 1:  # one character names too little
            if alone or (place.led.said and not grammar):  # 生产指数重回扩张区间，|升至51%
                yield MetricCandidate(thing, made)
            bare = _unchanged(thing, place.last)
            for text, atoms in own.items():
                apart = not atoms or atoms[0].start >= end
                apart = apart and not (
                    made == CLOSING and text == grammar and begun and text.startswith(begun)
                )
                if text and apart and text not in thing and bare not in text:
                    yield MetricCandidate(joined(bare, text), f"{made}+own", atoms)
    action = place.name.action if grammar.startswith(place.name.action) else ""
    named = () if place.members else place.bearers
    fit = [bearer for bearer in named if bearer not in grammar and not (grammar and grammar in bearer)]
    bearers = [bearer.removesuffix(action) for bearer in fit]
    yield from [MetricCandidate(joined(bearer, grammar), "bearer+own") for bearer in bearers if bearer]
    yield from [MetricCandidate(name, "member") for name in place.members]
    if place.total.text:
        yield MetricCandidate(place.total.text, "total")
    for thing in dict.fromkeys((thing_of(place.last), place.last.head)):
        if grammar and len(thing) > 1 and thing not in grammar:
            yield MetricCandidate(joined(grammar, thing), "own+last")


def _unchanged(thing: str, last: MetricName) -> str:
    """The name before without the change that it tells of, which no other change is of: 规模压减至5亿元，减少2亿元."""
    changes = bool(last.verbs) and last.verbs[-1].verb is not None and last.verbs[-1].verb.has("change")
    bare = thing.removesuffix(last.action) if changes else thing
    return bare or thing


def _is_what_came(place: NameContext) -> bool:
    """Whether a clause of a headline only says what came of what the one before tells: 仓库爆燃 3人遇难."""
    right = content(place.frame.right)
    alone = place.near.opens.isspace() and bool(right) and not content(place.frame.left)
    return alone and acting(right)[:1] == [0] and not any(map(is_noun, right))


class _Thing(NamedTuple):
    """A thing that is named near: how, whether that may be a whole name, and where it ends in the number's clause."""

    text: str
    made: str
    alone: bool
    end: int = 0


def _things(place: NameContext) -> Iterator[_Thing]:
    """Things named near that an indicator or a verb alone may be said of."""
    last = place.last
    yield _Thing(last.text, "last", True)
    if last.object != last.text:
        yield _Thing(last.object, "last-object", True)
    if place.at and not place.near.reported:
        clause = _clause_before(place)
        if _is_what_came(place):
            yield _Thing(ending(content(clause[-REACH:]), EVENT), CLOSING, False)
        yield _Thing(ending(_subject(clause[:REACH], place.grammar), THING), SUBJECT, False)
        closing = _closing(clause[-REACH:], place.grammar)
        if not (
            last.rule in MEASURED and last.text.endswith(closing)
        ):  # what has its own number bears no other
            yield _Thing(closing, CLOSING, False)
    subject = [] if place.members else _subject(place.left, place.grammar)
    yield _Thing(ending(subject, THING), "subject-0", True, subject[-1].end if subject else 0)


def _clause_before(place: NameContext) -> Sequence[Atom]:
    """The clause before that of a number; of one in brackets, what stands before the bracket."""
    begin = place.clauses[place.at][0].start
    near = place.clauses[max(0, place.at - NEAR) : place.at]
    before = [
        tuple(a for a in clause if a.start < begin) if clause[-1].start > begin else clause for clause in near
    ]
    return max(filter(None, before), key=lambda clause: clause[-1].start, default=())


def _subject(clause: Sequence[Atom], grammar: Grammar) -> list[Atom]:
    """The noun phrase that opens a clause, up to its verb: not one that a preposition brings in."""
    row = content(clause)
    opens = beginnings(row, grammar)
    row = row[next((i for i, a in enumerate(row) if opens[i] and _opens(a)), len(row)) :]
    end = next((i for i, a in enumerate(row) if a.kind not in {"word", "quote", "particle"}), len(row))
    words = row[:end]
    while words and not is_noun(words[-1]):
        words.pop()
    return words


def _closing(clause: Sequence[Atom], grammar: Grammar) -> str:
    """The noun phrase that ends a clause."""
    row = content(clause)
    opens = beginnings(row, grammar)
    while row and not is_noun(row[-1]):
        row.pop()
    start = len(row)
    while start and row[start - 1].kind in {"word", "quote"} and not _sole_verb(row[start - 1]):
        start -= 1
    while start < len(row) and not (opens[start] and _opens(row[start])):
        start += 1
    return ending(row[start:], THING)


def _opens(atom: Atom) -> bool:
    """Whether a noun phrase may begin with a word: with no adverb, word of place or time, or conjunction."""
    return atom.kind == "quote" or (atom.kind == "word" and atom.tag[:1] not in LOOSE)


def _sole_verb(atom: Atom) -> bool:
    """A word of one character that the dictionary calls a verb: no part of a noun phrase (规模|创|历史新高)."""
    return atom.tag == "v" and len(atom.text) == 1
