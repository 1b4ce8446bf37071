"""What is seen of a name that a metric may have, in parts of features; the weights say what each part is worth.

Nearly all features speak of classes: how the name was made, how long it is, what it has of what the grammar found,
which kinds of words it begins and ends with, and what it is cut from. Of the name itself only the characters at its
ends are seen. (With all its words, fitted and cross-validated, the metric was right no more often.)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.makings import Making, MakingFeatures, MakingWeights
from taizhang.extract.metrics.offer import REACH, MetricCandidate, NameContext
from taizhang.extract.metrics.phrases import JOINTS, SILENT, content, is_noun
from taizhang.judge import FeatureSum, Option, Weighed
from taizhang.judge.choice import SCALE
from taizhang.records import Quantity

LENGTHS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 19, 22, 26, 40)
SIZES = [str(LENGTHS[bisect_right(LENGTHS, n) - 1]) for n in range(LENGTHS[-1] + 1)]
FAR = 1 << 30  # behind all words of a text
VERB, NOUN = 1, 2  # bits of what a name holds
ENDS, STANDS = ("first", "before", "final", "after"), ("start", "end", "out")
JOINT = {kind: 4 << i for i, kind in enumerate(sorted(JOINTS))}


class NameShape(NamedTuple):
    """The words of a name as classes, whatever its making.

    Attributes:
        first: the kind of its first word, ``before`` of the one before that.
        final: the kind of its last word, ``after`` of the one after that.
        words: whether it holds a verb and a noun: what alone is not crossed with makings.
        joints: the kinds of joints that it holds.
        start: what it begins behind, and ``out`` what it leaves out there.
        end: where it ends: before the number, with the words behind it, among them, behind another number; what stands
            straight before another number is that one's own where nothing is said behind the last: 甲5个、乙3个.
    """

    first: str
    before: str
    final: str
    after: str
    words: FeatureSum
    joints: tuple[str, ...]
    start: str
    end: str
    out: str


class NameShapeFeatures(NamedTuple):
    """The shape and the length of a name that was made in one way, and what they are worth: a part of an option."""

    shape: NameShape
    size: str
    made: str
    score: int

    @property
    def features(self) -> tuple[str, ...]:
        """The features of the shape, each with the making."""
        shape = self.shape
        ends = [f"{name}={getattr(shape, name)}&{self.made}" for name in ENDS]
        holds = [f"holds={kind}&{self.made}" for kind in shape.joints]
        stands = [f"{name}={getattr(shape, name)}&{self.made}" for name in STANDS]
        return (*ends, *shape.words.features, *holds, *stands, f"long={self.size}&{self.made}")


class QuantityFeatures:
    """What is seen of a quantity whatever its name, and what its makings weigh."""

    def __init__(self, place: NameContext, quantity: Quantity, known: MakingWeights) -> None:
        self.name, self.known = place.name, known
        frame = place.frame
        left, right, rest = place.left, content(frame.right[:REACH]), content(frame.rest[:REACH])
        self.kinds = ["none", *map(_kind, left), *map(_kind, right), *map(_kind, rest), "none"]
        self.starts = [a.start for row in (left, right, rest) for a in row]
        sides = f"{self.kinds[len(left)]}|{self.kinds[len(left) + 1] if right else 'none'}"
        told = f"{_holds(left)}|{_holds(right)}"
        self.begins = place.near.begins
        self.out = dict(zip([a.start for a in left], _held_before(left), strict=True))
        self.before = {a.start: b.kind for b, a in pairwise(frame.left)} | {
            a.start: "none" for a in frame.left[:1]
        }
        self.right = right[-1].start if right else -1
        self.rest = rest[0].start if rest else FAR
        self.owned, self.tail = _owned([*frame.right, *frame.rest][:REACH])
        self.seen = (*_setting(place, quantity, sides), f"told={told}")
        self.makings: dict[str, tuple[MakingFeatures, Making]] = {}
        self.shapes: dict[int, NameShape] = {}  # of rows of words, which live as long as the names

    def option(self, text: str, offers: Sequence[MetricCandidate]) -> Option:
        """One name with its parts: its text, its makings, and how its words stand among those round the number."""
        _, made, atoms = offers[0]
        size = SIZES[min(len(text), LENGTHS[-1])]
        held, spelt = self._held(text, size), self.known.spelt(text)
        making, weights = self.makings.get(made) or self._making(made)
        parts: list[Weighed] = [held, spelt, making]
        score, rule = held.score + spelt.score + making.score, made
        if len(offers) > 1:
            makings = {offer.made: None for offer in offers}
            rule = "grammar" if "grammar" in makings else min(makings)
            for other in list(makings)[1:]:
                making, _ = self.makings.get(other) or self._making(other)
                score += making.score
                parts.append(making)
            if not atoms:
                made, atoms = next(((made, atoms) for _, made, atoms in offers if atoms), (made, atoms))
                _, weights = self.makings[made]
        if atoms:
            shape = self.shapes.get(id(atoms)) or self._shape(atoms)
            worth = _worth(shape, size, weights)
            score += worth
            parts.append(NameShapeFeatures(shape, size, made, worth))
        return Option(text, f"name.{rule}", (), score / SCALE, tuple(parts))

    def _shape(self, atoms: Sequence[Atom]) -> NameShape:
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
        at, to = bisect_left(self.starts, first) + 1, bisect_left(self.starts, final) + 1
        kinds, (words, joints) = self.kinds, self._holding(bits)
        start, out = self.before.get(first, "right"), self.out.get(first, "")
        own, before, last, after = kinds[at], kinds[at - 1], kinds[to], kinds[to + 1]
        found = NameShape(own, before, last, after, words, joints, start, end, out)
        self.shapes[id(atoms)] = found
        return found

    def _holding(self, bits: int) -> tuple[FeatureSum, tuple[str, ...]]:
        """What a name holds by its bits: whether a verb and a noun, and which joints."""
        found = self.known.held.get(bits)
        if found is None:
            words = self.known.weights.part((f"verb-noun={bits & VERB > 0}{bits & NOUN > 0}",))
            joints = tuple([kind for kind, bit in JOINT.items() if bits & bit])
            found = self.known.held[bits] = (words, joints)
        return found

    def _making(self, made: str) -> tuple[MakingFeatures, Making]:
        weights = self.known.making(made)
        found = self.makings[made] = (MakingFeatures(made, self.seen, weights.worth(self.seen)), weights)
        return found

    def _held(self, text: str, size: str) -> FeatureSum:
        """How long a name is, and what it has of what the grammar found."""
        name = self.name
        own, action, head = name.text, name.action, name.head
        held = ""
        if own and text != own:
            held = "within" if text in own else "beyond" if own in text else "apart"
        key = (name.rule, size, action in text if action else None, head in text if head else None, held)
        found = self.known.parts.get(key)
        if found is None:
            found = self.known.parts[key] = self.known.weights.part(tuple(_of_text(*key)))
        return found


def _worth(shape: NameShape, size: str, weights: Making) -> int:
    """What a shape and a length are worth for one making: the sum of their features' weights."""
    first, before, final, after, words, joints, start, end, out = shape
    ends = weights.first.get(first, 0) + weights.before.get(before, 0)
    ends += weights.final.get(final, 0) + weights.after.get(after, 0)
    stands = weights.start.get(start, 0) + weights.end.get(end, 0) + weights.out.get(out, 0)
    for kind in joints:
        stands += weights.holds.get(kind, 0)
    return words.score + ends + stands + weights.long.get(size, 0)


def _setting(place: NameContext, quantity: Quantity, sides: str) -> tuple[str, ...]:
    near = place.near
    return (
        f"kind={quantity.kind}",
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


def _held_before(row: Sequence[Atom]) -> Iterator[str]:
    """Of each word of a row whether those before it hold a verb and a noun."""
    verb = noun = False
    for atom in row:
        yield f"{'v' if verb else ''}{'n' if noun else ''}"
        verb, noun = verb or atom.kind == "verb", noun or is_noun(atom)


def _of_text(rule: str, size: str, action: bool | None, head: bool | None, held: str) -> Iterator[str]:
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
