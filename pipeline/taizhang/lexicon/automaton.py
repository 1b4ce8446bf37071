"""Lexicon: every listed form in a text, found in one scan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

Value = TypeVar("Value")

_LOW = 256  # low symbols


class FormMatch(NamedTuple):
    """Where a form stands: code points, half-open."""

    start: int
    end: int


class _Halves(dict[str, str]):
    """Each character as two symbols, of which a high one is never a low one: no match begins between the two."""

    def __missing__(self, character: str) -> str:
        high, low = divmod(ord(character), _LOW)
        made = self[character] = chr(_LOW + high) + chr(low)
        return made


_halves = _Halves()


class FormAutomaton(Generic[Value]):
    """Forms with what each means, found in a text so that none overlap.

    The automaton looks through the successors of a node one after the other, and thousands of characters begin a form;
    so it is given each character as two symbols, of which there are few.

    >>> forms = FormAutomaton({"整改": "done", "整改中": "under way", "改": "?"})
    >>> list(forms.longest("正在整改中，已整改"))
    [(2, 5, 'under way'), (7, 9, 'done')]
    """

    def __init__(self, meanings: Mapping[str, Value]) -> None:
        self._automaton = ahocorasick.Automaton()
        for form, meaning in meanings.items():
            self._automaton.add_word(_symbols(form), (len(form), meaning))
        self._automaton.make_automaton()

    def longest(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Where each form stands, with its meaning, in order; of several that begin alike the longest."""
        for last, (size, meaning) in self._automaton.iter_long(_symbols(text)):
            end = (last + 1) // 2
            yield end - size, end, meaning


def _symbols(text: str) -> str:
    return "".join(map(_halves.__getitem__, text))


def scan(automaton: ahocorasick.Automaton, text: str) -> Iterator[FormMatch]:
    """Every form of ``automaton`` in ``text``, in order of where they end; the automaton's values are their lengths."""
    for last, size in automaton.iter(text):
        yield FormMatch(last + 1 - size, last + 1)
