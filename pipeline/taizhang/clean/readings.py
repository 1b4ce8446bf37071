"""Clean: the readings that mirror sites put in brackets after a character: 學(xué)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from taizhang.align import Edit
from taizhang.clean.rules import CleaningRules

LETTERS = "a-zA-Züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜêɑɡńňḿ"
READING = re.compile(rf"(?<=[\u3400-\u9fff])[(（] ?(?P<reading>[{LETTERS}]{{1,6}}[0-5]?) ?[)）] ?")
PICTURE = re.compile(r"(?<=[\u3400-\u9fff])[(（][\u2600-\u27bf\U0001f300-\U0001faff\ufe0f\u200d]{1,6}[)）]")
ALIKE = str.maketrans({"ɑ": "a", "ɡ": "g", "v": "u"})


def readings(text: str, known: CleaningRules) -> list[Edit]:
    """Drop each reading that is one of its character's, on a page that has the signature."""
    found = signature(text, known)
    if not found:
        return []
    spans = sorted({m.span() for m in (*found, *PICTURE.finditer(text))})
    return [Edit(start, end, "", known.rules.readings.id) for start, end in spans]


def signature(text: str, known: CleaningRules) -> list[re.Match[str]]:
    """All readings in the text, if there are enough of them to make it a mirror site's; else none."""
    found = [m for m in READING.finditer(text) if reads(text[m.start() - 1], m["reading"])]
    return found if len(found) >= known.rules.readings.signature else []


def reads(character: str, reading: str) -> bool:
    """Whether ``reading``, with or without its tone, is one of ``character``'s.

    >>> reads("總", "zong"), reads("總", "zǒng"), reads("總", "gao")
    (True, True, False)
    """
    return toneless(reading) in _readings(character)


def toneless(reading: str) -> str:
    """A reading without tone, in plain letters; ü is u, as sites without ü write it."""
    plain = unicodedata.normalize("NFD", reading.casefold().translate(ALIKE).rstrip("012345"))
    return "".join(c for c in plain if c.isascii())


@lru_cache(maxsize=8192)
def _readings(character: str) -> frozenset[str]:
    from pypinyin import Style, pinyin  # noqa: PLC0415  (slow to import, needed on few pages)

    known = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(toneless(reading) for group in known for reading in group)
