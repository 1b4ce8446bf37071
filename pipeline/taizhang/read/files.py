"""Read: files and folders to articles, in a stable order; what cannot be read comes out as a rejection."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.assemble import Origin, from_object, from_text
from taizhang.read.decode import decode
from taizhang.read.json_text import elements, looks_like_json, parsed
from taizhang.read.rules import Reading, reading
from taizhang.records import Document, Model, Rejection
from taizhang.rules import RuleSet

LINE = re.compile(r"[^\r\n]+")
ROW_SUFFIXES = {".jsonl", ".ndjson"}


class Limits(Model):
    """How much is read. ``file_bytes``: the size from which a file is rejected unread."""

    file_bytes: int = 64 * 1024 * 1024


DEFAULT = Limits()


def articles(
    inputs: Iterable[Path], rules: RuleSet, limits: Limits = DEFAULT
) -> Iterator[Article | Rejection]:
    """Every article of the files and folders, folders in the order of their sorted paths, each file once.

    Files whose name, or a folder of whose, begins with a dot are no input unless named themselves.

    >>> from taizhang.rules import RuleSet
    >>> [r.reason for r in articles([Path("no such file")], RuleSet())]
    ['missing']
    """
    seen: set[Path] = set()
    for path in inputs:
        for file in _files(Path(path)):
            key = file.resolve()
            if key not in seen:
                seen.add(key)
                yield from read_file(file, rules, limits)


def read_file(path: Path, rules: RuleSet, limits: Limits = DEFAULT) -> Iterator[Article | Rejection]:
    """The articles of one file; its format is known by its content before its name.

    What cannot be read is yielded as a ``Rejection`` of scope ``article`` whose reason is one of
    ``missing``, ``unreadable``, ``too-large``, ``empty``, ``binary``, ``encoding``, ``bad-json``,
    ``no-text``.
    """
    try:
        data = _bytes(path, limits)
        text = decode(data).text
        for source, origin in _sources(text, Origin(path, hashlib.sha256(data).hexdigest())):
            yield _article(source, origin, reading(rules))
    except UnreadableInput as error:
        yield _rejected(Origin(path), error)


def _article(source: str, origin: Origin, rules: Reading) -> Article | Rejection:
    try:
        if origin.row is None and not looks_like_json(source):
            return from_text(source, origin, rules)
        return from_object(source, parsed(source, origin.name), origin, rules)
    except UnreadableInput as error:
        return _rejected(origin, error)


def _sources(text: str, whole: Origin) -> Iterator[tuple[str, Origin]]:
    """The source text of each article in a file: the file, its rows, or the elements of its array."""
    named_so = whole.path.suffix.lower() in ROW_SUFFIXES
    if not named_so and not looks_like_json(text):
        yield text, whole
        return
    rows = [m.group() for m in LINE.finditer(text) if not m.group().isspace()]
    if named_so or (len(rows) > 1 and all(row.lstrip().startswith("{") for row in rows)):
        for number, row in enumerate(rows, 1):
            yield row, Origin(whole.path, row=number)
    elif text.lstrip().startswith("["):
        parsed(text, whole.name)
        for number, (start, end) in enumerate(elements(text), 1):
            yield text[start:end], Origin(whole.path, row=number)
    else:
        yield text, whole


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        if not path.is_file():
            reason = "unreadable" if path.exists() else "missing"
            raise UnreadableInput(
                reason, f"{path}: expected a file, got {'none' if reason == 'missing' else 'another thing'}"
            )
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise UnreadableInput(
                "too-large", f"{path}: expected at most {limits.file_bytes} bytes, got {size}"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput("unreadable", f"{path}: {error.strerror}") from error


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    inside = (
        p for p in path.rglob("*") if not any(part.startswith(".") for part in p.relative_to(path).parts)
    )
    return sorted((p for p in inside if not p.is_dir()), key=lambda p: p.parts)


def _rejected(origin: Origin, error: UnreadableInput) -> Rejection:
    document = Document(id=origin.document_id, path=origin.name)
    return Rejection(scope="article", document=document, reason=error.reason, detail=error.detail)
