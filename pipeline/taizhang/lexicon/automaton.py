"""Lexicon: every listed form in a text, found in one scan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import ahocorasick


class Found(NamedTuple):
    """Where a form stands: code points, half-open."""

    start: int
    end: int


def scan(automaton: ahocorasick.Automaton, text: str) -> Iterator[Found]:
    """Every form of ``automaton`` in ``text``, in order of where they end; the automaton's values are their lengths."""
    for last, size in automaton.iter(text):
        yield Found(last + 1 - size, last + 1)
