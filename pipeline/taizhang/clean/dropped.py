"""Clean: the parts of the source that hold a digit and are not in the clean text, so that none vanishes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from taizhang.article import Cleaned

# Markup and JSON part their own pieces by quotes, brackets and blanks.
TOKEN = re.compile(r"[^\s\"'<>\\]+")
DIGIT = re.compile("[0-9０-９]")


def dropped(cleaned: Cleaned) -> list[tuple[int, int]]:
    """Half-open offsets in the source, in order: attributes, other fields, the digits of a file name …

    >>> from taizhang.align import Aligned; from taizhang.records import Document
    >>> raw = "<p id='a1'>共12户</p>"
    >>> page = Cleaned(Document(id="d"), Aligned.whole(raw).cut(11, 15), raw)
    >>> [raw[start:end] for start, end in dropped(page)]
    ['a1']
    """
    tokens = (token.span() for gap in _gaps(cleaned) for token in TOKEN.finditer(cleaned.raw, *gap))
    return [token for token in tokens if DIGIT.search(cleaned.raw, *token)]


def _gaps(cleaned: Cleaned) -> Iterator[tuple[int, int]]:
    """What the clean text's pieces leave out of the source."""
    pieces = cleaned.aligned.pieces
    ordered = all(one.source <= other.source for one, other in pairwise(pieces))
    at = 0
    for piece in pieces if ordered else sorted(pieces, key=lambda p: p.source):
        if piece.extent:
            if piece.source > at:
                yield at, piece.source
            at = max(at, piece.source + piece.extent)
    yield at, len(cleaned.raw)
