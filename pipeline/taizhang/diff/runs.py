"""The diff room's runs: two run folders gone through article by article, few articles in memory at a time.

A run writes all lines of an article together, but two runs need not have the articles in the same order: so it is noted
where in the files of the second run each article begins.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Self

from taizhang.diff.compare import ArticleRows, Difference, compare
from taizhang.run.folder import RECORDS, REJECTS, RunFolder

_Places = dict[str, list[tuple[int, int]]]  # document: where its lines begin and end, in bytes


class Inputs(NamedTuple):
    """The articles of two runs, by their ids.

    Attributes:
        both: in both, with the same text.
        only_old, only_new: in one run alone.
        other_text: in both, but the text is another one, so that numbers cannot be matched.
    """

    both: tuple[str, ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    other_text: tuple[str, ...]

    @classmethod
    def of(cls, old: RunFolder, new: RunFolder) -> Self:
        """What ``manifest.json`` of each says."""
        before, after = _articles(old), _articles(new)
        shared = [name for name in before if name in after]
        return cls(
            tuple(name for name in shared if before[name] == after[name]),
            tuple(name for name in before if name not in after),
            tuple(name for name in after if name not in before),
            tuple(name for name in shared if before[name] != after[name]),
        )

    @property
    def same(self) -> bool:
        """Whether both runs read the same articles."""
        return not (self.only_old or self.only_new or self.other_text)


def differences(
    old: RunFolder, new: RunFolder, documents: tuple[str, ...]
) -> Iterator[tuple[str, int, list[Difference]]]:
    """For each of some articles that both runs have: its id, how many records it has in the two together, what differs.

    Raises:
        RunFolderError: a file is missing or is not the one of the manifest.
    """
    for run in (old, new):
        run.verify([RECORDS, REJECTS])
    with ExitStack() as cleanup:
        files = [cleanup.enter_context(_Indexed(run)) for run in (old, new)]
        for document in documents:
            before, after = (file.article(document) for file in files)
            yield document, len(before.records) + len(after.records), list(compare(before, after))


class _Indexed:
    """The two files of a run, and where in them each article's lines are."""

    def __init__(self, run: RunFolder) -> None:
        self._paths = run.file(RECORDS), run.file(REJECTS)
        self._places = [_places(path) for path in self._paths]
        self._files: list[BinaryIO] = []

    def __enter__(self) -> Self:
        self._files = [path.open("rb") for path in self._paths]
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()

    def article(self, document: str) -> ArticleRows:
        """What the run made of one article."""
        return ArticleRows(
            *(list(_read(*pair, document)) for pair in zip(self._files, self._places, strict=True))
        )


def _read(file: BinaryIO, places: _Places, document: str) -> Iterator[dict[str, Any]]:
    for begin, end in places.get(document, ()):
        file.seek(begin)
        for line in file.read(end - begin).splitlines():
            yield json.loads(line, parse_float=Decimal)


def _places(path: Path) -> _Places:
    found: _Places = defaultdict(list)
    with path.open("rb") as lines:
        for document, group in groupby(_located(lines), key=lambda line: line[0]):
            spans = list(group)
            found[document].append((spans[0][1], spans[-1][2]))
    return found


def _located(lines: BinaryIO) -> Iterator[tuple[str, int, int]]:
    """Each line's document and where it begins and ends."""
    offset = 0
    for line in lines:
        yield json.loads(line)["document"]["id"], offset, offset + len(line)
        offset += len(line)


def _articles(run: RunFolder) -> dict[str, str]:
    """The id of each article that the run read, and the digest of its source."""
    return {entry.id: entry.sha256 for entry in run.manifest.inputs if entry.sha256 is not None}
