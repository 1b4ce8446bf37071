"""What is seen of a quantity that bears on its phase, as names of features; the weights say what each is worth."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.names import Frame, MetricName
from taizhang.extract.metrics.phrases import SILENT
from taizhang.extract.metrics.rows import Clause
from taizhang.extract.phases import states
from taizhang.extract.phases.classes import Classes, verb_form
from taizhang.extract.phases.states import States
from taizhang.records import Quantity

NEAR = 3  # words on either side of a number that are told apart by their place
BAG = 12  # words of one side of a clause, or of a clause beside it
END = 2  # characters of a noun's end that tell its kind
READ = "read="  # begins the feature that says how the rules alone read the phase
CROSSED = frozenset(
    {"action", "head", "left1", "right1"}
)  # roles whose classes are crossed with the number's kind
STATE_LEFT = "state-left="  # begins the one that says the state told before the number


class QuantityContext(NamedTuple):
    """What surrounds a quantity, as its features are read from.

    Attributes:
        name: the metric's name by the grammar.
        quantity: the number.
        frame: what stands round it in its clause.
        clauses: of the sentence.
        at: index of its clause.
        seen: what the phase rules see in it.
    """

    name: MetricName
    quantity: Quantity
    frame: Frame
    clauses: Sequence[Clause]
    at: int
    seen: Sequence[str]


class SceneFeatures(NamedTuple):
    """All features of a scene, and those among them that are crossed with the number's time, once that is known."""

    every: tuple[str, ...] = ()
    timed: tuple[str, ...] = ()


def features(scene: QuantityContext, classes: Classes, known: States) -> SceneFeatures:
    """All features of a scene, each once, in the order in which they are seen."""
    around = states.around(scene.clauses, scene.at, scene.quantity.start, known)
    read = next((feature for feature in scene.seen if feature.startswith(READ)), "")
    found = ["always"]
    found += _of_quantity(scene)
    found += scene.seen
    found += _of_name(scene)
    found += _of_sides(scene)
    found += _of_clauses(scene)
    found += _of_states(around, read)
    found += states.verbs(scene.clauses[scene.at], scene.quantity.start, known, classes)
    found += _of_classes(scene, classes)
    every = dict.fromkeys(_overruled(found, scene, classes) if classes.own else found)
    timed = (read, f"{STATE_LEFT}{around['left']}")
    return SceneFeatures(tuple(every), tuple([feature for feature in timed if feature in every]))


def _overruled(found: Sequence[str], scene: QuantityContext, classes: Classes) -> list[str]:
    """The features less those that know a user's own words by their form: their weights are those of other senses."""
    told = sorted({phase for form in _forms(scene.name) for phase in classes.own.get(form, ())})
    kept = [*strange(found, classes), *(f"own~~{phase}" for phase in told)]
    return kept + [f"own-read~~{phase}" for phase in told if f"read={phase}" in found]


def strange(found: Iterable[str], classes: Classes) -> list[str]:
    """The features in which no word of a user's own stands."""
    return [feature for feature in found if not any(word in feature for word in classes.own)]


def _of_quantity(scene: QuantityContext) -> Iterator[str]:
    yield f"unit={scene.quantity.unit}"
    yield f"kind={scene.quantity.kind}"


def _forms(name: MetricName) -> list[str]:
    return [verb_form(a) for a in name.verbs]


def _head(name: MetricName) -> str:
    return name.head or name.object[-END:]


def _of_name(scene: QuantityContext) -> Iterator[str]:
    """The verbs that govern, and the head of what is counted."""
    name, kind = scene.name, scene.quantity.kind
    yield f"made={name.rule}"
    yield f"lead={name.lead}"
    forms = _forms(name)
    yield from (f"verb={form}" for form in forms)
    if not forms:
        yield "no-verb"
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


def _of_sides(scene: QuantityContext) -> Iterator[str]:
    """The words next to the number, by their place."""
    for side, row in (("left", scene.frame.left[::-1]), ("right", scene.frame.right)):
        words = [a for a in row if a.kind != "mark"]
        for place, atom in enumerate(words[:NEAR], 1):
            yield f"{side}{place}={shown(atom)}"
        if not words:
            yield f"{side}1=none"


def _of_clauses(scene: QuantityContext) -> Iterator[str]:
    """Words of the clause before the number, of the clause before it and of the one after."""
    for side, row in _beside(scene):
        yield from [f"{side}={shown(atom)}" for atom in row]
    if scene.at:
        yield f"sentence={shown(scene.clauses[0][0])}"
    yield f"clause={shown(scene.clauses[scene.at][0])}"


def _beside(scene: QuantityContext) -> Iterator[tuple[str, Sequence[Atom]]]:
    clauses, at = scene.clauses, scene.at
    clause = clauses[at]
    inside = bisect_left(clause, scene.quantity.start, key=lambda atom: atom.start)
    yield "in", clause[max(0, inside - 2 * BAG) : inside]
    if at:
        yield "before1", clauses[at - 1][-BAG:]
    if at + 1 < len(clauses):
        yield "after", clauses[at + 1][:BAG]


def _of_states(around: Mapping[str, str], read: str) -> Iterator[str]:
    """What words around the number say of the deed: done or not, and whether the rules' reading agrees."""
    for side, state in around.items():
        yield f"state-{side}={state}"
        yield f"state-{side}={state}&{read}"
    yield f"{STATE_LEFT}{around['left']}&right={around['right']}"


def _of_classes(scene: QuantityContext, classes: Classes) -> list[str]:
    """The classes of words in their roles, and the phases that they tell."""
    name, kind = scene.name, scene.quantity.kind
    found: list[str] = []
    for form in _forms(name):
        found += classes.senses(form, "verb").told("verb")
    if name.action:
        found += classes.senses(name.action, "verb").told("action", kind)
    if head := _head(name):
        found += classes.senses(head, "noun").told("head", kind)
    found += _of_neighbours(scene, classes)
    for where, beside in _beside(scene):
        for atom in filter(_speaks, beside):
            found += classes.of_atom(atom).told(where)
    if not name.verbs:
        found.append(f"no-verb&{kind}")
    return found


def _of_neighbours(scene: QuantityContext, classes: Classes) -> list[str]:
    """The classes of the words on either side of the number, and of the nearest by their place."""
    found: list[str] = []
    for side, row in (("left", scene.frame.left[::-1]), ("right", scene.frame.right)):
        known = [classes.of_atom(atom) for atom in islice(filter(_speaks, row), BAG)]
        for senses in known:
            found += senses.told(side)
        for place, senses in enumerate(known[:NEAR], 1):
            role = f"{side}{place}"
            found += senses.told(role, scene.quantity.kind if role in CROSSED else "")
    return found


def _speaks(atom: Atom) -> bool:
    return atom.kind not in SILENT or atom.kind == "filler"


def shown(atom: Atom) -> str:
    """An atom as a feature shows it: words by their form, what other rules have understood by its kind."""
    return f"[{atom.kind}]" if atom.kind in SILENT and atom.kind != "filler" else atom.text[:6]
