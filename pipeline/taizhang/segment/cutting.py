"""Segment: a text cut into the words of jieba's dictionary, the same as by jieba without HMM, but faster.

jieba builds a graph of all words as dictionaries and lists and then looks for its best path; here both are one pass.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import inf, log
from typing import Protocol

_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")  # what jieba looks up words in
_SINGLE = re.compile(r"\r\n|.", re.DOTALL)  # everywhere else each character is a word
_JOINED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class WordCounts(Protocol):
    """What words are cut by."""

    total: int  # the sum of all counts

    def beginning(self, first: str) -> tuple[Mapping[str, int], object]:
        """First of all the counts of words that begin with a character, with 0 for what only begins one."""
        ...


class _Likelihoods(dict[int, float]):
    """The logarithm of the likelihood of a word that occurs so often; many words occur equally often."""

    def __init__(self, log_total: float) -> None:
        super().__init__()
        self._log_total = log_total

    def __missing__(self, count: int) -> float:
        made = self[count] = log(count) - self._log_total
        return made


class Cutter:
    """Cuts by the counts of one dictionary, which must not change afterwards."""

    def __init__(self, words: WordCounts) -> None:
        self._counted = words
        self._log_total = log(words.total)
        self._likely = _Likelihoods(self._log_total)
        self._counts: dict[str, Mapping[str, int]] = {}

    def cut(self, text: str) -> list[str]:
        """The words of ``text``, which joined give it back. Unknown words fall apart into characters."""
        words: list[str] = []
        for number, block in enumerate(_BLOCK.split(text)):
            words += self._words(block) if number % 2 else _SINGLE.findall(block)
        return words

    def _words(self, block: str) -> list[str]:
        """The likeliest words of a block; single letters and digits side by side are one."""
        words: list[str] = []
        ends, size = self._ends(block), len(block)
        run = start = 0
        while start < size:
            end = ends[start]
            if end - start > 1 or block[start] not in _JOINED:
                if run < start:
                    words.append(block[run:start])
                words.append(block[start:end])
                run = end
            start = end
        if run < start:
            words.append(block[run:start])
        return words

    def _ends(self, block: str) -> list[int]:
        """For each place where the word ends that begins there on the likeliest path from there on.

        Of several such paths it is that with the longer word.
        """
        opened, likely, size = self._counts, self._likely, len(block)
        score = [0.0] * (size + 1)
        to = [0] * size
        for start in range(size - 1, -1, -1):
            first = block[start]
            counts = opened.get(first)
            if counts is None:
                counts = opened[first] = self._counted.beginning(first)[0]
            best = -inf
            end = start + 1
            count = counts.get(first)
            while count is not None:
                if count and (whole := likely[count] + score[end]) >= best:
                    best, to[start] = whole, end
                if end == size:
                    break
                end += 1
                count = counts.get(block[start:end])
            if not to[start]:  # no word begins here; jieba counts such a character once
                best, to[start] = score[start + 1] - self._log_total, start + 1
            score[start] = best
        return to
