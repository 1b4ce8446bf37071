"""Clean: line ends inside a sentence, in a text whose lines are cut to one width (mail, PDF)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from taizhang.align import Edit
from taizhang.clean.rules import CleaningRules
from taizhang.clean.shapes import Wrapped

_NOT_HAN = re.compile("[^\u4e00-\u9fff]")  # Chinese characters are wide
NARROW = frozenset({"Na", "H", "N"})


class LineBreaks(NamedTuple):
    """How lines are cut: the numbers of those that are full, the width, and how many lines go over it."""

    full: list[int]
    width: int
    over: int


def wrapped(text: str, known: CleaningRules) -> list[Edit]:
    """Join the lines that are full with what goes on after them.

    Where paragraphs are indented, a line that is not goes on the one before; elsewhere a full line must not
    end as a sentence does. A closing mark opens no line in either.
    """
    rule = known.rules.wrapped
    lines = text.split("\n")
    # A line that goes on has one after it that is neither blank nor indented; one space is no indent.
    indent = re.compile(rule.indent)
    pairs = enumerate(pairwise(lines))
    going_on = [i for i, (line, after) in pairs if line.strip() and after.strip() and not indent.match(after)]
    if len(going_on) < rule.lines:
        return []
    cuts = (_cut(lines, going_on, measure, rule) for measure in (_columns, _characters))
    cut = max(cuts, key=lambda cut: len(cut.full))
    # A headline may go over the width; where paragraphs do, nobody cut the lines.
    if (
        cut.width < rule.narrowest
        or len(cut.full) < rule.share * len(going_on)
        or cut.over > rule.over * sum(1 for line in lines if line.strip())
    ):
        return []
    indented = sum(1 for line in lines if indent.match(line) and line.strip()) >= rule.indents
    starts, ends = re.compile(rule.starts), re.compile(rule.ends)
    at = [0]
    for line in lines:
        at.append(at[-1] + len(line) + 1)
    # A space at a line's edge says something only where not every line has one.
    telling = 2 * sum(lines[i] != lines[i].rstrip() for i in cut.full) < len(cut.full)
    edits = []
    for i in cut.full:
        line, after = lines[i].rstrip(), lines[i + 1].lstrip()
        own_line = not indented and (ends.search(line) or starts.match(after))
        if not own_line or after[0] in rule.closing:
            end = at[i + 1] + len(lines[i + 1]) - len(after)
            spaced = telling and end - at[i] - len(line) > 1
            edits.append(Edit(at[i] + len(line), end, _between(line[-1], after[0], spaced), rule.id))
    return edits


def _between(before: str, after: str, spaced: bool) -> str:
    """A space between two Latin words, and where one was beside a digit; else nothing."""
    words = before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
    return " " if words or (spaced and (before.isdigit() or after.isdigit())) else ""


def _cut(lines: list[str], going_on: list[int], measure: Callable[[str], int], rule: Wrapped) -> LineBreaks:
    """By the width that most of the lines that go on come up to; of several, the greatest."""
    every = [measure(line.rstrip()) for line in lines]
    sizes = {i: every[i] for i in going_on}
    counts = Counter(sizes.values())
    near = {size: sum(counts[size - less] for less in range(rule.slack + 1)) for size in counts}
    width = max(near, key=lambda size: (near[size], size))
    full = [i for i, size in sizes.items() if width - rule.slack <= size <= width]
    return LineBreaks(full, width, sum(size > width for size in every))


def _columns(line: str) -> int:
    """How many columns a line takes where a Chinese character takes two and a digit one."""
    if line.isascii():
        return len(line)
    others = _NOT_HAN.findall(line)
    return 2 * len(line) - len(others) + sum(map(_is_wide, others))


@cache
def _is_wide(character: str) -> bool:
    return east_asian_width(character) not in NARROW


def _characters(line: str) -> int:
    """The same where every character takes two."""
    return 2 * len(line)
