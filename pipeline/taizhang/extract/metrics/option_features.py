"""What is seen of a name that a metric may have, as names of features; the weights say what each is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.options import Offer, Place
from taizhang.extract.metrics.phrases import SILENT, is_noun
from taizhang.records import Quantity

LENGTHS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 19, 22, 26, 40)


def setting(place: Place, quantity: Quantity) -> tuple[str, ...]:
    """What is seen of the quantity whatever the name: what stands at its sides, what its unit is."""
    left = [a for a in place.frame.left if a.kind not in SILENT]
    right = [a for a in place.frame.right if a.kind not in SILENT]
    sides = f"{_kind(left[-1]) if left else 'none'}|{_kind(right[0]) if right else 'none'}"
    return (
        f"kind={quantity.kind}",
        f"unit={quantity.unit}",
        f"sides={sides}",
        f"made={place.name.rule}",
        f"last={place.last.rule}" if place.last.text else "last=none",
    )


def features(text: str, offers: Sequence[Offer], place: Place, seen: Sequence[str]) -> tuple[str, ...]:
    """All features of one name in its place, each once, sorted."""
    found = set(_of_text(text, place))
    makings = {offer.made for offer in offers}
    for made in makings:
        found.add(f"by={made}")
        found.update(f"by={made}&{s}" for s in seen)
    for offer in offers:
        found.update(_of_atoms(offer, place))
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


def _of_atoms(offer: Offer, place: Place) -> Iterator[str]:
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
    row = [a for a in (*place.frame.left, *place.frame.right, *place.frame.rest) if a.kind not in SILENT]
    before = max((a for a in row if a.end <= first.start), default=None)
    after = min((a for a in row if a.start >= last.end), default=None)
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
        return "v:" + "+".join(sorted(atom.verb.roles))
    return atom.kind
