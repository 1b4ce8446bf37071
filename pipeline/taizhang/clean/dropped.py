"""Clean: the parts of the source that hold a digit and are not in the clean text, so that none vanishes."""

from __future__ import annotations

import re

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
    kept = sorted((p.source, p.source + p.extent) for p in cleaned.aligned.pieces if p.extent)
    gaps: list[tuple[int, int]] = []
    at = 0
    for start, end in kept:
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    gaps.append((at, len(cleaned.raw)))
    tokens = (token.span() for gap in gaps for token in TOKEN.finditer(cleaned.raw, *gap))
    return [token for token in tokens if DIGIT.search(cleaned.raw, *token)]
