"""Segment: a text cut into the words of a jieba tokeniser, the same as by its own ``cut`` without HMM, but faster.

jieba builds a graph of all words as dictionaries and lists and then looks for its best path; here both are one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import inf, log
from typing import Protocol

_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")  # what jieba looks up words in
_SINGLE = re.compile(r"\r\n|.", re.DOTALL)  # everywhere else each character is a word
_JOINED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class Counted(Protocol):
    """What is used of a jieba tokeniser: counts of words, with 0 for what only begins one, and their sum."""

    FREQ: Mapping[str, int]
    total: int


class Cutter:
    """Cuts by the counts of one tokeniser, which must not change afterwards."""

    def __init__(self, tokenizer: Counted) -> None:
        self._counts = tokenizer.FREQ
        self._log_total = log(tokenizer.total)

    def cut(self, text: str) -> list[str]:
        """The words of ``text``, which joined give it back. Unknown words fall apart into characters."""
        words: list[str] = []
        for number, block in enumerate(_BLOCK.split(text)):
            words += self._words(block) if number % 2 else _SINGLE.findall(block)
        return words

    def _words(self, block: str) -> Iterator[str]:
        """The likeliest words of a block; single letters and digits side by side are one."""
        run = start = 0
        for end in self._ends(block):
            if end - start > 1 or block[start] not in _JOINED:
                if run < start:
                    yield block[run:start]
                yield block[start:end]
                run = end
            start = end
        if run < start:
            yield block[run:start]

    def _ends(self, block: str) -> Iterator[int]:
        """Where the words end on the likeliest path; of several such the one with the longer word."""
        count_of, log_total, size = self._counts.get, self._log_total, len(block)
        score = [0.0] * (size + 1)
        to = [0] * size
        for start in range(size - 1, -1, -1):
            best = -inf
            for end in range(start + 1, size + 1):
                count = count_of(block[start:end])
                if count is None:
                    break
                if count and (whole := log(count) - log_total + score[end]) >= best:
                    best, to[start] = whole, end
            if not to[start]:  # no word begins here; jieba counts such a character once
                best, to[start] = score[start + 1] - log_total, start + 1
            score[start] = best
        at = 0
        while at < size:
            at = to[at]
            yield at
