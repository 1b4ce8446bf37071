"""The run room's job: one input on its way, from the reader to the writers, and what it came to."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from taizhang.align import Aligned, Piece
from taizhang.article import Article, Cell, Table
from taizhang.records import Document, Rejection

#: What a reader gives for an input: an article, or the rejection that says why it is none.
ReadItem = Article | Rejection


@dataclass(slots=True)
class Job:
    """One article or unreadable input; ``line`` is its outcome's, as soon as there is one.

    Attributes:
        number: the input's, in the manifest.
        key: what an article's outcome is kept under; empty for an input that is no article.
        kept: whether the outcome came out of the parts of a run that was broken off.
        copy_of: the number of an earlier article that this one is a copy of.
    """

    item: ReadItem
    number: int
    key: str = ""
    line: str | None = None
    kept: bool = False
    copy_of: int | None = None

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
    aligned = article.text
    said = json.dumps(article.document.model_dump())  # which may hold halves of surrogate pairs
    for part in (said, article.raw, aligned.text, repr(aligned.pieces), article.region, repr(article.tables)):
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(encoded) + encoded)
    digest.update(b"%d" % article.title_end)
    return digest.hexdigest()


def packed(article: Article) -> bytes:
    """All of an article as the bytes of one JSON value; ``unpacked`` gives an equal one.

    >>> unpacked(packed(Article.of("排查12处。"))) == Article.of("排查12处。")
    True
    """
    text = article.text
    value = (
        article.document.model_dump(),
        text.text,
        text.pieces,
        article.raw,
        article.title_end,
        article.region,
        article.tables,
    )
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpacked(content: bytes) -> Article:
    """The article that ``packed`` made ``content`` of."""
    document, text, pieces, raw, title_end, region, tables = json.loads(
        content.decode("utf-8", "surrogatepass")
    )
    aligned = Aligned(text, tuple(Piece(*piece) for piece in pieces))
    made = tuple(
        Table(start, end, tuple(Cell(*cell) for cell in cells), name) for start, end, cells, name in tables
    )
    return Article(Document.model_validate(document), aligned, raw, title_end, made, region)
