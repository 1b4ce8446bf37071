"""The run room's job: one input on its way, from the reader to the writers, and what it came to."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from taizhang.align import Aligned, Piece, packed_pieces
from taizhang.article import Article, Cell, Table, packed_cells
from taizhang.compact import Packed, offsets
from taizhang.records import Document, Rejection
from taizhang.run.line import Line

#: What a reader gives for an input: an article, or the rejection that says why it is none.
ReadItem = Article | Rejection


@dataclass(slots=True)
class Job:
    """One article or unreadable input; ``line`` is its outcome's, as soon as all of it is there.

    Attributes:
        number: the input's, in the manifest.
        key: what an article's outcome is kept under; empty for an input that is no article.
        kept: whether the outcome came out of the parts of a run that was broken off.
        copy_of: the number of an earlier article that this one is a copy of.
        begun: the line as far as its parts have come.
    """

    item: ReadItem
    number: int
    key: str = ""
    line: Line | None = None
    kept: bool = False
    copy_of: int | None = None
    begun: Line | None = None

    def add(self, piece: str, *, more: bool) -> None:
        """Take the line of one more part of the outcome; after the last (no ``more``) the job is done."""
        self.begun = self.begun or Line()
        self.begun.add(piece)
        if not more:
            self.line = self.begun

    @property
    def article(self) -> Article:
        """The item, of a job that is still to be done.

        Raises:
            TypeError: the input is no article.
        """
        if not isinstance(self.item, Article):
            raise TypeError(f"expected an article, got what could not be read: {self.item.reason}")
        return self.item

    @property
    def size(self) -> int:
        """How many characters it holds in memory, about."""
        return len(self.item.raw) if isinstance(self.item, Article) else 0


def article_key(article: Article) -> str:
    """SHA-256 over all that the pipeline sees of an article: the same article has the same key."""
    digest = hashlib.sha256()
    said = json.dumps(article.document.model_dump())  # which may hold halves of surrogate pairs
    names = json.dumps([table.name for table in article.tables])
    for part in (said, article.raw, article.text.text, article.region, names):
        _feed(digest, part.encode("utf-8", "surrogatepass"))
    bounds = Packed(offsets, 2, [(table.start, table.end) for table in article.tables])
    cells = [column for table in article.tables for column in packed_cells(table.cells).columns]
    for column in (*packed_pieces(article.text.pieces).columns, *bounds.columns, *cells):
        _feed(digest, column.tobytes())
    digest.update(b"%d" % article.title_end)
    return digest.hexdigest()


def _feed(digest: hashlib._Hash, part: bytes) -> None:
    digest.update(b"%d:" % len(part) + part)


def packed(article: Article) -> bytes:
    """All of an article as the bytes of one JSON value; ``unpacked`` gives an equal one.

    >>> unpacked(packed(Article.of("排查12处。"))) == Article.of("排查12处。")
    True
    """
    text = article.text
    value = (
        article.document.model_dump(),
        text.text,
        list(text.pieces),
        article.raw,
        article.title_end,
        article.region,
        [[*table[:2], list(table.cells), table.name] for table in article.tables],
    )
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpacked(content: bytes) -> Article:
    """The article that ``packed`` made ``content`` of."""
    document, text, pieces, raw, title_end, region, tables = json.loads(
        content.decode("utf-8", "surrogatepass")
    )
    aligned = Aligned(text, tuple(Piece(*piece) for piece in pieces))
    made = tuple(
        Table(start, end, packed_cells(Cell(*cell) for cell in cells), name)
        for start, end, cells, name in tables
    )
    return Article(Document.model_validate(document), aligned, raw, title_end, made, region)
