"""Read: files and folders to articles, in a stable order; what cannot be read comes out as a rejection."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.formats import read_blob
from taizhang.read.limits import DEFAULT, ReadLimits
from taizhang.read.origin import Origin
from taizhang.read.settings import ReadSettings
from taizhang.read.shapes import reading
from taizhang.read.signatures import is_leftover
from taizhang.read.streams import Blob, Budget, Unpacked, buffered
from taizhang.records import Rejection
from taizhang.rules import RuleSet

STANDARD_INPUT = Path("-")
Found = Article | Rejection


def articles(
    inputs: Iterable[Path],
    rules: RuleSet,
    limits: ReadLimits = DEFAULT,
    fields: Mapping[str, str] | None = None,
) -> Iterator[Found]:
    """Every article of the files and folders, folders in the order of their sorted paths, each file once.

    Files whose name, or a folder of whose, begins with a dot, and what systems leave in folders (``Thumbs.db``,
    ``~$a.docx``), are no input unless named themselves; ``-`` is
    the standard input. No two articles have the same document id: the first to come with an id keeps it, a
    later one's is followed by ``~`` and eight digits that depend on its path alone (``1.txt`` in a second
    folder: ``1~5c0a4e1f``), so that the same inputs give the same ids.

    Args:
        fields: for a sense (``text``, ``title``, ``published``, ``url``, ``source``, ``id``, ``region``), the name
            of the field that has it in rows; where none is given, it is found by name.

    Raises:
        TaizhangError: ``fields`` names a sense that there is not.

    >>> from taizhang.rules import RuleSet
    >>> [r.reason for r in articles([Path("no such file")], RuleSet())]
    ['missing']
    """
    settings = ReadSettings(reading(rules), limits, fields or {})
    ids: set[str] = set()
    for file in files(inputs):
        for found in _read(file, settings):
            yield _with_own_id(found, ids)


def files(inputs: Iterable[Path]) -> Iterator[Path]:
    """The files that ``articles`` reads, in its order."""
    seen: set[str] = set()
    for path in inputs:
        for file in _files(Path(path)):
            # Unlike Path.resolve it gives a name of a link that leads to itself, too.
            key = os.path.realpath(file)
            if key not in seen:
                seen.add(key)
                yield file


def read_file(path: Path, rules: RuleSet, limits: ReadLimits = DEFAULT) -> Iterator[Found]:
    """The articles of one file; its format is known by its content before its name.

    What cannot be read is yielded as a ``Rejection`` of scope ``article``. Its reasons: ``missing``,
    ``unreadable``, ``empty``, ``binary``, ``encoding``, ``encrypted``, ``unsupported-format``,
    ``missing-extra``; over a limit ``too-large``, ``row-too-large``, ``unpacked-too-large``,
    ``too-many-members``, ``too-deep``, ``too-many-pages``; in rows ``no-text``, ``bad-json``, ``bad-csv``,
    ``bad-parquet``; in archives ``bad-archive``, ``bad-path``, ``bad-warc``, ``http-status``; in documents
    ``bad-docx``, ``bad-odt``, ``bad-rtf``, ``bad-mail``, ``xml-entities``, ``bad-pdf``, ``no-text-layer``,
    ``bad-workbook``, ``table-too-wide``, ``table-too-large``, ``picture``, ``not-converted``, ``empty-cell``.
    """
    return _read(path, ReadSettings(reading(rules), limits))


def _read(path: Path, settings: ReadSettings) -> Iterator[Found]:
    if path == STANDARD_INPUT:
        piped = Unpacked(sys.stdin.buffer, Budget(sys.maxsize, sys.maxsize))  # rows may come without end
        blob = Blob(Origin("-", "stdin"), buffered(piped), Budget.of(settings.limits))
        yield from read_blob(blob, settings)
        return
    origin = Origin.of(path)
    try:
        if not path.is_file():
            there = path.exists()
            got = "another thing" if there else "none"
            reason = "unreadable" if there else "missing"
            raise UnreadableInput(reason, f"{origin.name}: expected a file, got {got}")
        with path.open("rb", buffering=0) as raw:
            blob = Blob(origin, buffered(raw), Budget.of(settings.limits), seekable=True)
            yield from read_blob(blob, settings)
    except UnreadableInput as error:
        yield origin.rejection(error)
    except OSError as error:
        yield origin.rejection(UnreadableInput("unreadable", f"{origin.name}: {error.strerror or error}"))


def _with_own_id(found: Found, ids: set[str]) -> Found:
    document = found.document
    if document.id in ids:
        digest = hashlib.sha256((document.path or "").encode()).hexdigest()[:8]
        document = document.model_copy(update={"id": f"{document.id}~{digest}"})
        if isinstance(found, Article):
            found = replace(found, document=document)
        else:
            found = found.model_copy(update={"document": document})
    ids.add(document.id)
    return found


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    inside = (
        p for p in path.rglob("*") if not any(part.startswith(".") for part in p.relative_to(path).parts)
    )
    return sorted(
        (p for p in inside if not p.is_dir() and not is_leftover(p.name)),
        key=lambda p: [os.fsencode(part) for part in p.parts],
    )
