"""What is seen of a name that a metric may have, in parts of features; the weights say what each part is worth.

All features speak of classes, none of a word: how the name was made, how long it is, what it has of what the grammar
found, which kinds of words it begins and ends with, and what it is cut from. (Fitted and cross-validated with the
words themselves, too, the metric was right no more often.)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.makings import NOWHERE, Making, Makings, Row
from taizhang.extract.metrics.offer import REACH, Offer, Place, content
from taizhang.extract.metrics.phrases import JOINTS, is_noun
from taizhang.judge import Part, Seen
from taizhang.records import Quantity

LENGTHS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 19, 22, 26, 40)
SIZES = [LENGTHS[bisect_right(LENGTHS, n) - 1] for n in range(LENGTHS[-1] + 1)]
FAR = 1 << 30  # behind all words of a text
VERB, NOUN = 1, 2  # bits of what a name holds
JOINT = {kind: 4 << i for i, kind in enumerate(sorted(JOINTS))}


class Shape(NamedTuple):
    """The words of a name as classes, whatever its making.

    Attributes:
        ends: the words at its ends and those beside them, as features.
        stands: what it holds, what it begins behind, what it leaves out there, and where it ends, as features.
        words: whether it holds a verb and a noun: what alone is not crossed with makings.
        rows: the weights of the crossed features.
    """

    ends: tuple[tuple[str, str], ...]
    stands: tuple[tuple[str, str], ...]
    words: Part
    rows: tuple[Row, ...]


class Shaped(NamedTuple):
    """The shape and the length of a name that was made in one way, and what they are worth: a part of an option."""

    shape: Shape
    size: int
    made: str
    score: int

    @property
    def features(self) -> tuple[str, ...]:
        """The features of the shape, each with the making."""
        ends, stands, words, _ = self.shape
        crossed = (*stands, ("long", str(self.size)))
        return (
            *[f"{name}={value}&{self.made}" for name, value in ends],
            *words.features,
            *[f"{name}={value}&{self.made}" for name, value in crossed],
        )


class Around:
    """What is seen of a quantity whatever its name, and what its makings weigh."""

    def __init__(self, place: Place, quantity: Quantity, known: Makings) -> None:
        self.place, self.known = place, known
        frame = place.frame
        left, right, rest = place.left, content(frame.right[:REACH]), content(frame.rest[:REACH])
        self.kinds = ["none", *map(_kind, left), *map(_kind, right), *map(_kind, rest), "none"]
        self.starts = [a.start for row in (left, right, rest) for a in row]
        sides = f"{self.kinds[len(left)]}|{self.kinds[len(left) + 1] if right else 'none'}"
        told = f"{_holds(left)}|{_holds(right)}"
        self.begins = place.near.begins
        self.out = dict(zip([a.start for a in left], _holding(left), strict=True))
        self.before = {a.start: b.kind for b, a in pairwise(frame.left)} | {
            a.start: "none" for a in frame.left[:1]
        }
        self.right = right[-1].start if right else -1
        self.rest = rest[0].start if rest else FAR
        self.seen = (*_setting(place, quantity, sides), f"told={told}")
        self.worth = known.worth(self.seen)
        self.makings: dict[str, Making] = {}
        self.shapes: dict[int, Shape] = {}  # of rows of words, which live as long as the names

    def parts(self, text: str, offers: Sequence[Offer]) -> tuple[Seen, ...]:
        """The parts of one name: its text, its makings, and how its words stand among those round the number."""
        _, made, atoms = offers[0]
        if len(offers) == 1:
            makings = [self._making(made)]
        else:
            makings = [self._making(made) for made in {offer.made: None for offer in offers}]
            if not atoms:
                made, atoms = next(((made, atoms) for _, made, atoms in offers if atoms), (made, atoms))
        size = SIZES[min(len(text), LENGTHS[-1])]
        if not atoms:
            return (self._held(text, size), *makings)
        shape = self.shapes.get(id(atoms))
        if shape is None:
            shape = self.shapes[id(atoms)] = self._shape(atoms)
        column = self.known.columns.get(made, NOWHERE)
        score = sum([row[column] for row in shape.rows])
        score += shape.words.score + self.known.row("long", str(size))[column]
        return (self._held(text, size), *makings, Shaped(shape, size, made, score))

    def _shape(self, atoms: Sequence[Atom]) -> Shape:
        """What is seen of the words of a name, whatever way leads to them."""
        first, final = atoms[0].start, atoms[-1].start
        if final < self.begins:
            end = "left"
        elif final >= self.rest:
            end = "rest"
        else:
            end = "all" if final == self.right else "cut"
        bits = 0
        for atom in atoms:
            bits |= VERB if atom.kind == "verb" else NOUN if is_noun(atom) else JOINT.get(atom.kind, 0)
        at, to = bisect_left(self.starts, first) + 1, bisect_left(self.starts, final) + 1
        kinds, row = self.kinds, self.known.row
        ends = (
            ("first", kinds[at]),
            ("before", kinds[at - 1]),
            ("final", kinds[to]),
            ("after", kinds[to + 1]),
        )
        stands = (
            *[("holds", kind) for kind, bit in JOINT.items() if bits & bit],
            ("start", self.before.get(first, "right")),
            ("end", end),
            ("out", self.out.get(first, "")),
        )
        rows = tuple([row(name, value) for name, value in (*ends, *stands)])
        return Shape(ends, stands, self._words(bits & (VERB | NOUN)), rows)

    def _words(self, bits: int) -> Part:
        found = self.known.parts.get(bits)
        if found is None:
            words = f"verb-noun={bits & VERB > 0}{bits & NOUN > 0}"
            found = self.known.parts[bits] = self.known.weights.part((words,))
        return found

    def _making(self, made: str) -> Making:
        found = self.makings.get(made)
        if found is None:
            found = self.makings[made] = Making(made, self.seen, self.worth.get(made, 0))
        return found

    def _held(self, text: str, size: int) -> Part:
        """How long a name is, and what it has of what the grammar found."""
        name = self.place.name
        own, action, head = name.text, name.action, name.head
        held = ""
        if own and text != own:
            held = "within" if text in own else "beyond" if own in text else "apart"
        key = (name.rule, size, action in text if action else None, head in text if head else None, held)
        found = self.known.parts.get(key)
        if found is None:
            found = self.known.parts[key] = self.known.weights.part(tuple(_of_text(*key)))
        return found


def _setting(place: Place, quantity: Quantity, sides: str) -> tuple[str, ...]:
    near = place.near
    return (
        f"kind={quantity.kind}",
        f"unit={quantity.unit}",
        f"sides={sides}",
        f"made={place.name.rule}",
        f"last={place.last.rule}" if place.last.text else "last=none",
        f"alike={near.alike}{near.first}",
        f"part={near.part}",
        f"opens={near.opens}&{near.first}",
        f"nth={min(near.nth, 3)}&{near.opens}",
    )


def _holds(row: Sequence[Atom]) -> str:
    """Whether words on one side hold a verb and a noun."""
    verb, noun = any(a.kind == "verb" for a in row), any(map(is_noun, row))
    return f"{'v' if verb else ''}{'n' if noun else ''}"


def _holding(row: Sequence[Atom]) -> Iterator[str]:
    """Of each word of a row whether those before it hold a verb and a noun."""
    verb = noun = False
    for atom in row:
        yield f"{'v' if verb else ''}{'n' if noun else ''}"
        verb, noun = verb or atom.kind == "verb", noun or is_noun(atom)


def _of_text(rule: str, size: int, action: bool | None, head: bool | None, held: str) -> Iterator[str]:
    yield f"size={size}"
    yield f"size={size}&{rule}"
    if action is not None:
        yield f"action={action}"
    if head is not None:
        yield f"head={head}&{rule}"
    if held:
        yield held
        yield f"{held}&{rule}"


def _kind(atom: Atom) -> str:
    if atom.kind == "word":
        return f"w:{atom.tag[:2]}"
    if atom.kind == "verb" and atom.verb:
        return _roles(atom.verb.roles)
    return atom.kind


@cache
def _roles(roles: frozenset[str]) -> str:
    return "v:" + "+".join(sorted(roles))
