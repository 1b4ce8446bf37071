"""Sentences as rows of atoms, and the frame of each quantity in its clause."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import Frame
from taizhang.extract.metrics.phrases import JOINTS, SILENT, spell
from taizhang.extract.metrics.relatives import comes_from, of_next, turned
from taizhang.extract.metrics.shared import TurnInRow, turns
from taizhang.extract.metrics.siblings import each_its_own, shared, side_by_side
from taizhang.extract.metrics.sides import summed

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
        grammar: what words say, among them the verbs behind which what somebody says is a clause of its own:
            村民反映|有3处漏水.
    """

    marks: frozenset[str]
    brackets: Mapping[str, str]
    blanks: Container[int]
    grammar: Grammar


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
            if atom.text in cuts.grammar.telling and not _modifies(atoms[place + 1 : place + 2]):
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
    frames = tuple([_frames(clause, cuts.grammar) for clause in kept])
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


def _frames(clause: Clause, grammar: Grammar) -> dict[int, Frame]:
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
    left: Clause = ()
    for number, group in enumerate(groups):
        after = groups[number + 1][0] if number + 1 < len(groups) else -1
        left, listed = _left(clause, before, group, left, grammar)
        right, rest = _behind(clause, left, group, after, grammar)
        frame = Frame(tuple(summed(left, right, grammar)), right, rest, listed)
        frame = turned(frame, clause[group[0]], grammar)
        made.update((clause[place].number, frame) for place in group)
        before = group[-1]
    return made


def _left(
    clause: Clause, before: int, group: list[int], told: Clause, grammar: Grammar
) -> tuple[Clause, bool]:
    """What stands before one group, and whether it goes on with a list.

    ``before`` is the place of its neighbour, -1 where there is none, and ``told`` what stands before that.
    """
    left = clause[max(before + 1, group[0] - FAR) : group[0]]
    if before < 0:
        return left, False
    origin = comes_from(told, grammar)
    of = next((i for i, a in enumerate(left) if a.kind == "particle"), -1)
    if origin >= 0 and of >= 0:  # 吸引|来自30个国家和地区的|300家企业
        return (*told[:origin], *left[of + 1 :]), False
    if of_next(told, left, grammar):  # 走访9个县的|13个乡镇
        return (*told, *left)[-FAR:], False
    if each_its_own(left, clause[group[-1] + 1 : group[-1] + 2]):
        return (), True
    left = left[_separator(left) :]
    return left, bool(left) and left[0].kind in {"list", "conjunction"}


def _behind(
    clause: Clause, left: Clause, group: list[int], after: int, grammar: Grammar
) -> tuple[Clause, Clause]:
    """What stands behind one group, and what follows that; ``after`` is the place of its neighbour, or -1."""
    behind = group[-1] + 1
    if after < 0:
        return clause[behind : behind + FAR], ()
    right = clause[behind:after]
    follows = after
    if of_next(left, right, grammar) or each_its_own(right, clause[after + 1 : after + 2]):
        follows = len(clause)
    elif any(a.kind in {"list", "conjunction"} for a in right):
        own = _separator(right)
        listed = shared(clause[: after + FAR], group[-1], after) if side_by_side(right) else 0
        right = right[:own]
        follows = max(listed, behind + own)
    return right, clause[follows : follows + FAR]


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
