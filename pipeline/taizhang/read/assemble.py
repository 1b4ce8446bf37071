"""Read: the parts of one source (title, body, fields) put together as one article."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.dates import published
from taizhang.read.html_text import html_text, looks_like_html
from taizhang.read.json_text import strings
from taizhang.read.plain import plain_text, title_end
from taizhang.read.rules import Reading, Sense, plain_key
from taizhang.records import Document

FILE_NAME_LINE = re.compile(r"\s*\d*(?P<title>[^\n]{1,200}?)\.(?:txt|html?)[ \t]*\r?\n(?=\s*<)", re.I)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a source text came from.

    Attributes:
        path: the file.
        sha256: of the file's bytes; empty for a row, whose own digest is that of its text in UTF-8.
        row: the number of the row in the file, from 1; None where the file is one article.
    """

    path: Path
    sha256: str = ""
    row: int | None = None

    @property
    def name(self) -> str:
        """The path, with the row's number where there is one: ``news.jsonl#17``."""
        return str(self.path) if self.row is None else f"{self.path}#{self.row}"

    @property
    def document_id(self) -> str:
        """The id of an article that has none of its own: the file's stem, with the row's number."""
        return self.path.stem if self.row is None else f"{self.path.stem}-{self.row:06}"

    def document(self, source: str, /, **fields: Any) -> Document:
        """The document of an article whose source text is ``source``."""
        digest = self.sha256 or hashlib.sha256(source.encode()).hexdigest()
        return Document(**{"id": self.document_id, "path": self.name, "sha256": digest, **fields})


def from_text(source: str, origin: Origin, rules: Reading) -> Article:
    """An article from plain text, Markdown, HTML, or a file name followed by HTML."""
    whole = Aligned.whole(source)
    named = FILE_NAME_LINE.match(source)
    if named:
        title = whole.cut(*named.span("title"))
        body = html_text(source, rules.markup, named.end())
        return _joined(title, body, source, origin.document(source, title=title.text.strip()))
    text = html_text(source, rules.markup) if looks_like_html(source) else plain_text(source)
    if not text.text.strip():
        raise UnreadableInput("empty", f"{origin.name}: expected text, got markup without any")
    return Article(origin.document(source), text, source, title_end(text.text, rules.title))


def from_object(source: str, value: Any, origin: Origin, rules: Reading) -> Article:
    """An article from one JSON object.

    Raises:
        UnreadableInput: ``no-text`` (it names the fields that there are), or ``empty``.
    """
    if not isinstance(value, dict):
        kind = type(value).__name__
        raise UnreadableInput("no-text", f"{origin.name}: expected a JSON object, got {kind}")
    texts = strings(source)
    body = _field(texts, "text", rules)
    if body is None:
        seen = ", ".join(map(repr, value)) or "none"
        raise UnreadableInput("no-text", f"{origin.name}: expected a text field, got {seen}")
    if not body.text.strip():
        raise UnreadableInput("empty", f"{origin.name}: expected text, got an empty text field")
    if looks_like_html(body.text):
        body = _inner(body, html_text(body.text, rules.markup))
    title = _field(texts, "title", rules)
    document = origin.document(source, **_metadata(value, texts, rules))
    return _joined(title or Aligned.whole(""), body, source, document, rules)


def _inner(outer: Aligned, inner: Aligned) -> Aligned:
    """``inner``, which is aligned to ``outer``'s text, aligned to ``outer``'s source."""
    parts: list[Aligned | str] = []
    for p in inner.pieces:
        text = inner.text[p.start : p.start + p.size]
        if not p.extent:
            parts.append(text)
        elif p.size == p.extent:
            parts.append(outer.cut(p.source, p.source + p.extent))
        else:
            whole = outer.cut(p.source, p.source + p.extent)
            low, high = whole.source_span(0, len(whole.text))
            parts.append(Aligned(text, (type(p)(0, p.size, low, high - low),)))
    return Aligned.join(parts)


def _joined(
    title: Aligned, body: Aligned, source: str, document: Document, rules: Reading | None = None
) -> Article:
    """Title and body as one text; a body that begins with the title keeps it where it is."""
    written = title.text.strip()
    if not written:
        end = title_end(body.text, rules.title) if rules else 0
        return Article(document, body, source, end)
    opening = body.text.lstrip()
    if opening.startswith(written):
        return Article(document, body, source, len(body.text) - len(opening) + len(written))
    return Article(document, Aligned.join([title, "\n", body]), source, len(title.text))


def _key(values: dict[str, Any], sense: Sense, rules: Reading) -> str | None:
    """The first key, in the order of the rules, that names ``sense`` and has a value."""
    plain = {plain_key(key): key for key in reversed(values)}
    wanted = (plain_key(key) for names in rules.field if names.sense == sense for key in names.keys)
    return next((plain[key] for key in wanted if key in plain and values[plain[key]] not in (None, "")), None)


def _field(texts: dict[str, Aligned], sense: Sense, rules: Reading) -> Aligned | None:
    key = _key(texts, sense, rules)
    return None if key is None else texts[key]


def _metadata(value: dict[str, Any], texts: dict[str, Aligned], rules: Reading) -> dict[str, str]:
    """The fields of a ``Document`` that a JSON object gives."""
    found: dict[str, str] = {}
    for sense in ("title", "url", "source", "id", "published"):
        key = _key(value, sense, rules)
        if key is None or not isinstance(value[key], (str, int)) or isinstance(value[key], bool):
            continue
        written = (texts[key].text if key in texts else str(value[key])).strip()
        date = published(written) if sense == "published" else written
        if date:
            found[sense] = date
    return found
