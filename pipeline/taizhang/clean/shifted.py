"""Clean: what may have stood where a GBK text is one byte out of step: bytes and their characters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from taizhang.clean.lattice import Step, dictionary
from taizhang.clean.readings import reads
from taizhang.clean.script import simplifier, telling

LEADS = range(0x81, 0xFF)


class Run(NamedTuple):
    """One run, half-open in the text. ``leads``: what the lost byte may be; the rest: what is left."""

    start: int
    end: int
    leads: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    last: int


def add_run(lattice: list[list[Step]], run: Run, reading: str | None) -> None:
    """Add the run's characters: straight on from pair to pair, or by way of two whose pair has vanished."""
    pending: tuple[int, ...] = run.leads
    targets = [*run.pairs, (run.last, 0)]
    for number, (first, second) in enumerate(targets):
        final = number == len(targets) - 1
        lost = [] if number == 0 else list(_lost(pending[0], first))
        middle = sorted({p for p, _, _, _ in lost})
        node = len(lattice)
        after = node + 1 + len(middle)
        straight = [
            Step(c, plain(c), after)
            for c in (character(p, first) for p in pending)
            if c and c not in telling()[1]
        ]
        steps = [straight]
        for p in middle:
            way = next(c for q, _, c, _ in lost if q == p)
            straight.append(Step(way, plain(way), node + 1 + middle.index(p)))
            steps.append([Step(c, plain(c), after) for q, _, _, c in lost if q == p])
        if final and reading:
            steps = [[s for s in group if s.to != after or reads(s.written, reading)] for group in steps]
        lattice.extend(steps)
        pending = (second,)


def _lost(pending: int, first: int) -> Iterator[tuple[int, int, str, str]]:
    """Byte pairs that vanish between two known bytes, with the characters that they belonged to."""
    for p, q in vanished():
        before, after = character(pending, p), character(q, first)
        if before and after and before in dictionary_characters() and after in dictionary_characters():
            yield p, q, before, after


@cache
def vanished() -> tuple[tuple[int, int], ...]:
    """The byte pairs of GBK that stand for no character."""
    return tuple((p, q) for p in LEADS for q in range(0x80, 0xFF) if character(p, q) is None)


@cache
def dictionary_characters() -> frozenset[str]:
    """The characters of traditional text that, made simple, the dictionary has."""
    counts, simplified = dictionary(), telling()[1]
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
