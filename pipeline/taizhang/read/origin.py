"""Read: where a source text came from, and the document that an article of it is."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from taizhang.errors import UnreadableInput
from taizhang.records import Document, Rejection


def path_text(path: Path) -> str:
    r"""A path as text, the same in every locale: what is no UTF-8 in it is shown as ``\xNN``.

    >>> path_text(Path(os.fsdecode("台账".encode() + b"\xcc.txt")))
    '台账\\xcc.txt'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a source text came from.

    Attributes:
        name: the file's path as given, with the member of the archive and the row: ``a.zip!b.csv#17``.
        stem: the name of the innermost file without its folder and its ending.
        suffix: its ending in lower case, with the point.
        sha256: of the file's bytes; empty for a row, whose own digest is that of its text in UTF-8.
        row: the number of the row in the file, from 1; None where the file is one article.
        url: of the page, where an archive of the web gives it.
    """

    name: str
    stem: str
    suffix: str = ""
    sha256: str = ""
    row: int | None = None
    url: str | None = None

    @classmethod
    def of(cls, path: Path) -> Origin:
        """The origin of a file."""
        shown = Path(path_text(path))
        return cls(str(shown), shown.stem, shown.suffix.lower())

    def member(self, name: str) -> Origin:
        """The origin of a file in this one."""
        path = PurePosixPath(name)
        return Origin(f"{self.name}!{name}", path.stem, path.suffix.lower(), url=self.url)

    def unpacked(self) -> Origin:
        """The origin of what this file is the compressed form of: its name without the last ending."""
        path = PurePosixPath(self.stem)
        return replace(self, stem=path.stem, suffix=path.suffix.lower())

    def at_row(self, number: int) -> Origin:
        """The origin of one of the file's rows."""
        return replace(self, name=f"{self.name}#{number}", sha256="", row=number)

    @property
    def document_id(self) -> str:
        """The id of an article that has none of its own: the file's stem, with the row's number."""
        return self.stem if self.row is None else f"{self.stem}-{self.row:06}"

    def document(self, source: str, /, **fields: Any) -> Document:
        """The document of an article whose source text is ``source``."""
        digest = self.sha256 or hashlib.sha256(source.encode()).hexdigest()
        known = {"id": self.document_id, "path": self.name, "sha256": digest, "url": self.url}
        return Document(**{**known, **fields})

    def rejection(self, error: UnreadableInput) -> Rejection:
        """What is written of an article that could not be read."""
        document = Document(id=self.document_id, path=self.name, url=self.url)
        return Rejection(scope="article", document=document, reason=error.reason, detail=error.detail)
