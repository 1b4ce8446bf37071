"""Places: whether each section of a text stands alone, as in a digest, or each line, as in a summary of news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from taizhang.extract.places.pointer_rules import PointerRules
from taizhang.extract.places.pointers import STATE, Pointer
from taizhang.segment.layout import Layout

ITEMS = 3  # headings from which on a text whose title says so is one


def is_digest(layout: Layout, found: Sequence[Pointer], words: PointerRules) -> bool:
    """Whether each section stands alone.

    A text whose title names a place is about that, and one that says 全市 or 我县 and nothing of the nation is about
    one place.
    """
    headed = sum(s.heading_end > s.heading_start for s in layout.sections)
    if headed < ITEMS or not _is_called(layout, words.digest):
        return False
    entitled = any(p.kind == "names" and p.start < layout.title.end for p in found)
    return not entitled and not _is_local(found, words)


def is_summary(layout: Layout, words: PointerRules) -> bool:
    """Whether each line stands alone."""
    return len(layout.headings) >= ITEMS and _is_called(layout, words.summary)


def _is_called(layout: Layout, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the title."""
    title = layout.text[layout.title.start : layout.title.end]
    return any(word in title for word in words)


def _is_local(found: Sequence[Pointer], words: PointerRules) -> bool:
    """Whether a text says 全市 or 我县, and nothing of the nation."""
    deixis = words.deixis
    said = any(p.rule in deixis and deixis[p.rule].endings for p in found)
    return said and not any(p.kind in STATE and p.rule not in words.weak for p in found)
