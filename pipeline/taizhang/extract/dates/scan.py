"""Dates: where dates may begin, and which of the date patterns may begin there: most places ask for none or few."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from taizhang.extract.firsts import firsts


class DateMatch(NamedTuple):
    """A match, and the number of the pattern that it is of."""

    number: int
    match: re.Match[str]


class DateScan:
    """Several patterns as one search of a text: leftmost first, and of those that match there the first.

    Args:
        openings: matches wherever one of them may match, and maybe elsewhere.
        patterns: with their numbers, in order.
        figures: characters of numerals: what follows those at an opening rules most patterns out.

    >>> scan = DateScan(re.compile("[0-9今]"), [(0, re.compile("今年")), (1, re.compile("[0-9]{4}年"))], "0123456789")
    >>> [(found.number, found.match[0]) for found in scan.over("今天和2019年")]
    [(1, '2019年')]
    """

    def __init__(
        self, openings: re.Pattern[str], patterns: Sequence[tuple[int, re.Pattern[str]]], figures: str
    ) -> None:
        self._openings = re.compile(f"(?={openings.pattern})")  # two may overlap
        self._numbered, self._figures = patterns, figures
        self._run = re.compile(f"[{figures}]*")
        self._by_first: dict[tuple[str, str], tuple[tuple[int, re.Pattern[str]], ...]] = {}

    @cached_property
    def _patterns(self) -> list[tuple[int, re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None]]:
        """The patterns, each with the characters that it can begin with, and go on with behind figures."""
        return [
            (number, pattern, firsts(pattern.pattern), firsts(pattern.pattern, passing=self._figures))
            for number, pattern in self._numbered
        ]

    def over(self, text: str) -> Iterator[DateMatch]:
        """All matches, in order and without overlap."""
        done = beyond = 0
        for opening in self._openings.finditer(text):
            at = opening.start()
            if at < done:
                continue
            if at >= beyond:  # one look at a run of figures, however many dates may begin in it
                run = self._run.match(text, at)
                beyond = run.end() if run else at
            for number, pattern in self._beginning(text[at], text[beyond : beyond + 1]):
                match = pattern.match(text, at)
                if match and match.end() > at:
                    done = match.end()
                    yield DateMatch(number, match)
                    break

    def _beginning(self, first: str, beyond: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
        """The patterns that may match where ``first`` stands, with ``beyond`` after the figures that begin there."""
        found = self._by_first.get((first, beyond))
        if found is None:
            found = self._by_first[first, beyond] = tuple(
                (number, pattern)
                for number, pattern, begins, follows in self._patterns
                if (begins is None or begins.match(first)) and (follows is None or follows.match(beyond))
            )
        return found
