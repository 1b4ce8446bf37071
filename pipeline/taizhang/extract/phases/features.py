"""What is seen of a quantity that bears on its phase, as names of features; the weights say what each is worth."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.names import Frame, Name
from taizhang.extract.metrics.phrases import SILENT
from taizhang.extract.metrics.rows import Clause
from taizhang.extract.phases.classes import Classes, verb_form
from taizhang.records import Quantity

NEAR = 3  # words on either side of a number that are told apart by their place
BAG = 12  # words of one side of a clause, or of a clause beside it
SHOWN = 8  # characters on either side that are read in pairs
END = 2  # characters of a noun's end that tell its kind


class Scene(NamedTuple):
    """What surrounds a quantity, as its features are read from.

    Attributes:
        name: the metric's name by the grammar.
        quantity: the number.
        frame: what stands round it in its clause.
        clauses: of the sentence.
        at: index of its clause.
        seen: what the phase rules see in it.
        above: character pairs of the title and of the heading over it.
        text: the clean text.
    """

    name: Name
    quantity: Quantity
    frame: Frame
    clauses: Sequence[Clause]
    at: int
    seen: Sequence[str]
    above: Sequence[str]
    text: str


def features(scene: Scene, classes: Classes) -> set[str]:
    """All features of a scene."""
    found = {"always"}
    found.update(_of_quantity(scene))
    found.update(scene.seen)
    found.update(scene.above)
    found.update(_of_name(scene))
    found.update(_of_sides(scene))
    found.update(_of_clauses(scene))
    found.update(_of_characters(scene))
    found.update(_of_classes(scene, classes))
    return _overruled(found, scene, classes) if classes.own else found


def _overruled(found: set[str], scene: Scene, classes: Classes) -> set[str]:
    """The features less those that know a user's own words by their form: their weights are those of other senses."""
    kept = {feature for feature in found if not any(word in feature for word in classes.own)}
    told = {phase for form in _forms(scene.name) for phase in classes.own.get(form, ())}
    kept |= {f"own~~{phase}" for phase in told}
    return kept | {f"own-read~~{phase}" for phase in told if f"read={phase}" in found}


def _of_quantity(scene: Scene) -> Iterator[str]:
    quantity = scene.quantity
    yield f"unit={quantity.unit}"
    yield f"kind={quantity.kind}"
    yield f"bound={quantity.bound}"


def _forms(name: Name) -> list[str]:
    return [verb_form(a) for a in name.verbs]


def _head(name: Name) -> str:
    return name.head or name.object[-END:]


def _of_name(scene: Scene) -> Iterator[str]:
    """The verbs that govern, and the head of what is counted."""
    name, kind = scene.name, scene.quantity.kind
    yield f"made={name.rule}"
    yield f"lead={name.lead}"
    forms = _forms(name)
    yield from (f"verb={form}" for form in forms)
    yield f"first-verb={forms[0]}" if forms else "no-verb"
    if forms:
        yield f"last-verb={forms[-1]}"
    if name.action:
        yield f"action={name.action}"
        yield f"action={name.action[0]}…"
        yield f"action=…{name.action[-1]}"
        yield f"action={name.action}&{kind}"
    if head := _head(name):
        yield f"head={head}"
        yield f"head=…{head[-END:]}"
        yield f"head=…{head[-1]}"
        if name.action:
            yield f"deed={name.action}+{head[-END:]}"


def _of_sides(scene: Scene) -> Iterator[str]:
    """The words on either side by their place, and all words of either side."""
    for side, row in (("left", scene.frame.left[::-1]), ("right", scene.frame.right)):
        words = [a for a in row if a.kind != "mark"]
        for place, atom in enumerate(words[:NEAR], 1):
            yield f"{side}{place}={shown(atom)}"
        if not words:
            yield f"{side}1=none"
        for atom in words[:BAG]:
            yield f"{side}={shown(atom)}"


