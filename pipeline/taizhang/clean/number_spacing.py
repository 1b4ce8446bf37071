"""Clean: the spaces between Chinese and digits, on pages that set them throughout."""

from __future__ import annotations

from taizhang.align import Edit
from taizhang.clean.rules import Known


def number_spacing(text: str, known: Known) -> list[Edit]:
    """Remove them where they are a habit of the page; elsewhere one may part two headlines."""
    rule = known.rules.han_spaces
    spaced = known.compile(r"(?<=[{han}]) (?=[0-9])|(?<=[0-9%]) (?=[{han}])")
    found = [m.span() for m in spaced.finditer(text)]
    if len(found) < rule.minimum:
        return []
    tight = known.compile(r"(?<=[{han}])(?=[0-9])|(?<=[0-9%])(?=[{han}])")
    if sum(1 for _ in tight.finditer(text)) >= len(found):
        return []
    return [Edit(start, end, "", rule.id) for start, end in found]
