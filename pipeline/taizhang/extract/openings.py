"""Extract: where numerals and dates may begin, and which of their patterns may begin there: most places ask for few."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from taizhang.extract.expression import Expression
from taizhang.extract.firsts import edges, firsts, in_class


class NumberedMatch(NamedTuple):
    """A match, and the number of the pattern that it is of."""

    number: int
    match: re.Match[str]


class Opening(NamedTuple):
    """A pattern of a scan, and as patterns the characters that it can begin with, and go on with behind figures."""

    number: int
    expression: Expression
    first: str | None
    beyond: str | None


def openings(numbered: Sequence[tuple[int, Expression]], figures: str) -> list[Opening]:
    """Patterns with their numbers, ready for a scan over texts with such ``figures``.

    Raises:
        re.error: one of them is no regular expression; its ``pattern`` is the source.
    """
    known = edges([expression for _, expression in numbered], passing=figures)
    return [
        Opening(number, expression, edge.first, edge.beyond)
        for (number, expression), edge in zip(numbered, known, strict=True)
    ]


class OpeningScan:
    """Several patterns as one search of a text: leftmost first, and of those that match there the first.

    Args:
        patterns: with their numbers, in order.
        figures: characters of numerals: what follows those at an opening rules most patterns out.
        screen: matches wherever one of them may match, and maybe elsewhere; of any pattern's begin if not given.

    >>> years = [(0, Expression("今年")), (1, Expression("[0-9]{4}年"))]
    >>> scan = OpeningScan(openings(years, "0123456789"), "0123456789")
    >>> [(found.number, found.match[0]) for found in scan.over("今天和2019年")]
    [(1, '2019年')]
    """

    def __init__(
        self, patterns: Sequence[Opening], figures: str, screen: re.Pattern[str] | None = None
    ) -> None:
        self._patterns, self._figures, self._screen = patterns, figures, screen
        self._run = re.compile(f"[{re.escape(figures)}]*")
        self._by_first: dict[tuple[str, str], tuple[tuple[int, re.Pattern[str]], ...]] = {}

    @cached_property
    def _first(self) -> re.Pattern[str]:
        """The characters that a match can begin with: a search for one of them passes quickly over all others.

        The screen, if there is one, is tried in the same search, from behind such a character.
        """
        if self._screen:
            screened = firsts(self._screen.pattern)
            begins = screened.pattern if screened else "(?s:.)"
            return re.compile(f"{begins}(?<=(?={self._screen.pattern})(?s:.))", self._screen.flags)
        return re.compile("|".join([known.first or "(?s:.)" for known in self._patterns]))

    @cached_property
    def _edges(self) -> list[tuple[Opening, re.Pattern[str] | None, re.Pattern[str] | None]]:
        """The patterns, with their classes of characters compiled."""
        return [(known, in_class(known.first), in_class(known.beyond)) for known in self._patterns]

    def over(self, text: str, start: int = 0) -> Iterator[NumberedMatch]:
        """All matches that begin at ``start`` or later, in order and without overlap."""
        done, beyond = start, 0
        for first in self._first.finditer(text, start):
            at = first.start()
            if at < done:
                continue
            if at >= beyond:  # one look at a run of figures, however many matches may begin in it
                beyond = self._beyond(text, at)
            if found := self._at(text, at, beyond):
                done = found.match.end()
                yield found

    def at(self, text: str, at: int) -> NumberedMatch | None:
        """The match that begins at ``at``."""
        if self._screen and not self._screen.match(text, at):
            return None
        return self._at(text, at, self._beyond(text, at))

    def _beyond(self, text: str, at: int) -> int:
        """Where the run of figures that begins at ``at`` is over."""
        run = self._run.match(text, at)
        return run.end() if run else at

    def _at(self, text: str, at: int, beyond: int) -> NumberedMatch | None:
        for number, pattern in self._beginning(text[at : at + 1], text[beyond : beyond + 1]):
            match = pattern.match(text, at)
            if match and match.end() > at:
                return NumberedMatch(number, match)
        return None

    def _beginning(self, first: str, beyond: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
        """The patterns that may match where ``first`` stands, with ``beyond`` after the figures that begin there."""
        found = self._by_first.get((first, beyond))
        if found is None:
            found = self._by_first[first, beyond] = tuple(
                (known.number, known.expression.compiled)
                for known, begins, follows in self._edges
                if (begins is None or begins.match(first)) and (follows is None or follows.match(beyond))
            )
        return found
