"""What a metric may be called: generators offer names from the words round a number, each marked with its making.

The words that name what a number counts stand before it, behind it, or on both sides; what the clause leaves unsaid
stands in the clause before or in the name of the number before. A generator knows one of these ways;
which name is best is the weights' to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.names import Frame, Name
from taizhang.extract.metrics.phrases import SILENT, acting, governing, is_noun, spell, spell_all
from taizhang.extract.metrics.rows import Clause

SPANS = 7  # beginnings that are tried on the left side of a number
ENDS = 5  # ends that are tried on the right side
REACH = 16  # words of one side that are looked at: what stands farther names nothing, and work stays linear
ALONE = frozenset({"left", "left-short"})  # makings that may lack what the clause leaves unsaid
SHORT = 8  # characters of a name that may
LETTERED = frozenset({"left", "right", "verb+right", "left+right"})
NEAR = 12  # clauses in which what a bracket belongs to is looked for
LONGEST = 26  # characters of a name that a generator makes


class Place(NamedTuple):
    """Where a quantity stands, as far as names need it.

    Attributes:
        name: what the grammar of names made of it.
        frame: what stands round it in its clause.
        clauses: of its sentence.
        at: index of its clause.
        last: the name of the number before, empty where there is none near.
        total: the name of its total, empty where it has none.
        bearers: what the number before may have said its name of.
        members: names by a list that this number and its neighbours follow.
    """

    name: Name
    frame: Frame
    clauses: Sequence[Clause]
    at: int
    last: Name
    total: Name
    bearers: Sequence[str] = ()
    members: Sequence[str] = ()
    alike: bool = False
    first: bool = False
    part: str = ""
    lead: str = ""
    begins: int = 0
    unit: str = ""
    paired: Name = Name()
    turn_own: str = ""
    opens: str = ""
    nth: int = 0


class Offer(NamedTuple):
    """One way to name it: the text, how it was made, and the atoms that it is of (empty where of none)."""

    text: str
    made: str
    atoms: tuple[Atom, ...] = ()


def offers(place: Place) -> dict[str, list[Offer]]:
    """All names that may fit, each text with every way that leads to it."""
    found: dict[str, list[Offer]] = {}
    for offer in _every(place):
        if 0 < len(offer.text) <= LONGEST or offer.made == "grammar":
            found.setdefault(offer.text, []).append(offer)
    return found


def _every(place: Place) -> Iterator[Offer]:
    yield Offer(place.name.text, "grammar")
    cores = [*_left(place.frame), *_right(place.frame), *_around(place.frame)]
    yield from cores
    yield from _whole(place.frame, cores)
    yield from _of_unit(place)
    yield from _paired(place)
    yield from _behind_cause(place)
    yield from _led(place)
    yield from _unsaid(place, cores)


def _content(row: Sequence[Atom]) -> list[Atom]:
    return [a for a in row if a.kind not in SILENT]


def _behind(frame: Frame) -> list[Atom]:
    """The words behind a number, from the first that names something."""
    row = _content([*frame.right, *frame.rest][:REACH])
    start = next(
        (i for i, a in enumerate(row) if a.kind not in {"particle", "list", "conjunction"}), len(row)
    )
    return row[start:]


def _left(frame: Frame) -> Iterator[Offer]:
    """What stands straight before the number, from ever farther back; without the verb that only leads to it, too."""
    row = _content(frame.left[-REACH:])
    short = list(row)
    while short and (
        _leads(short[-1]) or short[-1].kind in {"preposition", "list", "conjunction", "particle"}
    ):
        short.pop()
    for ends, made in ((row, "left"), (short, "left-short")):
        if made == "left-short" and len(short) == len(row):
            continue
        for start in range(len(ends) - 1, max(-1, len(ends) - 1 - SPANS), -1):
            piece = ends[start:]
            yield Offer(spell(piece), made, tuple(piece))


def _leads(atom: Atom) -> bool:
    return (
        atom.kind == "verb" and atom.verb is not None and (atom.verb.has("reach") or atom.verb.has("light"))
    )


def _right(frame: Frame) -> Iterator[Offer]:
    """What stands straight behind it, to ever farther ends."""
    row = _behind(frame)
    for end in range(1, min(len(row), ENDS + 2) + 1):
        yield Offer(spell(row[:end]), "right", tuple(row[:end]))


def _around(frame: Frame) -> Iterator[Offer]:
    """Words before and behind it together: a verb or the whole of the left side, and the thing on the right."""
    left, right = _content(frame.left[-REACH:]), _behind(frame)
    verbs = (governing(left) or acting(left))[-3:]
    starts = [*((v, True) for v in verbs), *((s, False) for s in range(max(0, len(left) - 4), len(left)))]
    for end in range(1, min(len(right), ENDS) + 1):
        for start, alone in starts:
            if alone:
                piece = (left[start], *right[:end])
                yield Offer(spell(piece), "verb+right", piece)
            piece = (*left[start:], *right[:end])
            yield Offer(spell(piece), "left+right", piece)


def _behind_cause(place: Place) -> Iterator[Offer]:
    """What a number is said to do behind its reason or in the clause after it: 3个因资金不足|尚未开工."""
    right = _content([*place.frame.right, *place.frame.rest][:REACH])
    after = place.clauses[place.at + 1][:REACH] if place.at + 1 < len(place.clauses) else ()
    follows = () if any(a.kind == "quantity" for a in after) else _content(after)
    for row, made, first in ((right, "right-verb", 1), (follows, "next-verb", 0)):
        for verb in [i for i in governing(row) if i >= first][-2:]:
            start = verb - 1 if verb and row[verb - 1].kind == "negation" else verb
            piece = tuple(row[start : verb + ENDS])
            yield Offer(spell(piece), made, piece if row is right else ())


def _whole(frame: Frame, cores: Sequence[Offer]) -> Iterator[Offer]:
    """Names to the letter: with the adverbs, places, dates and ordinals inside them or before them: 新|设, 二级|公路."""
    left, right = frame.left[-REACH:], [*frame.right, *frame.rest][:REACH]
    row = [a for a in (*left, *right) if a.kind not in {"mark", "bracket", "quantity"}]
    index = {a.start: i for i, a in enumerate(row)}
    done = set()
    for text, made, atoms in cores:
        if not atoms or made not in LETTERED:
            continue
        first, final = index.get(atoms[0].start, -1), index.get(atoms[-1].start, -1)
        if first < 0 or final < 0 or (first, final) in done:
            continue
        done.add((first, final))
        if made != "verb+right" and first and row[first - 1].kind in SILENT and row[first - 1].end == row[first].start:
            kind = row[first - 1].kind
            yield Offer(spell_all(row[first - 1 : final + 1]), f"{kind}-{made}", atoms)
        if any(a.kind in SILENT for a in row[first:final]):
            yield Offer(spell_all(row[first : final + 1]), f"{made}-whole", atoms)


def _of_unit(place: Place) -> Iterator[Offer]:
    """Names of a number whose unit is the noun: 5部门|联合印发, 下辖|7镇, 有|83户."""
    unit = place.unit
    if not unit:
        return
    left, right = _content(place.frame.left[-REACH:])[-4:], _behind(place.frame)[:4]
    for start in range(len(left)):
        yield Offer(spell(left[start:]) + unit, "left+unit", tuple(left[start:]))
    for end in range(1, len(right) + 1):
        yield Offer(unit + spell(right[:end]), "unit+right", tuple(right[:end]))


def _paired(place: Place) -> Iterator[Offer]:
    """Names of a number that is said of the one that stands in its place in the row before: A 5、B 3，分别增长1、2."""
    own = place.name.text
    for thing in dict.fromkeys((place.paired.text[:16], place.paired.object[:16])):
        if thing and own and thing not in own:
            yield Offer(joined(thing, own), "paired+own")
            if place.turn_own and place.turn_own != own:
                yield Offer(joined(thing, place.turn_own), "paired+turn")


def _led(place: Place) -> Iterator[Offer]:
    """What the quantity itself says before its numeral, alone and with what stands on its sides: 每人包|2个|村."""
    if not place.lead:
        return
    yield Offer(place.lead, "lead")
    right = _behind(place.frame)[:3]
    for end in range(1, len(right) + 1):
        yield Offer(place.lead + spell(right[:end]), "lead+right")
    left = _content([a for a in place.frame.left if a.end <= place.begins][-REACH:])
    for start in range(max(0, len(left) - 4), len(left)):
        yield Offer(spell(left[start:]) + place.lead, "left+lead")


def _unsaid(place: Place, cores: Sequence[Offer]) -> Iterator[Offer]:
    """Names with what the clause leaves unsaid: from the number before, its total, the words before in the sentence."""
    grammar = place.name.text
    own = {c.text: c.atoms for c in cores if c.made in ALONE and len(c.text) <= SHORT}
    if place.lead:
        own[place.lead] = ()
    own.setdefault(grammar, next((c.atoms for c in cores if c.text == grammar), ()))
    for thing, made, whole in _things(place):
        if thing:
            if whole:
                yield Offer(thing, made)
            for text, atoms in own.items():
                if text and text not in thing and thing not in text:
                    yield Offer(joined(thing, text), f"{made}+own", atoms)
    bearers = [joined(bearer, grammar) for bearer in place.bearers if bearer not in grammar]
    yield from [Offer(name, "bearer+own") for name in bearers]
    yield from [Offer(name, "member") for name in place.members]
    if place.total.text:
        yield Offer(place.total.text[:16], "total")
    for thing in {place.last.object, place.last.head} - {""}:
        if grammar and thing not in grammar:
            yield Offer(joined(grammar, thing), "own+last")


def joined(one: str, other: str) -> str:
    """Two parts of a name as one, with what ends the first and begins the second said once.

    >>> joined("政策知晓率", "知晓率"), joined("危房", "改造")
    ('政策知晓率', '危房改造')
    """
    shared = next((n for n in range(min(len(one), len(other)), 1, -1) if one.endswith(other[:n])), 0)
    return one + other[shared:]


def _things(place: Place) -> Iterator[tuple[str, str, bool]]:
    """Things named near that an indicator or a verb alone may be said of, and whether one may be the whole name."""
    last = place.last
    yield last.text[:16], "last", True
    if last.object != last.text:
        yield last.object[:16], "last-object", True
    if place.at:
        clause = _clause_before(place)
        yield _subject(clause[:REACH]), "subject-1", False
        yield _closing(clause[-REACH:]), "closing-1", False
    yield _subject(place.frame.left[:REACH]), "subject-0", True


def _clause_before(place: Place) -> Sequence[Atom]:
    """The clause before that of a number; of one in brackets, what stands before the bracket."""
    begin = place.clauses[place.at][0].start
    near = place.clauses[max(0, place.at - NEAR) : place.at]
    before = [tuple(a for a in clause if a.start < begin) if clause[-1].start > begin else clause for clause in near]
    return max(before, key=lambda clause: clause[-1].start)


def _subject(clause: Sequence[Atom]) -> str:
    """The noun phrase that opens a clause, up to its verb."""
    row = _content(clause)
    while row and row[0].kind != "word" and row[0].kind != "quote":
        row.pop(0)
    end = next((i for i, a in enumerate(row) if a.kind not in {"word", "quote", "particle"}), len(row))
    words = row[:end]
    while words and not is_noun(words[-1]):
        words.pop()
    return spell(words)[-12:]


def _closing(clause: Sequence[Atom]) -> str:
    """The noun phrase that ends a clause."""
    row = _content(clause)
    while row and not is_noun(row[-1]):
        row.pop()
    start = len(row)
    while start and row[start - 1].kind in {"word", "quote"}:
        start -= 1
    return spell(row[start:])[-12:]
