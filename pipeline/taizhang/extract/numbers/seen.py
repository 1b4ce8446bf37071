"""Numbers: those of a text as they are seen before anything is decided: what the ledger must account for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from taizhang.extract.numbers.patterns import patterns
from taizhang.extract.numbers.scanner import scanner
from taizhang.rules import RuleSet

Offsets = tuple[int, int]


def numerals(text: str, rules: RuleSet) -> tuple[Offsets, ...]:
    """Half-open offsets of every numeral of ``text`` in order, by scans that decide nothing.

    Signs that act as numbers (首, 双, Ⅱ) are among them.

    >>> numerals("首批12户、三至五个", RuleSet())
    ((0, 1), (2, 4), (6, 7), (8, 9))
    """
    found = [(one.start, one.end) for one in scanner(rules).found.of(text)]
    signs = ((start, end) for start, end, _ in patterns(rules).acting.over(text))
    return tuple(sorted((*found, *apart(signs, found))))


def apart(spans: Iterable[Offsets], others: Sequence[Offsets]) -> Iterator[Offsets]:
    """Those of ``spans`` that share no character with any of ``others``; both in order, ``others`` without overlap.

    >>> list(apart([(0, 2), (4, 5), (8, 9)], [(1, 4), (9, 12)]))
    [(4, 5), (8, 9)]
    """
    at = 0
    for start, end in spans:
        while at < len(others) and others[at][1] <= start:
            at += 1
        if at == len(others) or others[at][0] >= end:
            yield start, end
