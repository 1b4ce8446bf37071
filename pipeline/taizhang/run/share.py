"""The run room's share: how much of the input's bytes has been gone through, where that can be told."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from taizhang.article import Article
from taizhang.read.origin import path_text
from taizhang.records import Rejection


class Share:
    """Counts the bytes of the files that articles come from, in the order in which they are read.

    A file counts in full as soon as an article of a later one has come. Of the file at hand the articles'
    source texts count, as long as they do not exceed it: those of a compressed file soon do.

    >>> from taizhang.records import Document
    >>> share = Share({"a.txt": 30, "b.txt": 30})
    >>> share.add(Article.of("整改", Document(id="b", path="b.txt")))
    0.6
    """

    def __init__(self, sizes: dict[str, int]) -> None:
        self._before = dict(zip(sizes, accumulate(sizes.values(), initial=0), strict=False))
        self._sizes = sizes
        self._total = sum(sizes.values())
        self._file = ""
        self._within = 0

    @classmethod
    def of(cls, files: Iterable[Path]) -> Share:
        """The share of files on disk; of none of them where one is a stream, whose length nobody knows."""
        sizes = {path_text(path): path.stat().st_size if path.is_file() else -1 for path in files}
        return cls({} if -1 in sizes.values() else sizes)

    def add(self, item: Article | Rejection) -> float | None:
        """Count one article; gives the share from 0 to 1, or None where it cannot be told."""
        file = self._file_of(item.document.path or "")
        if file is not None and self._before[file] > self._before.get(self._file, -1):
            self._file, self._within = file, 0
        if isinstance(item, Article):
            self._within += len(item.raw.encode("utf-8", "surrogatepass"))
        if not self._total or self._within > self._sizes.get(self._file, 0):
            return None
        return (self._before.get(self._file, 0) + self._within) / self._total

    def _file_of(self, path: str) -> str | None:
        """The file that a path names, or whose member or row it names."""
        names = path, path.partition("!")[0], path.rpartition("#")[0]
        return next((name for name in names if name in self._before), None)
