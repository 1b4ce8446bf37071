"""Extract: whether two metrics name the same thing: a name without its words of doing is held against another name.

Verb and object do not tell it: of 当场整改 the object is 当场, of 中断公路抢通 once 中断公路, once 公路抢通.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from taizhang.extract.candidates import Candidate

_LEAST = 2  # characters that name a thing
_REMEMBERED = 4096


class SameThing:
    """The comparison with one set of words that name no thing.

    Args:
        silent: the words of doing (解决, 办结) and those beside them (当场, 到位) that name no thing.

    >>> same = SameThing(["整改", "当场", "到位", "解决"])
    >>> same.thing("当场整改"), same.thing("解决民生问题")
    ('', '民生问题')
    >>> same.shared("整改问题", "查摆问题"), same.shared("新建路灯", "查摆问题")
    (2, 0)
    """

    def __init__(self, silent: Iterable[str]) -> None:
        longest_first = sorted(set(silent), key=lambda word: (-len(word), word))
        self._silent = re.compile("|".join(map(re.escape, longest_first)))
        self.thing = lru_cache(maxsize=_REMEMBERED)(self._thing)

    def names_none(self, candidate: Candidate) -> bool:
        """Whether a metric names nothing of its own: 办结, 当场整改."""
        return len(self.thing(candidate.metric.name)) < _LEAST

    def fits(self, result: Candidate, found: Candidate, *, loosely: bool = False) -> bool:
        """Whether a result names what a problem or target names.

        Args:
            loosely: a word of two characters in common is enough, since the grammar says the rest (60项已完成40项).
        """
        one, other = self.thing(result.metric.name), self.thing(found.metric.name)
        if one in found.metric.name or (len(other) >= _LEAST and other in result.metric.name):
            return True
        pairs, others = _pairs(one), _pairs(other)
        common = len(pairs & others)
        return common > 0 and (loosely or 2 * common >= min(len(pairs), len(others)))

    def counted_alike(self, result: Candidate, found: Candidate) -> bool:
        """Whether what stands before the verb, which is what the number counts, is spoken of by ``found``, too."""
        name, action = result.metric.name, result.metric.action
        subject = self.thing(name[: name.find(action)] if action in name else "")
        return len(subject) < _LEAST or bool(_pairs(subject) & _pairs(found.metric.name))

    def same_head(self, result: Candidate, found: Candidate) -> bool:
        """Whether both names end with the same word: 乡镇的问题, 检视问题."""
        return self.thing(result.metric.name)[-_LEAST:] == self.thing(found.metric.name)[-_LEAST:]

    def shared(self, name: str, other: str) -> int:
        """How many characters the longest piece has that both names have, words of doing aside."""
        one = self.thing(name)
        longest = 0
        for start in range(len(one)):
            while start + longest < len(one) and one[start : start + longest + 1] in other:
                longest += 1
        return longest

    def _thing(self, name: str) -> str:
        return self._silent.sub("", name)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
