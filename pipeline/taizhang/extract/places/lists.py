"""Places: lists whose items go with the figures after them one by one: 甲县、乙县分别整改3个、5个."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from taizhang.extract.places.pointer_rules import PointerRules
from taizhang.records import PlaceMention
from taizhang.segment.layout import Layout

REACH = 24  # characters between the word that pairs them and the first of the figures
ITEM = 12  # characters of an item of the list that is no place
LONGEST = 40  # items of a list


def paired(
    layout: Layout, mentions: Sequence[PlaceMention], figures: Sequence[tuple[int, int]], rules: PointerRules
) -> dict[int, PlaceMention]:
    """For the start of each figure that a list of places shares out: the place that it goes with.

    ``figures`` are spans, in order. The list stands in the sentence before a word such as 分别, and has as many items
    as figures joined by 、 or 和 follow it; an item that is no place takes its figure, which goes with none.
    """
    pairs: dict[int, PlaceMention] = {}
    starts, names = [start for start, _ in figures], [m.start for m in mentions]
    for match in rules.each.finditer(layout.text):
        sentence = layout.sentences[max(0, layout.sentence_at(match.start()))]
        row = _row(layout.text, figures[bisect_left(starts, match.end()) :][:LONGEST], rules)
        if len(row) < 2 or row[0] - match.end() > REACH or row[0] >= sentence.end:
            continue
        near = mentions[bisect_left(names, sentence.start) : bisect_left(names, match.start())]
        items = _items(layout.text, near[-LONGEST:], match.start(), rules)
        if len(items) == len(row):
            pairs |= {at: item for at, item in zip(row, items, strict=True) if item is not None}
    return pairs


def _row(text: str, figures: Sequence[tuple[int, int]], rules: PointerRules) -> list[int]:
    """The starts of the figures that follow one another with nothing but a joint between."""
    row: list[int] = []
    last = 0
    for start, end in figures:
        if row and text[last:start] not in rules.joints:
            break
        row.append(start)
        last = end
    return row


def _items(
    text: str, names: Sequence[PlaceMention], end: int, rules: PointerRules
) -> list[PlaceMention | None]:
    """The items of the list that ``names`` end with, None for each that is no place."""
    items: list[PlaceMention | None] = []
    after = end_of = end
    for name in reversed(names):
        if items and name.end == after:  # 甲省|乙市: the first is only where the second lies
            after = name.start
            continue
        between = text[name.end : after]
        others = (
            _others(between, text[end_of : end_of + ITEM], rules)
            if items or text.startswith(rules.joints, name.end)
            else []
        )
        if items and others is None:
            break
        items = [name, *[None for _ in others or ()], *items]
        after, end_of = name.start, name.end
    return items


def _others(between: str, later: str, rules: PointerRules) -> list[str] | None:
    """The items between two names of a list, or after its last; None where no list goes from the one to the other.

    What both names have after them is no item: 甲港、乙港分别通航3条、5条; ``later`` stands after the second.
    """
    parts = re.split(rules.split, between)
    if len(parts) == 1 or not later.startswith(parts[0]) or any(len(p) > ITEM for p in parts):
        return None
    return [p for p in parts[1:] if p]
