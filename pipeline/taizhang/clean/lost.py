"""Clean: characters that are gone for good, so that no number beside one is taken for whole."""

from __future__ import annotations

import re

from taizhang.align import Edit
from taizhang.clean.rules import CleaningRules

HALVES = frozenset(map(chr, range(0xD800, 0xE000)))  # of surrogate pairs: no character, and no UTF-8 has them
LOST = "\ufffd"


def halves(text: str, known: CleaningRules) -> list[Edit]:
    """Put the mark of a lost character in the place of half a surrogate pair, which other libraries stop at."""
    rule_id = known.rules.lost.id
    return [Edit(i, i + 1, LOST, rule_id, uncertain=True) for i, char in enumerate(text) if char in HALVES]


def lost(text: str, known: CleaningRules) -> list[Edit]:
    """Mark what stands for a lost character; the text stays as it is."""
    rule = known.rules.lost
    found = re.finditer(rule.pattern, text)
    return [Edit(*m.span(), m.group(), rule.id, uncertain=True) for m in found]
