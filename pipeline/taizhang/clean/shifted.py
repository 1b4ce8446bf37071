"""Clean: what may have stood where a GBK text is one byte out of step: bytes and their characters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from taizhang.clean.lattice import Step
from taizhang.clean.readings import reads
from taizhang.clean.script import simplifier, telling
from taizhang.segment.dictionary import dictionary

LEADS = range(0x81, 0xFF)
MANY = 8  # with more lead bytes in question nothing is certain any more


class ShiftedRun(NamedTuple):
    """One run, half-open in the text. ``leads``: what the lost byte may be; the rest: what is left."""

    start: int
    end: int
    leads: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    last: int


def add_run(lattice: list[list[Step]], run: ShiftedRun, reading: str | None, marks: frozenset[str]) -> None:
    """Add the run's characters: straight on from pair to pair, or over a pair that has vanished.

    ``reading``: of the last character, where the page gives it; ``marks``: punctuation that may occur.
    """
    pending = run.leads
    for first, second in (*run.pairs, (run.last, 0)):
        steps = _between(len(lattice), pending, first, marks)
        if reading and not second:
            after = len(lattice) + len(steps)
            steps = [[s for s in group if s.to != after or reads(s.written, reading)] for group in steps]
        lattice.extend(steps)
        pending = (second,)


def _between(node: int, pending: tuple[int, ...], first: int, marks: frozenset[str]) -> list[list[Step]]:
    """The ways from lead bytes that wait for their trail to the byte ``first``, beginning at ``node``."""
    lost = (
        [] if len(pending) > MANY else [(lead, *way) for lead in pending for way in _lost(lead, first, marks)]
    )
    middle = {key: node + 1 + i for i, key in enumerate(sorted({(lead, p) for lead, p, *_ in lost}))}
    after = node + 1 + len(middle)
    straight = (character(lead, first) for lead in pending)
    simplified = telling()[1]
    groups = [[Step(c, plain(c), after) for c in straight if c and c not in simplified]]
    groups += [[] for _ in middle]
    for lead, p, before, last in lost:
        to = middle[lead, p]
        if not groups[to - node]:
            groups[0].append(Step(before, plain(before), to))
        groups[to - node].append(Step(last, plain(last), after))
    return groups


def _lost(pending: int, first: int, marks: frozenset[str]) -> Iterator[tuple[int, str, str]]:
    """Byte pairs that vanish between two known bytes: the first of each, and the characters it was of."""
    written = dictionary_characters() | marks
    for p, q in vanished():
        before, after = character(pending, p), character(q, first)
        if before in written and after in written and before and after:
            yield p, before, after


@cache
def vanished() -> tuple[tuple[int, int], ...]:
    """The byte pairs of GBK that stand for no character."""
    return tuple((p, q) for p in LEADS for q in range(0x80, 0xFF) if character(p, q) is None)


@cache
def dictionary_characters() -> frozenset[str]:
    """The characters of traditional text that, made simple, the dictionary has."""
    counts, simplified = dictionary().counts, telling()[1]
    every = map(chr, range(0x4E00, 0xA000))
    return frozenset(c for c in every if c not in simplified and plain(c) in counts)


@cache
def character(first: int, second: int) -> str | None:
    """The character that two bytes of GBK stand for, if any."""
    try:
        c = bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return None
    return c if len(c) == 1 else None


def gbk(c: str) -> bytes | None:
    """A character's two bytes in GBK, if it has so many."""
    try:
        data = c.encode("gbk")
    except UnicodeEncodeError:
        return None
    return data if len(data) == 2 else None


@cache
def plain(c: str) -> str:
    """A character as the dictionary writes it."""
    return str(simplifier().convert(c))
