"""Tokens and their parts of speech, by jieba and its dictionary, with the genre's own words added from the rules."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import jieba

from taizhang.jieba_words import load
from taizhang.rules import Rule, RuleFile, RuleSet, once
from taizhang.segment.cutting import Cutter


class Token(NamedTuple):
    """One token with its span in characters and its part of speech."""

    start: int
    end: int
    tag: str


class Tokens:
    """The tokens of a whole text, which they cover without a gap; a ``Token`` is made when it is asked for.

    >>> Tokens(["修路", "5", "公里"], ["v", "m", "q"]).within(2, 5)
    [Token(start=2, end=3, tag='m'), Token(start=3, end=5, tag='q')]
    """

    def __init__(self, words: Sequence[str], tags: Sequence[str]) -> None:
        self.borders = [0, *accumulate(map(len, words))]  # each token begins at one and ends at the next
        self._tags = tags

    def within(self, start: int, end: int) -> list[Token]:
        """The tokens that begin at ``start`` or later and before ``end``, in characters."""
        first, last = bisect_left(self.borders, start), bisect_left(self.borders, end)
        borders = self.borders
        return list(map(Token, borders[first:last], borders[first + 1 : last + 1], self._tags[first:last]))


class Words(Rule):
    """A group of words with one part of speech."""

    tag: str
    forms: tuple[str, ...]


class LexiconFile(RuleFile):
    """``rules/lexicon.toml``."""

    word: tuple[Words, ...]


class Lexicon:
    """A tokeniser of its own (jieba's global one stays as it was) and the tag of each word."""

    def __init__(self, words: tuple[Words, ...]) -> None:
        tokenizer = load(jieba.Tokenizer())
        self._tags = dict(_dictionary())
        for group in words:
            for form in group.forms:
                tokenizer.add_word(form, tag=group.tag)
                self._tags[form] = group.tag
        self._cutter = Cutter(tokenizer)

    @staticmethod
    @once
    def of(rules: RuleSet) -> Lexicon:
        """The lexicon of a rule set, built once."""
        return Lexicon(rules.load("lexicon.toml", LexiconFile).word)

    def cut(self, text: str) -> list[str]:
        """The tokens of ``text``, which joined give it back. Unknown words fall apart into characters."""
        return self._cutter.cut(text)

    def tag(self, word: str) -> str:
        """A word's part of speech in jieba's set; ``x`` for a word that the dictionary does not know."""
        return self._tags.get(word, "x")

    def knows(self, word: str) -> bool:
        """Whether the dictionary or the genre's lists hold the word."""
        return word in self._tags


def _dictionary() -> Iterator[tuple[str, str]]:
    """Word and tag of every line of jieba's own dictionary."""
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, _, rest = line.decode("utf-8").partition(" ")
            yield word, rest.rpartition(" ")[2].strip()
