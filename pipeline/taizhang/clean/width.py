"""Clean: full-width letters, digits and the marks inside a number, one character for one."""

from __future__ import annotations

import re

from taizhang.align import Edit
from taizhang.clean.rules import CleaningRules

OFFSET = 0xFEE0  # from a full-width form to its ASCII character
ALNUM = re.compile("[０-９Ａ-Ｚａ-ｚ]")
TRIGGERS = frozenset(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))


def width(text: str, known: CleaningRules) -> list[Edit]:
    """Fold what is full-width only by typesetting; Chinese punctuation stays as it is."""
    rule = known.rules.width
    marks = re.escape(rule.between_digits)
    pattern = re.compile(
        rf"{ALNUM.pattern}|[{rule.percent}]|(?<=[0-9０-９])[{marks}](?=[0-9０-９])"
        rf"|(?<=[０-９]){rule.group}(?=[０-９]{{3}}(?![０-９]))"
    )
    grouped = {m.start() + i for m in _groups(rule.group).finditer(text) for i in _at(m.group(), rule.group)}
    return [
        Edit(m.start(), m.end(), chr(ord(m.group()) - OFFSET), rule.id)
        for m in pattern.finditer(text)
        if m.group() != rule.group or m.start() in grouped
    ]


def _groups(comma: str) -> re.Pattern[str]:
    """A full-width number with its digits in threes."""
    return re.compile(rf"(?<![０-９{comma}])[０-９]{{1,3}}(?:{comma}[０-９]{{3}})+(?![０-９])")


def _at(text: str, mark: str) -> list[int]:
    return [i for i, c in enumerate(text) if c == mark]
