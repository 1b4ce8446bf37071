"""Segment: jieba's dictionary, word by word, opened only as far as a text asks for it.

jieba's own loader reads all of its half a million entries before the first word can be looked up. Here the words
are kept by their first character, and those of a character are unpacked when the first of them is looked up.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path

from taizhang.cache import table

Entries = tuple[dict[str, int], dict[str, str]]  # counts, with 0 for what only begins a word; tags of words
_NONE: Entries = ({}, {})


class Dictionary:
    """Counts and tags of words.

    Attributes:
        total: the sum of the counts of all lines.
        digest: of the file that the words come from.

    >>> words = dictionary()
    >>> words.tag("学校"), words.count("学校") > 0, words.count("䶮䶮")
    ('n', True, None)
    """

    def __init__(self, packed: dict[str, bytes], total: int, digest: str) -> None:
        self._packed, self.total, self.digest = packed, total, digest
        self._open: dict[str, Entries] = {}

    def beginning(self, first: str) -> Entries:
        """The counts and the tags of all words that begin with one character."""
        found = self._open.get(first)
        if found is None:
            packed = self._packed.get(first)
            found = self._open[first] = marshal.loads(packed) if packed else _NONE
        return found

    def count(self, word: str) -> int | None:
        """How often a word occurs in the dictionary's corpus; 0 for what only begins words, None for anything else."""
        return self.beginning(word[:1])[0].get(word)

    def tag(self, word: str) -> str | None:
        """A word's part of speech in jieba's set; None for what is no word."""
        return self.beginning(word[:1])[1].get(word)

    def words(self) -> Iterator[tuple[str, int, str]]:
        """Every word with its count and tag."""
        for packed in self._packed.values():
            counts, tags = marshal.loads(packed)
            for word, tag in tags.items():
                yield word, counts[word], tag

    @cached_property
    def counts(self) -> dict[str, int]:
        """The counts of all words and beginnings at once: what half a million look-ups need."""
        every: dict[str, int] = {}
        for packed in self._packed.values():
            every.update(marshal.loads(packed)[0])
        return every


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """The dictionary that jieba ships, read once a process."""
    content = _file().read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    packed, total = table("dictionary", digest, lambda: _packed(content.decode("utf-8")))
    return Dictionary(packed, total, digest)


def _file() -> Path:
    """Found without importing jieba, which would take longer than reading its dictionary does."""
    package = find_spec("jieba")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("taizhang needs jieba for its dictionary: pip install jieba")
    return Path(package.submodule_search_locations[0]) / "dict.txt"


def _packed(lines: str) -> tuple[dict[str, bytes], int]:
    """The words by first character, and the total of all counts; of two lines for one word the later counts."""
    entries: dict[str, Entries] = {}
    total = 0
    for line in lines.splitlines():
        word, count, tag = line.split(" ")
        counts, tags = entries.setdefault(word[0], ({}, {}))
        counts[word], tags[word] = int(count), tag
        total += int(count)
        for end in range(1, len(word)):
            counts.setdefault(word[:end], 0)
    return {first: marshal.dumps(found) for first, found in entries.items()}, total
