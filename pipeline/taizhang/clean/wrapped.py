"""Clean: line ends inside a sentence, in a text whose lines are cut to one width."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from taizhang.align import Edit
from taizhang.clean.rules import Known


def wrapped(text: str, known: Known) -> list[Edit]:
    """Join the lines that are full and do not end as a sentence does."""
    rule = known.rules.wrapped
    lines = text.split("\n")
    sizes = Counter(len(line.strip()) for line in lines if line.strip())
    width = max(sizes, default=0)
    full = range(width - rule.slack, width + 1)
    count = sum(number for size, number in sizes.items() if size in full)
    if width < rule.narrowest or sizes.total() < rule.lines or count < rule.share * sizes.total():
        return []
    own_line = re.compile(rule.starts)
    edits, at = [], 0
    for line, following in pairwise(lines):
        at += len(line) + 1
        goes_on = len(line.strip()) in full and line[-1] not in rule.ends and following[:1].strip()
        if goes_on and not own_line.match(following):
            latin = line[-1].isascii() and line[-1].isalpha() and following[0].isascii()
            edits.append(Edit(at - 1, at, " " if latin else "", rule.id))
    return edits
