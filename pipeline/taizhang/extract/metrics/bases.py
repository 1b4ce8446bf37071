"""Bases: the figure that something changed from (从10%提升到22%) or is compared with (比去年的7万亩增加5%).

A base is the same thing at another time, so it has the name of that thing, and not of the change that follows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import Frame, MetricName, after_noun
from taizhang.extract.metrics.phrases import SILENT, spell
from taizhang.extract.metrics.rows import Clause, SentenceClauses
from taizhang.extract.metrics.sides import acted_on


class BaseName(NamedTuple):
    """The name of a base, and whether the number after it is what it became."""

    name: MetricName
    moved: bool


class NeighbourClauses(NamedTuple):
    """The clauses before and after that of a number; empty where there is none."""

    before: Clause
    after: Clause


def beside(row: SentenceClauses, number: int) -> NeighbourClauses:
    """The clauses beside that with this number."""
    clauses = row.clauses
    return NeighbourClauses(
        clauses[number - 1] if number else (), clauses[number + 1] if number + 1 < len(clauses) else ()
    )


def base_of(frame: Frame, last: MetricName, others: NeighbourClauses, grammar: Grammar) -> BaseName | None:
    """The base that a number is; none where it is no base, or where nothing says what it counts.

    ``last`` is the name of the number before: it, or else the clause before, names the base where its own clause leaves
    that unsaid. The change may be told in the clause after: 从原来的105元，涨到129元.
    """
    at, moved = _mark(frame.left, grammar)
    if at < 0:
        return None
    right = [a for a in frame.right if a.kind not in SILENT or a.text in grammar.standards]
    compared = bool(right) and right[0].text in grammar.standards  # 与上年的4万亩相比
    grown = compared or ((moved or frame.left[at].text in grammar.than) and _changes(frame, moved, grammar))
    goes_on = moved and not right and not frame.rest and _changes(_opening(others.after), True, grammar)
    if not (grown or goes_on):
        return None
    noun = acted_on(frame.left[:at], grammar) or after_noun(Frame(frame.left[:at]), grammar).text
    if not noun and not moved:
        noun = after_noun(Frame(frame.left[at + 1 :]), grammar).text
    noun = noun or last.object or last.text or _subject(others.before, grammar)
    return BaseName(MetricName(noun, "", noun, (), "metric.base", last.head), moved) if noun else None


def _opening(clause: Clause) -> Frame:
    """A clause up to its first quantity, as what follows a number that ends the clause before."""
    end = next((i for i, a in enumerate(clause) if a.kind == "quantity"), 0)
    return Frame((), clause[:end], clause[end:])


def _mark(left: Sequence[Atom], grammar: Grammar) -> tuple[int, bool]:
    """Where the preposition stands that makes the number a base, -1 where there is none, and whether it is a source."""
    for at in range(len(left) - 1, -1, -1):
        if left[at].tag == "source" and _timed(left[at + 1 :], grammar):
            return at, True
        if left[at].text in grammar.comparing:
            return at, False
        if left[at].kind == "verb":
            break
    return -1, False


def _subject(clause: Sequence[Atom], grammar: Grammar) -> str:
    """What a clause without a number says has changed: 普及率有所下降，从81%下滑至79%."""
    end = next((i for i, a in enumerate(clause) if a.text in grammar.comparing or _is_change(a)), 0)
    return after_noun(Frame(tuple(clause[:end])), grammar).text


def _is_change(atom: Atom) -> bool:
    return atom.verb is not None and atom.verb.has("change")


def _timed(words: Sequence[Atom], grammar: Grammar) -> bool:
    """Whether words only say when: 由原来的100元提高到120元."""
    return not spell([a for a in words if a.text not in grammar.standards])


def _changes(frame: Frame, moved: bool, grammar: Grammar) -> bool:
    """Whether a verb of growth or fall follows, or whatever verb leads from a source to what came of it (攒到)."""
    words = [a for a in frame.right if a.kind not in SILENT]
    first = words[0] if words else None
    if first and _is_change(first):
        return True
    return moved and bool(frame.rest) and len(words) > 1 and words[-1].text in grammar.goals
