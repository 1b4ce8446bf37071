"""What is seen of a name that a metric may have, in parts of features; the weights say what each part is worth.

All features speak of classes, none of a word: how the name was made, how long it is, what it has of what the grammar
found, which kinds of words it begins and ends with, and what it is cut from. (Fitted and cross-validated with the
words themselves, too, the metric was right no more often.) So few parts are there, and each is weighed once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.offer import REACH, Offer, Place
from taizhang.extract.metrics.phrases import JOINTS, SILENT, is_noun
from taizhang.judge import Part, Weights
from taizhang.records import Quantity

LENGTHS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 19, 22, 26, 40)
SIZES = [LENGTHS[bisect_right(LENGTHS, n) - 1] for n in range(LENGTHS[-1] + 1)]
FAR = 1 << 30  # behind all words of a text
VERB, NOUN = 1, 2  # bits of what a name holds
JOINT = {kind: 4 << i for i, kind in enumerate(sorted(JOINTS))}


class Shape(NamedTuple):
    """The words of a name as classes: at its ends with those beside them, what it holds, how it stands."""

    first: tuple[str, str]
    final: tuple[str, str]
    bits: int
    start: str  # what it begins behind
    end: str  # where it ends: before the number, with the words behind it, among them, behind another number; what
    # stands straight before another number is that one's own where nothing is said behind the last: 甲5个、乙3个
    out: str  # what it leaves out before it


class Around:
    """What is seen of a quantity whatever its name, and what its makings weigh."""

    def __init__(self, place: Place, quantity: Quantity, weights: Weights) -> None:
        self.place, self.weights = place, weights
        frame = place.frame
        left = [a for a in frame.left[-REACH:] if a.kind not in SILENT]
        right = [a for a in frame.right[:REACH] if a.kind not in SILENT]
        rest = [a for a in frame.rest[:REACH] if a.kind not in SILENT]
        self.kinds = ["none", *[_kind(a) for a in left], *map(_kind, right), *map(_kind, rest), "none"]
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
        self.owned, self.tail = _owned([*frame.right, *frame.rest][:REACH])
        self.seen = (*_setting(place, quantity, sides), f"told={told}")
        self.makings: dict[str, Part] = {}
        self.shapes: dict[int, Shape] = {}  # of rows of words, which live as long as the names

    def parts(self, text: str, offers: Sequence[Offer]) -> tuple[Part, ...]:
        """The parts of one name: its text, its makings, and how its words stand among those round the number."""
        _, made, atoms = offers[0]
        if len(offers) == 1:
            makings: Iterable[Part] = (self._making(made),)
        else:
            makings = [self._making(made) for made in {offer.made: None for offer in offers}]
            made, atoms = next(((made, atoms) for _, made, atoms in offers if atoms), (made, atoms))
        if not atoms:
            return (self._held(text), *makings)
        shape = self.shapes.get(id(atoms))
        if shape is None:
            shape = self.shapes[id(atoms)] = self._shape(atoms)
        first = self._edge("first", "before", made, shape[0])
        final = self._edge("final", "after", made, shape[1])
        return (self._held(text), *makings, first, final, self._stands(made, shape), self._long(made, text))

    def _shape(self, atoms: Sequence[Atom]) -> Shape:
        """What is seen of the words of a name, whatever way leads to them."""
        first, final = atoms[0].start, atoms[-1].start
        if final < self.begins:
            end = "left"
        elif final >= self.rest:
            end = "rest"
        else:
            end = "all" if final == self.right else "cut"
        if final in self.owned:
            end += ".open" if self.tail else ".owned"
        bits = 0
        for atom in atoms:
            bits |= VERB if atom.kind == "verb" else NOUN if is_noun(atom) else JOINT.get(atom.kind, 0)
        start, out = self.before.get(first, "right"), self.out.get(first, "")
        return Shape(self._beside(first, -1), self._beside(final, 1), bits, start, end, out)

    def _beside(self, start: int, step: int) -> tuple[str, str]:
        """The kind of a word, and of the next on one side."""
        at = bisect_left(self.starts, start) + 1
        return self.kinds[at], self.kinds[at + step]

    def _stands(self, made: str, shape: Shape) -> Part:
        """What a name holds, what it begins behind, what it leaves out there, and where it ends."""
        key = (made, *shape[2:])
        found = self.weights.parts.get(key)
        if found is None:
            bits = shape.bits
            joints = [f"holds={kind}&{made}" for kind, bit in JOINT.items() if bits & bit]
            words = f"verb-noun={bits & VERB > 0}{bits & NOUN > 0}"
            stands = [f"{name}={getattr(shape, name)}&{made}" for name in ("start", "end", "out")]
            found = self.weights.parts[key] = self.weights.part((words, *joints, *stands))
        return found

    def _long(self, made: str, text: str) -> Part:
        """How long a name is for its making."""
        size = SIZES[min(len(text), LENGTHS[-1])]
        found = self.weights.parts.get((made, size))
        if found is None:
            found = self.weights.parts[made, size] = self.weights.part((f"long={size}&{made}",))
        return found

    def _making(self, made: str) -> Part:
        found = self.makings.get(made)
        if found is None:
            by = f"by={made}"
            found = self.makings[made] = self.weights.part((by, *[f"{by}&{s}" for s in self.seen]))
        return found

    def _held(self, text: str) -> Part:
        """How long a name is, and what it has of what the grammar found."""
        name = self.place.name
        held = ""
        if name.text and text != name.text:
            held = "within" if text in name.text else "beyond" if name.text in text else "apart"
        action = name.action in text if name.action else None
        head = name.head in text if name.head else None
        key = (name.rule, SIZES[min(len(text), LENGTHS[-1])], action, head, held)
        found = self.weights.parts.get(key)
        if found is None:
            found = self.weights.parts[key] = self.weights.part(tuple(_of_text(*key)))
        return found

    def _edge(self, word: str, side: str, made: str, kinds: tuple[str, str]) -> Part:
        """The word at one end of a name, and the word at that side of it."""
        key = (word, made, kinds)
        found = self.weights.parts.get(key)
        if found is None:
            own, next_to = kinds
            names = (f"{word}={own}&{made}", f"{side}={next_to}&{made}")
            found = self.weights.parts[key] = self.weights.part(names)
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


def _owned(row: Sequence[Atom]) -> tuple[set[int], bool]:
    """Where words begin that stand straight before another number, and whether any stand behind the last."""
    owned: set[int] = set()
    last = -1
    for atom in row:
        if atom.kind == "quantity":
            owned.add(last)
            last = -1
        elif atom.kind not in SILENT and atom.kind not in JOINTS:
            last = atom.start
    return owned, last >= 0


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
