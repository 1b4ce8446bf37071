"""The company of a quantity: the phases that were judged for the numbers around it bear on its own.

Figures of one list, one kind or one article are mostly of one phase. Each was judged alone first; a table of weights
(``rules/weights/phase_chain.tsv``, a relation a line) then adds to its own scores the chances of its company.
All is counted in thousandths, as whole numbers, so that sums are the same in any order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

from taizhang.extract.phases.shapes import Joint
from taizhang.judge import probabilities
from taizhang.judge.choice import SCALE
from taizhang.records import Quantity
from taizhang.segment.layout import Layout

ALWAYS, OWN = "always", "own"

Row = tuple[int, ...]  # a number for each phase, in thousandths
Company = dict[str, Row]


def companies(
    first: Sequence[Sequence[float]], quantities: Sequence[Quantity], layout: Layout, joint: Joint
) -> list[Company]:
    """For each quantity of an article what stands to it in which relation.

    Args:
        first: the scores of each one's phases as it was judged alone, by the labels in their order.
        quantities: in text order, as many.
        layout: of their text.
        joint: what joins the members of a list.
    """
    chances = [_chances(scores) for scores in first]
    found: list[Company] = [{ALWAYS: (SCALE,) * len(scores), OWN: _centred(scores)} for scores in first]
    for before, relation in _neighbours(quantities, layout, joint):
        found[before + 1][f"before.{relation}"] = chances[before]
        found[before][f"after.{relation}"] = chances[before + 1]
    everyone: list[Hashable] = [""] * len(first)
    _add_group(found, "article", everyone, chances)
    _add_group(found, "kind", [q.kind for q in quantities], chances)
    _add_group(found, "unit", [q.unit for q in quantities], chances)
    return found


def scores(company: Mapping[str, Row], table: Mapping[str, Sequence[int]]) -> list[float]:
    """The scores of a quantity's phases in its company; a relation that the table does not know says nothing.

    >>> scores({"own": (2000, -2000), "article": (0, 500)}, {"own": (500, 500), "article": (1000, 1000)})
    [1.0, -0.5]
    """
    known = [(row, values) for relation, values in company.items() if (row := table.get(relation))]
    columns = zip(*[[w * v for w, v in zip(row, values, strict=True)] for row, values in known], strict=True)
    return [sum(column) / SCALE**2 for column in columns]


def _chances(scores: Sequence[float]) -> Row:
    """How far the chance of each phase is above an even one."""
    even = SCALE // len(scores)
    return tuple([round(p * SCALE) - even for p in probabilities(scores)])


def _centred(scores: Sequence[float]) -> Row:
    whole = [round(s * SCALE) for s in scores]
    middle = sum(whole) // len(whole)
    return tuple([s - middle for s in whole])


def _neighbours(quantities: Sequence[Quantity], layout: Layout, joint: Joint) -> list[tuple[int, str]]:
    """The first of each two neighbours in one sentence, and how they stand to each other."""
    found = []
    for i in range(len(quantities) - 1):
        one, other = quantities[i], quantities[i + 1]
        if layout.sentence_at(one.start) != layout.sentence_at(other.start):
            continue
        alike = "unit" if one.unit == other.unit else "kind" if one.kind == other.kind else "other"
        if joint.lists(layout.text[one.end : other.start]):
            near = "list"
        else:
            near = "clause" if layout.clause_at(one.start) == layout.clause_at(other.start) else "sentence"
        found.append((i, f"{near}.{alike}"))
    return found


def _add_group(found: Sequence[Company], name: str, keys: Sequence[Hashable], chances: Sequence[Row]) -> None:
    """To each member of a group the mean chances of the others, drawn towards even ones where they are few."""
    members: dict[Hashable, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        members[key].append(i)
    for group in members.values():
        if len(group) < 2:
            continue
        sums = [sum(column) for column in zip(*[chances[i] for i in group], strict=True)]
        for i in group:
            rest = zip(sums, chances[i], strict=True)
            found[i][name] = tuple([round((total - own) / len(group)) for total, own in rest])
