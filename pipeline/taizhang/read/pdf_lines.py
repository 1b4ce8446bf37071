"""Read: the lines of a PDF's pages put together again: what repeats on every page is left out, cut lines are joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

EDGE = 3  # lines at the top and at the foot of a page in which a running head or foot may stand
FEWEST = 3  # pages on which it must
NUMBER = re.compile(r"[0-9０-９]+")
ENDS = re.compile(r"[。！？；：!?;:…]['’”」』）)]*$")
HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff，。、；：！？“”‘’（）《》【】]")
SHORTEST = 16  # characters of a full line: a column of text has more
SLACK = 1.6  # characters by which a full line may be shorter than the column


class PageLine(NamedTuple):
    """One line of a page with its edges, in points; ``size``: of its characters."""

    text: str
    left: float
    right: float
    size: float


def running(pages: Sequence[Sequence[PageLine]]) -> set[tuple[int, str]]:
    """What stands in the same line from an edge on most pages, numbers apart: by place and text."""
    counts: Counter[tuple[int, str]] = Counter()
    for page in pages:
        counts.update(set(_edges(page)))
    fewest = max(FEWEST, len(pages) // 2) if len(pages) > 3 else FEWEST
    return {key for key, count in counts.items() if count >= fewest and key[1].strip()}


def _edges(page: Sequence[PageLine]) -> list[tuple[int, str]]:
    last = len(page)
    places = {i: i for i in range(min(EDGE, last))} | {last - 1 - i: -1 - i for i in range(min(EDGE, last))}
    return [(place, NUMBER.sub("#", page[i].text.strip())) for i, place in places.items()]


def without_running(
    page: Sequence[PageLine], repeated: set[tuple[int, str]], number: re.Pattern[str]
) -> list[PageLine]:
    """A page without its running heads and feet, and without the ``number`` that stands alone at an edge."""
    last = len(page)
    gone = set()
    for i, line in enumerate(page):
        at_edge = i < EDGE or i >= last - EDGE
        key = NUMBER.sub("#", line.text.strip())
        if at_edge and ((i, key) in repeated or (i - last, key) in repeated):
            gone.add(i)
    rest = [i for i in range(last) if i not in gone]
    if len(rest) > 1:
        gone |= {i for i in (rest[0], rest[-1]) if number.fullmatch(page[i].text)}
    return [line for i, line in enumerate(page) if i not in gone]


def joins(before: PageLine, after: PageLine, right: float, left: float, starts: re.Pattern[str]) -> bool:
    """Whether a line goes on in the next: it is full, and what follows is neither moved in nor begins something.

    ``right``, ``left``: the edges of the page's column of text; ``starts``: how what begins something does.
    """
    if len(before.text) < SHORTEST:
        return False
    if before.right < right - SLACK * before.size or (
        ENDS.search(before.text) and after.left > left + before.size
    ):
        return False
    if starts.match(after.text) or after.left > left + 0.9 * after.size:
        return False
    return abs(before.size - after.size) < 0.15 * before.size


def between(before: str, after: str) -> str:
    """What parts two joined lines: a blank between Latin words, else nothing."""
    a, b = before.rstrip()[-1:], after.lstrip()[:1]
    return "" if HAN.match(a) or HAN.match(b) or a.isdigit() or b.isdigit() else " "
