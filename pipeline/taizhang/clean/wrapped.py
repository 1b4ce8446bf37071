"""Clean: line ends inside a sentence, in a text whose lines are cut to one width (mail, PDF)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from unicodedata import east_asian_width

from taizhang.align import Edit
from taizhang.clean.rules import Known, Wrapped

NARROW = frozenset({"Na", "H", "N"})


def wrapped(text: str, known: Known) -> list[Edit]:
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
    full, width = max(
        (_full(lines, going_on, measure, rule) for measure in (_columns, _characters)), key=_count
    )
    if width < rule.narrowest or len(full) < rule.share * len(going_on):
        return []
    indented = sum(1 for line in lines if indent.match(line) and line.strip()) >= rule.indents
    starts, ends = re.compile(rule.starts), re.compile(rule.ends)
    at = [0]
    for line in lines:
        at.append(at[-1] + len(line) + 1)
    # A space at a line's edge says something only where not every line has one.
    telling = 2 * sum(lines[i] != lines[i].rstrip() for i in full) < len(full)
    edits = []
    for i in full:
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


def _full(
    lines: list[str], going_on: list[int], measure: Callable[[str], int], rule: Wrapped
) -> tuple[list[int], int]:
    """The lines that come up to the width that most of them come up to, and that width; of several, the widest."""
    columns = {i: measure(lines[i].rstrip()) for i in going_on}
    sizes = Counter(columns.values())
    near = {size: sum(sizes[size - less] for less in range(rule.slack + 1)) for size in sizes}
    width = max(near, key=lambda size: (near[size], size))
    return [i for i in going_on if width - rule.slack <= columns[i] <= width], width


def _count(found: tuple[list[int], int]) -> int:
    return len(found[0])


def _columns(line: str) -> int:
    """How many columns a line takes where a Chinese character takes two and a digit one."""
    return sum(1 if east_asian_width(c) in NARROW else 2 for c in line)


def _characters(line: str) -> int:
    """The same where every character takes two."""
    return 2 * len(line)
