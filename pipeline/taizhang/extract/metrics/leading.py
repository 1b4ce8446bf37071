"""What only leads to a number: no name holds the verb that does, nor 至 and 到 of one that tells of a change.

A level that is reached is named by what reached it (回收量|达|270吨), and by the change (时限缩短|至|10分钟).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom


class LeadingWords(NamedTuple):
    """The words before a number without what only leads to it, and how the end of a name reads with and without."""

    row: tuple[Atom, ...]
    said: str = ""
    kept: str = ""

    def without(self, name: str) -> str:
        """A name without what only leads to the number behind it."""
        return name.removesuffix(self.said) + self.kept if self.said and name.endswith(self.said) else name


def leading(row: Sequence[Atom]) -> LeadingWords:
    """The words before a number, parted from those at their end that only lead to it."""
    last = len(row)
    while last and row[last - 1].kind == "particle":  # 增长到|去年|的|3万吨
        last -= 1
    end = last
    while end and (reaches(row[end - 1]) or (end < last and row[end - 1].tag == "d")):
        end -= 1
    kept: tuple[Atom, ...] = ()
    if end and _becomes(row[end - 1]):
        end -= 1
        kept = (row[end]._replace(text=row[end].text[:-1]),)
    if end == last:
        return LeadingWords(tuple(row))
    return LeadingWords((*row[:end], *kept), _spelt(row[end:last]), _spelt(kept))


def ends_name(row: Sequence[Atom], end: int) -> bool:
    """Whether a name behind a number may end with the words of a row up to ``end``: not with what leads to the next."""
    last = row[end - 1]
    return not (reaches(last) or _becomes(last))


def is_bare(atom: Atom) -> bool:
    """Whether a verb of change is left alone by what led on behind it, so that a name may do without it: 升|至."""
    return len(atom.text) == 1 and _becomes(atom)


def reaches(atom: Atom) -> bool:
    """Whether a word only leads to a number, so that no name begins with it and goes on behind: 有|3条|道路|通车."""
    return atom.kind == "verb" and atom.verb is not None and atom.verb.only("reach")


def _becomes(atom: Atom) -> bool:
    """Whether a verb tells of a change and, with its last character, to what it came: 增长|至, 扩大|到."""
    return atom.kind == "verb" and atom.verb is not None and atom.verb.has("become")


def _spelt(row: Sequence[Atom]) -> str:
    return "".join([atom.text for atom in row])
