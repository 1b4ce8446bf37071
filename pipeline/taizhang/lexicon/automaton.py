"""Lexicon: every listed form in a text, found in one scan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

Value = TypeVar("Value")

_LONE = "surrogatepass"  # a text may hold half a character


class FormMatch(NamedTuple):
    """Where a form stands: code points, half-open."""

    start: int
    end: int


class FormAutomaton(Generic[Value]):
    """Forms with what each means, found in a text so that none overlap.

    The automaton looks through the successors of a node one after the other, and thousands of characters begin a form;
    so it is given the bytes of UTF-8 as symbols, of which there are few. None that begins a character continues one.

    >>> forms = FormAutomaton({"整改": "done", "整改中": "under way", "改": "?"})
    >>> list(forms.longest("正在整改中，已整改"))
    [(2, 5, 'under way'), (7, 9, 'done')]
    """

    def __init__(self, meanings: Mapping[str, Value]) -> None:
        self._automaton = ahocorasick.Automaton()
        for form, meaning in meanings.items():
            self._automaton.add_word(_bytes(form).decode("latin-1"), (len(form), meaning))
        self._automaton.make_automaton()

    def longest(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Where each form stands, with its meaning, in order; of several that begin alike the longest."""
        data = _bytes(text)
        end = done = 0
        for last, (size, meaning) in self._automaton.iter_long(data.decode("latin-1")):
            end += len(data[done : last + 1].decode("utf-8", _LONE))
            done = last + 1
            yield end - size, end, meaning

    def meanings(self, text: str) -> list[Value]:
        """The same forms' meanings alone.

        >>> FormAutomaton({"整改": "done", "整改中": "under way"}).meanings("正在整改中，已整改")
        ['under way', 'done']
        """
        return [meaning for _, (_, meaning) in self._automaton.iter_long(_bytes(text).decode("latin-1"))]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", _LONE)


def scan(automaton: ahocorasick.Automaton, text: str) -> Iterator[FormMatch]:
    """Every form of ``automaton`` in ``text``, in order of where they end; the automaton's values are their lengths."""
    for last, size in automaton.iter(text):
        yield FormMatch(last + 1 - size, last + 1)
