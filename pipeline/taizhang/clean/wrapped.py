"""Clean: line ends inside a sentence, in a text whose lines are cut to one width."""

from __future__ import annotations

from collections import Counter

from taizhang.align import Edit
from taizhang.clean.rules import Known


def wrapped(text: str, known: Known) -> list[Edit]:
    """Join the lines that are full and do not end as a sentence does."""
    rule = known.rules.wrapped
    lines = text.split("\n")
    sizes = Counter(len(line.strip()) for line in lines if line.strip())
    width = max((size for size in sizes if size >= rule.narrowest), key=lambda s: (sizes[s], s), default=0)
    full = range(width - rule.slack, width + rule.slack + 1)
    count = sum(number for size, number in sizes.items() if size in full)
    if not width or sum(sizes.values()) < rule.lines or count < rule.share * sum(sizes.values()):
        return []
    edits, at = [], 0
    for line, following in zip(lines, lines[1:], strict=False):
        at += len(line) + 1
        if len(line.strip()) in full and line[-1] not in rule.ends and following[:1].strip():
            latin = line[-1].isascii() and line[-1].isalpha() and following[0].isascii()
            edits.append(Edit(at - 1, at, " " if latin else "", rule.id))
    return edits
