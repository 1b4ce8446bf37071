"""Clean: the spaces between Chinese and digits, on pages that set them throughout."""

from __future__ import annotations

from taizhang.align import Edit
from taizhang.clean.rules import CleaningRules


def number_spacing(text: str, known: CleaningRules) -> list[Edit]:
    """Remove them where they are a habit of the page; elsewhere one may part two headlines."""
    rule = known.rules.han_spaces
    # Only numbers after Chinese: one that opens a line may be a heading's.
    number = known.compile(r"(?<=[{han}])(?P<before> ?)[0-9][0-9.,]{0,24}%?(?P<after> ?)(?=[{han}])")
    sides = [m.span(side) for m in number.finditer(text) for side in ("before", "after")]
    spaced = [(start, end) for start, end in sides if start < end]
    if len(spaced) < rule.minimum or len(spaced) * 2 <= len(sides):
        return []
    return [Edit(start, end, "", rule.id) for start, end in spaced]
