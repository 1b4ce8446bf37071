"""What is seen of a name that a metric may have, as names of features; the weights say what each is worth."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.options import REACH, Offer, Place
from taizhang.extract.metrics.phrases import SILENT, is_noun
from taizhang.records import Quantity

LENGTHS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 19, 22, 26, 40)


class Around(NamedTuple):
    """What is seen of a quantity whatever its name.

    Attributes:
        row: the words at its sides that name something, and ``starts`` where each begins.
        seen: features of the quantity: what stands at its sides, what its unit is.
    """

    row: tuple[Atom, ...]
    starts: tuple[int, ...]
    seen: tuple[str, ...]
    made: dict[str, tuple[str, ...]]  # filled as makings are met

    def by(self, made: str) -> tuple[str, ...]:
        """The features of a making here: names of one making share them."""
        found = self.made.get(made)
        if found is None:
            by = f"by={made}"
            found = self.made[made] = (by, *[f"{by}&{s}" for s in self.seen])
        return found


def around(place: Place, quantity: Quantity) -> Around:
    """What is seen of the quantity whatever the name."""
    left = [a for a in place.frame.left[-REACH:] if a.kind not in SILENT]
    right = [a for a in place.frame.right[:REACH] if a.kind not in SILENT]
    rest = [a for a in place.frame.rest[:REACH] if a.kind not in SILENT]
    sides = f"{_kind(left[-1]) if left else 'none'}|{_kind(right[0]) if right else 'none'}"
    row = (*left, *right, *rest)
    return Around(row, tuple([a.start for a in row]), _setting(place, quantity, sides), {})


def _setting(place: Place, quantity: Quantity, sides: str) -> tuple[str, ...]:
    return (
        f"kind={quantity.kind}",
        f"unit={quantity.unit}",
        f"sides={sides}",
        f"made={place.name.rule}",
        f"last={place.last.rule}" if place.last.text else "last=none",
    )


def features(text: str, offers: Sequence[Offer], place: Place, known: Around) -> tuple[str, ...]:
    """All features of one name in its place, each once, sorted."""
    found = set(_of_text(text, place))
    for made in {offer.made for offer in offers}:
        found.update(known.by(made))
    for offer in offers:
        found.update(_of_atoms(offer, known))
    return tuple(sorted(found))


def _of_text(text: str, place: Place) -> Iterator[str]:
    name = place.name
    size = max(length for length in LENGTHS if length <= len(text))
    yield f"size={size}"
    yield f"size={size}&{name.rule}"
    if name.action:
        yield f"action={name.action in text}"
    if name.head:
        yield f"head={name.head in text}&{name.rule}"
    if name.text and text != name.text:
        held = "within" if text in name.text else "beyond" if name.text in text else "apart"
        yield held
        yield f"{held}&{name.rule}"
    if text:
        yield f"ends={text[-1]}"
        yield f"ends={text[-2:]}"
        yield f"begins={text[:2]}"
    if place.last.text:
        yield f"is-last={text == place.last.text}"
        if place.last.head:
            yield f"last-head={place.last.head in text}"


def _of_atoms(offer: Offer, around: Around) -> Iterator[str]:
    """How the words of the name stand among those round the number."""
    atoms = offer.atoms
    if not atoms:
        return
    made = offer.made
    first, last = atoms[0], atoms[-1]
    yield f"first={_kind(first)}&{made}"
    yield f"final={_kind(last)}&{made}"
    yield f"count={min(len(atoms), 8)}&{made}"
    verbs = sum(a.kind == "verb" for a in atoms)
    nouns = sum(map(is_noun, atoms))
    yield f"verbs={min(verbs, 3)}&{made}"
    yield f"nouns={min(nouns, 4)}&{made}"
    yield f"verb-noun={verbs > 0}{nouns > 0}"
    for role in sorted(last.verb.roles) if last.verb else ():
        yield f"final-role={role}&{made}"
    for role in sorted(first.verb.roles) if first.verb else ():
        yield f"first-role={role}&{made}"
    yield f"first-word={first.text[:4]}"
    yield f"final-word={last.text[:4]}"
    row, starts = around.row, around.starts
    at, behind = bisect_left(starts, first.start), bisect_left(starts, last.end)
    before = row[at - 1] if at else None
    after = row[behind] if behind < len(row) else None
    yield f"before={_kind(before) if before else 'none'}&{made}"
    yield f"after={_kind(after) if after else 'none'}&{made}"
    if before:
        yield f"cut-before={before.text[:4]}"
    if after:
        yield f"cut-after={after.text[:4]}"
    joints = [
        a.kind for a in atoms if a.kind in {"list", "conjunction", "particle", "preposition", "etcetera"}
    ]
    for kind in set(joints):
        yield f"holds={kind}&{made}"


def _kind(atom: Atom) -> str:
    if atom.kind == "word":
        return f"w:{atom.tag[:2]}"
    if atom.kind == "verb" and atom.verb:
        return _roles(atom.verb.roles)
    return atom.kind


@cache
def _roles(roles: frozenset[str]) -> str:
    return "v:" + "+".join(sorted(roles))
