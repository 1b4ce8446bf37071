"""Sentences as rows of atoms, and the frame of each quantity in its clause."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.names import Frame
from taizhang.extract.metrics.phrases import JOINTS, SILENT, spell
from taizhang.extract.metrics.shared import TurnInRow, turns

Clause = tuple[Atom, ...]

FAR = 60  # atoms: what stands farther from a number does not name it, and work stays linear


class SentenceClauses(NamedTuple):
    """One sentence: its atoms clause by clause, and for each clause what is round its quantities and their turns."""

    clauses: tuple[Clause, ...]
    frames: tuple[dict[int, Frame], ...]
    turns: tuple[dict[int, TurnInRow], ...]


class ClauseBreaks(NamedTuple):
    """What parts the clauses of a sentence.

    Attributes:
        marks: characters that end one.
        brackets: by what opens them, what closes them.
        blanks: where blanks end that part the clauses of a headline.
        telling: verbs behind which what somebody says is a clause of its own: 村民反映|有3处漏水.
    """

    marks: frozenset[str]
    brackets: Mapping[str, str]
    blanks: Container[int] = ()
    telling: Container[str] = ()


def row_of(atoms: Sequence[Atom], cuts: ClauseBreaks) -> SentenceClauses:
    """The sentence cut into clauses; the marks themselves are left out.

    What brackets say beside a number is a clause of its own, and the clause around it goes on behind them:
    价格为27000元（账期一周），较上月下调500元. A number alone in brackets belongs to the words before them:
    保证金比率（178%）.
    """
    opening, closing = _said_in_brackets(atoms, cuts.brackets)
    clauses: list[list[Atom]] = [[]]
    within = [0]  # the clause at hand, after those that it is bracketed in
    for place, atom in enumerate(atoms):
        if atom.kind != "mark":
            clauses[within[-1]].append(atom)
            if atom.text in cuts.telling and not _modifies(atoms[place + 1 : place + 2]):
                within[-1] = len(clauses)
                clauses.append([])
        elif place in opening:
            within.append(len(clauses))
            clauses.append([])
        elif place in closing:
            within.pop()
        elif atom.text[0] in cuts.marks or (atom.text.isspace() and atom.end in cuts.blanks):
            within[-1] = len(clauses)
            clauses.append([])
        else:
            clauses[within[-1]].append(atom)
    kept = tuple(tuple(c) for c in clauses if c)
    frames = tuple(map(_frames, kept))
    return SentenceClauses(kept, frames, tuple(map(turns, frames)))


def _modifies(after: Sequence[Atom]) -> bool:
    """Whether a verb with these words after it only says of which thing is spoken: 审计认为的5个问题."""
    return bool(after) and after[0].kind == "particle"


def _said_in_brackets(atoms: Sequence[Atom], brackets: Mapping[str, str]) -> tuple[set[int], set[int]]:
    """Where brackets that hold words of their own open, and where they close."""
    opening: set[int] = set()
    closing: set[int] = set()
    open_: list[tuple[int, int]] = []  # each with how many words stand before it
    words = 0
    for place, atom in enumerate(atoms):
        if atom.kind not in SILENT | JOINTS:
            words += 1
        elif atom.kind == "mark" and atom.text in brackets:
            open_.append((place, words))
        elif atom.kind == "mark" and open_ and atom.text == brackets[atoms[open_[-1][0]].text]:
            start, before = open_.pop()
            if words > before:
                opening.add(start)
                closing.add(place)
    return opening, closing


def _frames(clause: Clause) -> dict[int, Frame]:
    """What stands round each quantity of a clause; numbers that touch share both sides."""
    places = [i for i, atom in enumerate(clause) if atom.kind == "quantity"]
    groups: list[list[int]] = []
    for place in places:
        if groups and _touch(clause[groups[-1][-1]], clause[groups[-1][-1] + 1 : place]):
            groups[-1].append(place)
        else:
            groups.append([place])
    made: dict[int, Frame] = {}
    before = -1
    for number, group in enumerate(groups):
        after = groups[number + 1][0] if number + 1 < len(groups) else -1
        frame = _frame(clause, before, group, after)
        made.update((clause[place].number, frame) for place in group)
        before = group[-1]
    return made


def _frame(clause: Clause, before: int, group: list[int], after: int) -> Frame:
    """The frame of one group; ``before`` and ``after`` are the places of its neighbours, -1 where there is none."""
    left = clause[max(before + 1, group[0] - FAR) : group[0]]
    listed = False
    if before >= 0:
        left = left[_separator(left) :]
        listed = bool(left) and left[0].kind in {"list", "conjunction"}
    behind = group[-1] + 1
    if after < 0:
        return Frame(left, clause[behind : behind + FAR], (), listed)
    right = clause[behind:after]
    if any(a.kind in {"list", "conjunction"} for a in right):
        right = right[: _separator(right)]
    rest = clause[behind + len(right) : behind + len(right) + FAR]
    return Frame(left, right, rest, listed)


def _touch(first: Atom, between: Clause) -> bool:
    """Whether two numbers share what stands round them: 301户611人; 12、15和8个, which share the unit, too."""
    listed = first.text[-1].isdigit() and len(between) == 1 and between[0].kind in {"list", "conjunction"}
    return listed or (not any(a.kind == "list" for a in between) and not spell(between))


def _separator(between: Clause) -> int:
    """Where, between two quantities, the first one's words end and the second one's begin.

    A list mark straight after the first number gives all to the second; otherwise the last mark divides them;
    without a mark both share what stands between (16处工程已有13处).
    """
    marks = [i for i, a in enumerate(between) if a.kind in {"list", "conjunction"}]
    if not marks or not spell(between[: marks[0]]):
        return 0
    return marks[-1]
