"""Files made to do harm: how they are packed, read, and held to a bound of memory."""

from __future__ import annotations

import io
import stat
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from taizhang.article import Article
from taizhang.read import articles
from taizhang.records import Rejection
from taizhang.rules import RuleSet

RULES = RuleSet()
MIB = 1024 * 1024
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECRET = "PRIVATE-1234"


def found(path: Path, **more: Any) -> list[Article | Rejection]:
    return list(articles([path], RULES, **more))


def read(folder: Path, name: str, content: bytes, **more: Any) -> list[Article | Rejection]:
    (folder / name).write_bytes(content)
    return found(folder / name, **more)


def told(results: list[Article | Rejection]) -> list[tuple[str, str]]:
    return [(r.reason, r.detail) if isinstance(r, Rejection) else ("read", r.text.text) for r in results]


@contextmanager
def memory(most: int) -> Iterator[None]:
    """Fails where the block holds more than ``most`` bytes at any one time."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] <= most
    finally:
        tracemalloc.stop()


def zipped(*members: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def link(name: str, to: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info, to.encode()


def docx(xml: str) -> bytes:
    return zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.encode()))


def word(body: str, head: str = "") -> bytes:
    return docx(
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )
