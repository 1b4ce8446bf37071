"""Names that several numbers of a sentence share in part: the bearer said once, the members of a list one a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from taizhang.extract.metrics.atoms import WITHIN, Atom
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import Frame
from taizhang.extract.metrics.phrases import JOINTS, SILENT, is_noun, joined, leads, spell
from taizhang.extract.metrics.starts import beginnings

BEARERS = 4  # beginnings of the words before a number from which the next may take its bearer
TAILS = 3  # words that the last member of a list may have of its own before what all share
WORDS = 16  # of a clause that are looked at
_PARTS = frozenset({"list", "conjunction"})


def bearers(before: Sequence[Atom], grammar: Grammar) -> list[str]:
    """What the number before may have said its name of, from its last words to all: 初中 of 初中招生.

    ``before``: the words on its left side.
    """
    row = [a for a in before[-WORDS:] if a.kind not in SILENT]
    while row and leads(row[-1]):
        row.pop()
    if len(row) < 2:
        return []
    opens = beginnings(row, grammar)
    starts = [at for at in range(len(row) - 2, max(-1, len(row) - 2 - BEARERS), -1) if opens[at]]
    starts = [at for at in starts if row[at].kind != "preposition" or not _within(row[at:])]
    made = {spell(row[start:end]): None for end in (len(row) - 1, len(row)) for start in starts}
    return [name for name in made if name]


def _within(row: Sequence[Atom]) -> bool:
    """Whether a row only says inside what: 在|工业|中."""
    return any(a.tag == WITHIN for a in row)


class TurnInRow(NamedTuple):
    """Which of how many numbers in a row one is, and the frame of the first."""

    at: int
    among: int
    first: Frame


def members(turn: TurnInRow, earlier: Sequence[Atom], grammar: Grammar) -> Iterator[str]:
    """Names for one number of a row that follows a list: 水电、风电发电量分别占6%和4% is 水电发电量占, 风电发电量占.

    Args:
        turn: which of the numbers it is.
        earlier: the clause before, which may hold the list: 水电、风电都在增长，分别增长6%和4%.
    """
    at, count, first = turn
    if count < 2:
        return
    own = [a for a in first.left[-2 * WORDS :] if a.kind not in SILENT]
    while own and leads(own[-1]):
        own.pop()
    told = _split(own, count)
    if told and any(a.text in grammar.than for a in own):
        return  # 比一季度和去年同月分别少2个和7个百分点
    if told:
        brought = told[0][:1] if told[0][0].kind == "preposition" else []
        if at and brought:  # 对|甲国|、|乙国|出口
            told[at] = [*brought, *told[at]]
        for tail in _tails(told[-1], told[0][-1].text):
            yield joined(spell(told[at]), tail) if told[at] is not told[-1] else spell(told[at])
        return
    end = next((i for i, a in enumerate(earlier) if a.kind == "quantity"), len(earlier))
    listed = _split([a for a in earlier[: min(end, 4 * WORDS)] if a.kind not in SILENT], count)
    if listed:
        member = listed[at] if at + 1 < count else listed[at][:TAILS]
        yield joined(spell(member), spell(own))
        for tail in _tails(listed[-1]):
            yield joined(joined(spell(member[:TAILS]), tail), spell(own))


def turns(framed: Mapping[int, Frame]) -> dict[int, TurnInRow]:
    """For each number of a clause its turn among those with nothing between them but what parts a list."""
    runs: list[list[int]] = []
    last = None
    for number, frame in framed.items():
        between = [a for a in frame.left if a.kind not in SILENT]
        if runs and (frame is last or all(a.kind in JOINTS for a in between)):
            runs[-1].append(number)
        else:
            runs.append([number])
        last = frame
    return {number: TurnInRow(at, len(run), framed[run[0]]) for run in runs for at, number in enumerate(run)}


def _split(row: Sequence[Atom], count: int) -> list[list[Atom]]:
    """The members of a list of so many, the last one with all that follows; empty where it has more or fewer.

    What parts them is 、 or a conjunction; a conjunction may also stand inside a member: 就业和社保支出、教育支出.
    """
    joints = [i for i, a in enumerate(row) if a.kind in _PARTS]
    marks = [i for i in joints if row[i].kind == "list"]
    last = marks + [i for i in joints if i > max(marks, default=-1)][:1]
    for cuts in (joints, last, marks):
        found = [list(row[start + 1 : end]) for start, end in pairwise([-1, *cuts, len(row)])]
        members = [member for member in found if member]
        if len(members) == count:
            return members
    return []


def _tails(last: Sequence[Atom], end: str = "") -> Iterator[str]:
    """What all members of a list share: the words of the last one behind its own.

    Where its own end with the same word as the first member's (``end``), those behind it: 东|村、西|村|增收.
    """
    alike = next((i for i, a in enumerate(last[: 2 * TAILS]) if a.text == end), -1)
    if 0 <= alike < len(last) - 1:
        yield spell(last[alike + 1 :])
        return
    for start in range(1, min(TAILS, len(last) - 1) + 1):
        if is_noun(last[start - 1]) or last[start - 1].kind == "verb":
            yield spell(last[start:])
