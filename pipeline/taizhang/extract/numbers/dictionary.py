"""The word segmenter's dictionary, read for the words that hold numerals and those that may follow a measure word."""

from __future__ import annotations

import re
from collections.abc import Iterator

import jieba

from taizhang.extract.numbers.numeral import Writing

LONGEST = 8
_USUAL = 20  # occurrences in the dictionary's corpus from which a word is taken to be one in prose
# numbers, measures, times; names of people in novels
_COUNTING_TAGS = {"m", "mq", "q", "t", "nrt", "nr", "nrfg", "z"}
_NAME_TAGS = {"ns", "nt", "nz", "j"}


def _entries() -> Iterator[tuple[str, int, str]]:
    with jieba.dt.get_dict_file() as lines:
        for line in lines:
            word, count, tag = line.decode("utf-8").split(" ")
            yield word, int(count), tag.strip()


def words_with_numerals(signs: Writing) -> dict[str, tuple[str, str]]:
    """The words that hold a numeral character and are no count themselves: the reason and rule of each."""
    holds = re.compile(f"[{signs.han}{''.join(signs.halves)}]")
    return {
        word: ("name" if tag in _NAME_TAGS else "idiom", f"dictionary.{tag}")
        for word, _, tag in _entries()
        if 2 <= len(word) <= LONGEST and tag not in _COUNTING_TAGS and holds.search(word)
    }


def usual_words(first: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The usual words of two characters, and those of three or four that begin with one of ``first``."""
    usual = [word for word, count, _ in _entries() if 2 <= len(word) <= 4 and count >= _USUAL]
    longer = frozenset(word for word in usual if len(word) > 2 and word[0] in first)
    return frozenset(word for word in usual if len(word) == 2), longer
