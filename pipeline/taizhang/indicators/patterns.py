"""The indicators' room: the small language of patterns, compiled when one is first needed.

``{find}`` names a list of words, ``(a|b)`` is one of them, ``?`` makes what is before it optional, ``*`` stands for up
to twelve characters, or for a list that 等 closes. Nothing repeats what may repeat itself, and a metric has 40
characters at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from taizhang.errors import RuleError

GAP, LIST = 12, 24  # characters that * stands for, and of a list there
_PIECE = re.compile(r"\{([\w-]+)\}(\??)|(\()|(\*)|([^{}()*?|]+)")
_WRITTEN = re.compile(r"[{}()*?.\\]")  # what is no word, but written for words
_QUOTES = re.compile(r"[\s“”‘’\"'《》〈〉（）()·]+")


def bare(text: str) -> str:
    """A metric's name, or a pattern's words, without quotation marks, brackets and spaces."""
    return _QUOTES.sub("", text)


def either(words: Sequence[str]) -> str:
    """A regular expression for one of some words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) + ")"


class IndicatorPattern:
    """One pattern of one indicator.

    Attributes:
        anchors: words of which one must stand in every text that it matches.

    Raises:
        RuleError: it names a list that there is not, or has no word that must be there.
    """

    def __init__(
        self, written: str, lists: Mapping[str, Sequence[str]], gap: str, edges: tuple[str, str]
    ) -> None:
        self.written = written
        self._lists, self._gap, self._edges = lists, gap, edges
        required = [words for words, optional in self._pieces() if words and not optional]
        if not required:
            raise RuleError(f"pattern {written!r}: expected words that must be there, got none")
        self.anchors = max(required, key=lambda words: (min(map(len, words)), -len(words)))
        self._required = [words for words in required if not any(map(_WRITTEN.search, words))]

    def gaps(self, text: str) -> int | None:
        """How many characters of ``text`` the pattern does not say (``*``, the edges); None where it does not match."""
        for words in self._required:  # most patterns lack some, and need not be compiled
            if not any([word in text for word in words]):
                return None
        match = self._compiled.fullmatch(text)
        return match and sum(len(taken) for taken in match.groups(""))

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        lead, tail = self._edges
        return re.compile(lead + self._expression(self.written) + tail)

    def _expression(self, written: str) -> str:
        """The pattern as a regular expression; what it does not change is the same in both."""
        made = re.sub(
            r"\{([\w-]+)\}",
            lambda m: either(self._list(m.group(1))),
            re.sub(r"[“”]", "", written).replace(".", r"\."),
        )
        made = re.sub(r"\((?!\?)", "(?:", made)
        return made.replace("*", f"({self._gap})")

    def _list(self, name: str) -> Sequence[str]:
        if name not in self._lists:
            raise RuleError(f"pattern {self.written!r}: expected the id of a list of words, got {name!r}")
        return self._lists[name]

    def _pieces(self) -> Iterator[tuple[tuple[str, ...], bool]]:
        """The pattern's parts: the words that each may be, and whether it may be missing."""
        at = 0
        while at < len(self.written):
            if self.written[at] == "(":
                end = _closing(self.written, at)
                inner = self.written[at + 1 : end]
                optional = self.written[end + 1 : end + 2] == "?"
                yield (() if "(" in inner else tuple(inner.split("|"))), optional
                at = end + 1 + optional
                continue
            match = _PIECE.match(self.written, at)
            if match is None:
                raise RuleError(
                    f"pattern {self.written!r}: expected {{list}}, (a|b), * or words, got {self.written[at:]!r}"
                )
            if match.group(1):
                yield tuple(map(bare, self._list(match.group(1)))), bool(match.group(2))
            elif match.group(5):
                yield (bare(match.group(5)),), False
            at = match.end()


def _closing(written: str, at: int) -> int:
    depth = 0
    for place in range(at, len(written)):
        depth += (written[place] == "(") - (written[place] == ")")
        if depth == 0:
            return place
    raise RuleError(f"pattern {written!r}: expected as many ) as (")
