"""Places: what the words of the dictionary say for and against a name found by its characters."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from taizhang.segment.cutting import Cutter
from taizhang.segment.dictionary import dictionary

REACH = 3  # how far a word that contradicts a name may begin before it or end after it, in characters
RARER = 10  # a word that occurs so many times less often than the name does not contradict it
WINDOW = 8  # characters on either side from which the likeliest division into words is taken


class WordOverlap(NamedTuple):
    """The dictionary words around a name: one that crosses its start, its end, or holds it and more.

    ``before`` and ``after`` are how many characters more the longest word that holds it has on either side.
    """

    crosses_start: bool = False
    crosses_end: bool = False
    before: int = 0
    after: int = 0


def evidence(text: str, start: int, end: int, names: Collection[str]) -> WordOverlap:
    """The words that speak against ``[start, end)``: 城镇 crosses the end of 增城 in 新增城镇.

    A word of two characters much rarer than the name does not speak against it. A word that is itself a name,
    or a name with another, does not count as holding it.
    """
    crosses_start = crosses_end = False
    before = after = 0
    words = dictionary()
    rare = (words.count(text[start:end]) or 0) // RARER
    top = min(len(text), end + REACH)
    for low in range(max(0, start - REACH), end):
        high = start + 1 if low < start else end + 1
        count_of = words.beginning(text[low])[0].get
        while high <= top and (count := count_of(text[low:high])) is not None:
            weighs = count > rare or (count and high - low > 2)
            if weighs and low > start:
                crosses_end = True
            elif weighs and low < start and high < end:
                crosses_start = True
            elif count and low <= start and high >= end and high - low > before + after + end - start:
                word, rest = text[low:high], text[low:start] + text[end:high]
                if word not in names and rest not in names:
                    before, after = start - low, high - end
            high += 1
    return WordOverlap(crosses_start, crosses_end, before, after)


def divides(text: str, start: int, end: int) -> bool:
    """Whether the likeliest division into words has borders at ``start`` and ``end``."""
    low, high = max(0, start - WINDOW), min(len(text), end + WINDOW)
    at, borders = low, {low}
    for token in _cutter().cut(text[low:high]):
        at += len(token)
        borders.add(at)
    return start in borders and end in borders


@lru_cache(maxsize=1)
def _cutter() -> Cutter:
    return Cutter(dictionary())
