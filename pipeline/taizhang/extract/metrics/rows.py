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
        origins: verbs that with a number and 的 tell where what is counted next comes from: 来自9个|县|的|30名学员.
    """

    marks: frozenset[str]
    brackets: Mapping[str, str]
    blanks: Container[int] = ()
    telling: Container[str] = ()
    origins: Container[str] = ()


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
    frames = tuple([_frames(clause, cuts.origins) for clause in kept])
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


def _frames(clause: Clause, origins: Container[str]) -> dict[int, Frame]:
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
        frame = _from_where(clause, before, group, frame, origins)
        if after >= 0 and group[0] and clause[group[0] - 1].text in origins:
            frame = _where(clause[group[-1] + 1 : after], frame)
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


def _from_where(
    clause: Clause, before: int, group: list[int], frame: Frame, origins: Container[str]
) -> Frame:
    """The frame without what says from how many places the things come: 邀请|来自|9个|县|的|30名|学员.

    ``before`` is the place of the number of those, if it is one.
    """
    if before < 1 or clause[before - 1].text not in origins:
        return frame
    between = clause[before + 1 : group[0]]
    end = next((i for i, a in enumerate(between) if a.kind == "particle"), -1)
    if end < 0:
        return frame
    if end + 1 < len(between):
        return frame._replace(left=between[end + 1 :], listed=False)
    start = max((i + 1 for i, a in enumerate(clause[: before - 1]) if a.kind == "quantity"), default=0)
    return frame._replace(left=clause[start : before - 1][-FAR:], listed=False)


def _where(behind: Clause, frame: Frame) -> Frame:
    """The frame of the number of places, which has all words up to 的: 来自|9个|县|和|市|的|30名|学员."""
    end = next((i for i, a in enumerate(behind) if a.kind == "particle"), 0)
    return frame._replace(right=behind[:end], rest=behind[end:]) if end else frame


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
