"""Read: heads of two storeys in tables that bars part, where merged cells have lost how far they go.

Of the upper heads some go over as many of the lower ones each; which they are is told only where no other choice puts
the heads for per cent over figures that all have a decimal point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from taizhang.read.plain_rows import BLANK, CellSpan, Span, side_by_side

PER_CENT = frozenset("%％‰")
MOST_CHOICES = 500
WIDEST = 32


class Storeys(NamedTuple):
    """The cells of two rows of a head, each over its columns."""

    upper: list[CellSpan]
    lower: list[CellSpan]


def storeys(
    upper: Sequence[Span], lower: Sequence[Span], full: Sequence[Sequence[Span]], text: str
) -> Storeys | None:
    """The two rows over rows of figures that fill all columns; none where several ways or none fit."""
    width = len(full[0]) if full else 0
    wide = len(upper) + len(lower) - width  # of the upper heads
    if not 0 < wide < len(upper) or width > WIDEST or len(lower) % wide or len(lower) == wide:
        return None
    each = len(lower) // wide
    names = ["".join(text[a:b].split()) for a, b in lower]
    if any(names[i] != names[i % each] for i in range(len(names))):
        return None
    decimal = [_all_decimal([text[slice(*row[c])].strip(BLANK) for row in full]) for c in range(width)]
    fitting = [made for made in _choices(upper, lower, wide) if _fits(made, decimal, text)]
    return fitting[0] if len(fitting) == 1 else None


def _choices(upper: Sequence[Span], lower: Sequence[Span], wide: int) -> Iterator[Storeys]:
    """All ways in which ``wide`` of the upper heads, but not the first, go over the lower ones."""
    each = len(lower) // wide
    for chosen in islice(combinations(range(1, len(upper)), wide), MOST_CHOICES):
        made = Storeys([], [])
        column = below = 0
        for number, (start, end) in enumerate(upper):
            size = each if number in chosen else 1
            made.upper.append(CellSpan(start, end, column, size))
            if number in chosen:
                made.lower.extend(side_by_side(lower[below : below + each], column))
                below += each
            column += size
        yield made


def _fits(made: Storeys, decimal: Sequence[bool], text: str) -> bool:
    """Whether all heads for per cent stand over figures with a decimal point."""
    return all(
        decimal[column]
        for cell in (*made.upper, *made.lower)
        if not PER_CENT.isdisjoint(text[cell.start : cell.end])
        for column in range(cell.column, cell.column + cell.columns)
    )


def _all_decimal(figures: Sequence[str]) -> bool:
    return all("." in figure for figure in figures if any(c.isdigit() for c in figure))
