"""Where a name may begin among the words before a number: not inside a word, nor with whom a preposition brings in.

In 向|甲国|提供 the one who is given something is no doer; in 新品种|权 and 在|工业|中|占比 nothing begins at 权 or 中.
"""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.metrics.atoms import WITHIN, Atom
from taizhang.extract.metrics.lexicon import Grammar


def beginnings(row: Sequence[Atom], grammar: Grammar) -> list[bool]:
    """For each word of a row whether a name that goes on to the end of the row may begin with it."""
    made = [not (at and _inside(row[at - 1], atom)) for at, atom in enumerate(row)]
    verb = False
    doer = [False] * len(row)  # whether a verb stands at the word or behind it
    for at in range(len(row) - 1, -1, -1):
        verb = verb or _does(row[at]) or (row[at].tag == WITHIN and at + 1 < len(row))
        doer[at] = verb
    brought = False
    for at, atom in enumerate(row):
        if atom.kind == "preposition":
            brought = atom.text in grammar.oblique
        elif _does(atom) and not (at + 1 < len(row) and row[at + 1].kind == "particle"):
            brought = False
        elif brought and doer[at]:
            made[at] = False
            brought = atom.tag != WITHIN
    return made


def _inside(before: Atom, atom: Atom) -> bool:
    """Whether a word only ends the one before it: 新品种|权, 工业|中."""
    if atom.tag in {WITHIN, "k"}:
        return True
    named = before.kind == atom.kind == "word" and before.end == atom.start
    return named and len(atom.text) == 1 and atom.tag[:1] == before.tag[:1] == "n"


def _does(atom: Atom) -> bool:
    leads = atom.verb is not None and atom.verb.only("reach")
    return (atom.kind == "verb" and not leads) or (
        atom.kind == "word" and atom.tag == "v" and len(atom.text) > 1
    )
