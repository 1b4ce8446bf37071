"""The evaluate room's alignment: which record is which line of gold, by their quotes, in text order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from taizhang.evaluate.lines import Row

# What counts as one numeral is part of the measure, so it is fixed here, not a rule that a user may change.
_ARABIC = re.compile(r"[0-9０-９][0-9０-９.．,，]*")
_HAN = re.compile(r"[〇零一二三四五六七八九十百千万亿两半几数]+")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.", ",，")


def numeral(quote: str) -> str:
    """The numeral of a quote, in half-width and without separators: equal for quotes of the same number.

    >>> numeral("近１，２００户"), numeral("百余名")
    ('1200', '百')
    """
    found = _ARABIC.search(quote) or _HAN.search(quote)
    return (found.group() if found else quote).translate(_HALF_WIDTH).rstrip(".")


def align(
    gold: Sequence[Row], program: Sequence[Row], agreement: Callable[[Row, Row], int]
) -> list[tuple[int, int]]:
    """Pairs of indices, in order in both, of rows that quote the same numeral.

    As many pairs as there can be; among those, the pairs with the highest sum of ``agreement``.
    """
    keys = [numeral(row.get("quote") or "") for row in gold]
    others = [numeral(row.get("quote") or "") for row in program]
    # best[i][j]: pairs and agreement that gold[i:] and program[j:] can reach, and the first step to it.
    best = [[(0, 0, "")] * (len(others) + 1) for _ in range(len(keys) + 1)]
    for i in reversed(range(len(keys))):
        for j in reversed(range(len(others))):
            steps = [(*best[i + 1][j][:2], "gold"), (*best[i][j + 1][:2], "program")]
            if keys[i] == others[j]:
                pairs, sum_, _ = best[i + 1][j + 1]
                steps.append((pairs + 1, sum_ + agreement(gold[i], program[j]), "pair"))
            best[i][j] = max(steps, key=lambda step: step[:2])
    aligned = []
    i = j = 0
    while i < len(keys) and j < len(others):
        step = best[i][j][2]
        if step == "pair":
            aligned.append((i, j))
        i += step != "program"
        j += step != "gold"
    return aligned