def _of_clauses(scene: Scene) -> Iterator[str]:
    """Words of the clause before the number, of the two clauses before and of the one after."""
    for side, row in _beside(scene):
        yield from (f"{side}={shown(atom)}" for atom in row)
    if scene.at:
        yield f"sentence={shown(scene.clauses[0][0])}"
    yield f"clause={shown(scene.clauses[scene.at][0])}"


def _beside(scene: Scene) -> Iterator[tuple[str, Sequence[Atom]]]:
    clauses, at = scene.clauses, scene.at
    clause = clauses[at]
    inside = bisect_left(clause, scene.quantity.start, key=lambda atom: atom.start)
    yield "in", clause[max(0, inside - 2 * BAG) : inside]
    for back in (1, 2):
        if at >= back:
            yield f"before{back}", clauses[at - back][-BAG:]
    if at + 1 < len(clauses):
        yield "after", clauses[at + 1][:BAG]


def _of_characters(scene: Scene) -> Iterator[str]:
    """Pairs of characters before the number and behind it."""
    quantity, text = scene.quantity, scene.text
    yield from (f"<{a}{b}" for a, b in pairwise(text[max(0, quantity.start - SHOWN) : quantity.start]))
    yield from (f">{a}{b}" for a, b in pairwise(text[quantity.end : quantity.end + SHOWN]))


def _of_classes(scene: Scene, classes: Classes) -> Iterator[str]:
    """The classes of words in their roles, and of verb and noun together."""
    name, kind = scene.name, scene.quantity.kind
    roles: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {}
    for role, words in _roles(scene):
        for word in words:
            senses = classes.senses(word)
            roles.setdefault(role, set()).update(senses.classes)
            told.setdefault(role, set()).update(senses.phases)
    for role, found in roles.items():
        yield from (f"{role}~{name_}" for name_ in found)
    for role, phases in told.items():
        yield from (f"{role}~~{phase}" for phase in phases)
    for role in ("action", "head", "left1", "right1"):
        yield from (f"{role}~{name_}&{kind}" for name_ in roles.get(role, ()))
    yield from _of_deeds(roles, told, kind)
    if not name.verbs:
        yield f"no-verb&{kind}"


def _of_deeds(roles: dict[str, set[str]], told: dict[str, set[str]], kind: str) -> Iterator[str]:
    """Classes of verb and noun together, and of what stands at both sides."""
    heads = roles.get("head", ())
    for action in roles.get("action", ()):
        yield from (f"deed~{action}+{head}" for head in heads)
    for phase in told.get("action", ()):
        yield f"action~~{phase}&{kind}"
        yield from (f"deed~~{phase}+{head}" for head in heads)
        for role in ("left", "in"):
            yield from (f"action~~{phase}&{role}~~{other}" for other in told.get(role, ()))
    for left in roles.get("left1", ()):
        yield from (f"sides~{left}+{right}" for right in roles.get("right1", ()))


def _roles(scene: Scene) -> Iterator[tuple[str, list[str]]]:
    """Words by the role in which they stand."""
    name = scene.name
    yield "verb", _forms(name)
    yield "action", [name.action] if name.action else []
    yield "head", [_head(name)] if _head(name) else []
    left = [a.text for a in scene.frame.left[::-1] if a.kind not in SILENT or a.kind == "filler"]
    right = [a.text for a in scene.frame.right if a.kind not in SILENT or a.kind == "filler"]
    for side, words in (("left", left), ("right", right)):
        yield side, words[:BAG]
        for place, word in enumerate(words[:NEAR], 1):
            yield f"{side}{place}", [word]
    for side, row in _beside(scene):
        yield side, [a.text for a in row if a.kind not in SILENT or a.kind == "filler"]


def shown(atom: Atom) -> str:
    """An atom as a feature shows it: words by their form, what other rules have understood by its kind."""
    return f"[{atom.kind}]" if atom.kind in SILENT and atom.kind != "filler" else atom.text[:6]
