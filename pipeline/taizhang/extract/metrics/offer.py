"""What names are offered for, what an offer is, and the words that all generators begin from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.equated import is_equated
from taizhang.extract.metrics.leading import LeadingWords
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import Frame, MetricName
from taizhang.extract.metrics.near import NumberSurroundings
from taizhang.extract.metrics.phrases import content, is_noun
from taizhang.extract.metrics.rows import Clause
from taizhang.extract.metrics.sides import uncompared, unlisted

REACH = 16  # words of one side that are looked at: what stands farther names nothing, and work stays linear


class NameContext(NamedTuple):
    """Where a quantity stands, as far as names need it.

    Attributes:
        name: what the grammar of names made of it.
        frame: what stands round it in its clause.
        clauses: of its sentence.
        at: index of its clause.
        last: the name of the number before, empty where there is none near.
        total: the name of its total, empty where it has none.
        near: what stands near it besides.
        left: the words before it in its frame that may be part of a name, as far as they are looked at.
        led: the same without those that only lead to it.
        next: the words behind it, up to the next number, without those that only lead to that one.
        right: those behind it, from the first that names something.
        grammar: the words that tell where a name may begin.
        bearers: what the number before may have said its name of.
        members: names by a list that this number and its neighbours follow.
    """

    name: MetricName
    frame: Frame
    clauses: Sequence[Clause]
    at: int
    last: MetricName
    total: MetricName
    near: NumberSurroundings
    left: Sequence[Atom]
    led: LeadingWords
    next: LeadingWords
    right: Sequence[Atom]
    grammar: Grammar
    bearers: Sequence[str] = ()
    members: Sequence[str] = ()


class MetricCandidate(NamedTuple):
    """One way to name it: the text, how it was made, and the atoms that it is of (empty where of none)."""

    text: str
    made: str
    atoms: tuple[Atom, ...] = ()


def before(frame: Frame, grammar: Grammar) -> list[Atom]:
    """The words before a number that may be part of a name."""
    named = any(map(is_noun, content(frame.right)[:1]))
    left = unlisted(frame.left) if named else frame.left
    return content(uncompared(left[-REACH:], grammar))


def behind(frame: Frame) -> list[Atom]:
    """The words behind a number, from the first that names something.

    Those before other numbers are their own where nothing is said behind the last: 甲5个、乙3个.
    """
    rest = frame.rest[:REACH]
    last = max((i for i, a in enumerate(rest) if a.kind == "quantity"), default=-1)
    shared = () if last >= 0 and not content(rest[last + 1 :]) else rest
    row = content([*frame.right, *shared][:REACH])
    start = next(
        (i for i, a in enumerate(row) if a.kind not in {"particle", "list", "conjunction"}), len(row)
    )
    return row[start + is_equated(frame) :]
