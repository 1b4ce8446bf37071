"""Numbers: the word segmenter's dictionary: words that hold numerals, and those that may follow a measure word."""

from __future__ import annotations

import re

from taizhang.cache import table
from taizhang.extract.numbers.numeral import Writing
from taizhang.segment.dictionary import dictionary

LONGEST = 8
_USUAL = 20  # occurrences in the dictionary's corpus from which a word is taken to be one in prose
# numbers, measures, times; names of people in novels
_COUNTING_TAGS = {"m", "mq", "q", "t", "nrt", "nr", "nrfg", "z"}
_NAME_TAGS = {"ns", "nt", "nz", "j"}


def words_with_numerals(signs: Writing) -> dict[str, tuple[str, str]]:
    """The words that hold a numeral character and are no count themselves: the reason and rule of each."""
    known = dictionary()
    numerals = f"{signs.han}{''.join(signs.halves)}"
    holds = re.compile(f"[{numerals}]")

    def build() -> dict[str, tuple[str, str]]:
        return {
            word: ("name" if tag in _NAME_TAGS else "idiom", f"dictionary.{tag}")
            for word, _, tag in known.words()
            if 2 <= len(word) <= LONGEST and tag not in _COUNTING_TAGS and holds.search(word)
        }

    return table("words-with-numerals", f"{known.digest} {numerals}", build)


def is_usual(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a usual word of two to four characters.

    >>> is_usual("40项目标", 3, 5), is_usual("40项目标", 2, 5)
    (True, False)
    """
    return end <= len(text) and (dictionary().count(text[start:end]) or 0) >= _USUAL
