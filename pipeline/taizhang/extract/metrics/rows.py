"""Sentences as rows of atoms, and the frame of each quantity in its clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.names import Frame, spell

Clause = tuple[Atom, ...]


class Row(NamedTuple):
    """One sentence: its atoms clause by clause."""

    clauses: tuple[Clause, ...]


def row_of(atoms: Sequence[Atom], marks: frozenset[str]) -> Row:
    """The sentence cut at its clause marks; the marks themselves are left out."""
    clauses: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.kind == "mark" and atom.text[0] in marks:
            clauses.append([])
        else:
            clauses[-1].append(atom)
    return Row(tuple(tuple(c) for c in clauses if c))


def frame_of(clause: Clause, index: int) -> Frame:
    """What stands round a quantity; numbers with nothing between them (301户611人) share both sides."""
    places = [i for i, atom in enumerate(clause) if atom.kind == "quantity"]
    me = next(n for n, i in enumerate(places) if clause[i].number == index)
    first = last = me
    while first and _touch(clause[places[first - 1] + 1 : places[first]]):
        first -= 1
    while last + 1 < len(places) and _touch(clause[places[last] + 1 : places[last + 1]]):
        last += 1
    left = clause[: places[first]]
    listed = False
    if first:
        between = clause[places[first - 1] + 1 : places[first]]
        cut = _separator(between)
        left = between[cut:]
        listed = bool(left) and left[0].kind in {"list", "conjunction"}
    right = clause[places[last] + 1 :]
    rest: Clause = ()
    if last + 1 < len(places):
        right = clause[places[last] + 1 : places[last + 1]]
        if any(a.kind in {"list", "conjunction"} for a in right):
            right = right[: _separator(right)]
        rest = clause[places[last] + 1 + len(right) :]
    return Frame(left, right, rest, listed)


def _touch(between: Clause) -> bool:
    return not any(a.kind == "list" for a in between) and not spell(between)


def _separator(between: Clause) -> int:
    """Where, between two quantities, the first one's words end and the second one's begin.

    A list mark straight after the first number gives all to the second; otherwise the last mark divides them;
    without a mark both share what stands between (16处工程已有13处).
    """
    marks = [i for i, a in enumerate(between) if a.kind in {"list", "conjunction"}]
    if not marks or not spell(between[: marks[0]]):
        return 0
    return marks[-1]
