"""Places: what the words of the dictionary say for and against a name found by its characters."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import jieba

REACH = 3  # how far a word that contradicts a name may begin before it or end after it, in characters


def frequencies() -> Mapping[str, int]:
    """How often each word of jieba's dictionary occurs; prefixes of words are there with 0."""
    jieba.dt.initialize()
    return jieba.dt.FREQ  # type: ignore[no-any-return]


def crossing(text: str, start: int, end: int, freq: Mapping[str, int]) -> bool:
    """Whether a word crosses one border of ``[start, end)``: 城镇 crosses the end of 增城 in 新增城镇."""
    for low in range(max(0, start - REACH), start):
        if any(freq.get(text[low:high]) for high in range(start + 1, end)):
            return True
    top = min(len(text), end + REACH)
    return any(freq.get(text[low:high]) for low in range(start + 1, end) for high in range(end + 1, top + 1))


def containing(
    text: str, start: int, end: int, freq: Mapping[str, int], names: Collection[str]
) -> int | None:
    """Where the longest dictionary word begins that holds ``[start, end)`` and more, and is no name itself."""
    found: tuple[int, int] | None = None
    for low in range(max(0, start - REACH), start + 1):
        for high in range(end, min(len(text), end + REACH) + 1):
            word = text[low:high]
            other = word[: start - low] + word[end - low :]
            if high - low > end - start and freq.get(word) and word not in names and other not in names:
                found = max(found or (0, 0), (high - low, low))
    return found[1] if found else None


def divides(text: str, start: int, end: int) -> bool:
    """Whether the likeliest division into words has borders at ``start`` and ``end``."""
    low, high = max(0, start - 8), min(len(text), end + 8)
    at, borders = low, {low}
    for token in jieba.dt.cut(text[low:high], HMM=False):
        at += len(token)
        borders.add(at)
    return start in borders and end in borders
