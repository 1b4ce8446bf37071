"""Lexicon: every listed form in a text, found in one scan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import ahocorasick


class Found(NamedTuple):
    """Where a form stands: code points, half-open."""

    start: int
    end: int


def of_forms(forms: Iterable[str]) -> ahocorasick.Automaton:
    """An automaton that finds these forms; its values are the forms themselves."""
    automaton = ahocorasick.Automaton()
    for form in forms:
        automaton.add_word(form, form)
    automaton.make_automaton()
    return automaton


def scan(automaton: ahocorasick.Automaton, text: str) -> Iterator[Found]:
    """Every form of ``automaton`` in ``text``, in order of where they end; the automaton's values are their lengths."""
    for last, size in automaton.iter(text):
        yield Found(last + 1 - size, last + 1)
