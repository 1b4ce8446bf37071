"""Read: the parts of one source (title, body, fields) put together as one article."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from taizhang.align import Aligned, Piece
from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.dates import published
from taizhang.read.draft import TextWithTables
from taizhang.read.html_text import html_body, looks_like_html
from taizhang.read.json_text import parsed, strings
from taizhang.read.origin import Origin
from taizhang.read.page import looks_like_page, page
from taizhang.read.plain import plain_text, title_end
from taizhang.read.plain_tables import with_tables
from taizhang.read.settings import ReadSettings
from taizhang.read.shapes import Reading
from taizhang.records import Dating, Document

FILE_NAME_LINE = re.compile(
    r"\s*+(?:\d++(?!\.))?+(?P<title>[^\n]{1,200}?)\.(?:txt|html?)[ \t]*\r?\n(?=\s*<)", re.I
)


@dataclass(frozen=True, slots=True)
class InputRow:
    """One row of a file of rows.

    Attributes:
        source: its text as it came.
        values: by the name of the field.
        texts: those of them that are strings, each aligned to ``source``.
    """

    source: str
    values: dict[str, Any]
    texts: dict[str, Aligned]


def from_text(source: str, origin: Origin, rules: Reading) -> Article:
    """An article from plain text, Markdown, HTML, or a file name followed by HTML.

    Raises:
        UnreadableInput: ``empty``.
    """
    named = FILE_NAME_LINE.match(source)
    if named:
        title = Aligned.whole(source).cut(*named.span("title"))
        body = html_body(source, rules.markup, named.end())
        return _joined(title, body, source, origin.document(source, title=title.text.strip()), rules)
    if looks_like_html(source) and looks_like_page(source):
        return _from_page(source, origin, rules)
    return _joined(Aligned.whole(""), body_of(source, rules), source, origin.document(source), rules)


def from_body(source: str, body: TextWithTables, origin: Origin, rules: Reading) -> Article:
    """An article from a text that its reader has put together.

    Raises:
        UnreadableInput: ``empty``.
    """
    return _joined(Aligned.whole(""), body, source, origin.document(source), rules)


def from_json(source: str, origin: Origin, settings: ReadSettings) -> Article:
    """An article from the text of one JSON object.

    Raises:
        UnreadableInput: ``bad-json``, ``no-text`` (it names the fields that there are), or ``empty``.
    """
    value = parsed(source, origin.name)
    if not isinstance(value, dict):
        kind = type(value).__name__
        raise UnreadableInput("no-text", f"{origin.name}: expected a JSON object, got {kind}")
    return from_row(InputRow(source, value, strings(source)), origin, settings)


def from_row(row: InputRow, origin: Origin, settings: ReadSettings) -> Article:
    """An article from one row, its parts found by the names of the fields.

    Raises:
        UnreadableInput: ``no-text`` (it names the fields that there are), or ``empty``.
    """
    key = settings.key(row.values, "text")
    empty = settings.key(dict.fromkeys(row.values, True), "text")
    if key is None and empty is not None and row.values[empty] == "":
        raise UnreadableInput("empty-cell", f"{origin.name}: expected a text in {empty!r}, got an empty cell")
    if key is None or key not in row.texts:
        seen = ", ".join(map(repr, row.values)) or "none"
        raise UnreadableInput("no-text", f"{origin.name}: expected a text field, got {seen}")
    text, title = row.texts[key], Aligned.whole("")
    fields = _metadata(row, settings)
    if looks_like_html(text.text) and looks_like_page(text.text):
        found = page(text.text, settings.rules)
        title = _inner(text, found.title)
        fields = _said(found.fields, "page") | fields
        body = _inside(text, found.body)
    elif looks_like_html(text.text):
        body = _inside(text, html_body(text.text, settings.rules.markup))
    else:
        body = with_tables(text, settings.rules.remarks.words)
    named = settings.key(row.values, "title")
    if named in row.texts:
        title = row.texts[named]
    article = _joined(title, body, row.source, origin.document(row.source, **fields), settings.rules)
    given = settings.key(row.values, "region")
    return replace(article, region=str(row.values[given]).strip()) if given else article


def _from_page(source: str, origin: Origin, rules: Reading) -> Article:
    found = page(source, rules)
    fields = _said(found.fields, "page")
    if origin.url:
        fields["url"] = origin.url
    if found.title.text.strip():
        fields["title"] = " ".join(found.title.text.split())
    return _joined(found.title, found.body, source, origin.document(source, **fields), rules)


def body_of(source: str, rules: Reading, start: int = 0) -> TextWithTables:
    """The text of HTML, Markdown or plain text from ``start``, with its tables.

    >>> from taizhang.read.shapes import reading; from taizhang.rules import RuleSet
    >>> body_of("<p>共12户</p>", reading(RuleSet())).text.text
    '共12户\\n'
    """
    if looks_like_html(source[start:]):
        return html_body(source, rules.markup, start)
    return plain_text(source, start, rules.remarks.words)


def _inside(outer: Aligned, body: TextWithTables) -> TextWithTables:
    return TextWithTables(_inner(outer, body.text), body.tables)


def _inner(outer: Aligned, inner: Aligned) -> Aligned:
    """``inner``, which is aligned to ``outer``'s text, aligned to ``outer``'s source."""
    parts: list[Aligned | str] = []
    for p in inner.pieces:
        text = inner.text[p.start : p.start + p.size]
        if not p.extent:
            parts.append(text)
        elif p.size == p.extent:  # one for one
            parts.append(outer.cut(p.source, p.source + p.extent))
        else:
            low, high = outer.source_span(p.source, p.source + p.extent)
            parts.append(Aligned(text, (Piece(0, p.size, low, high - low),)))
    return Aligned.join(parts)


def _joined(title: Aligned, body: TextWithTables, source: str, document: Document, rules: Reading) -> Article:
    """Title and body as one text; a body that begins with the title keeps it where it is."""
    text, tables = body
    if not text.text.strip():
        raise UnreadableInput("empty", f"{document.path}: expected text, got none")
    before = text.text[: tables[0].start] if tables else text.text
    if not title.text.strip():
        return Article(document, text, source, title_end(before, rules.title) if before else 0, tables)
    opening = _after(before, title.text)
    if opening:
        return Article(document, text, source, opening, tables)
    whole = body.after([title, "\n"])
    return Article(document, whole.text, source, len(title.text), whole.tables)


def _after(text: str, title: str) -> int:
    """Where ``title``, with which ``text`` opens, ends in it; spaces do not count. 0 where it does not."""
    words = "".join(title.split())
    at = 0
    for c in words:
        while text[at : at + 1].isspace():
            at += 1
        if text[at : at + 1] != c:
            return 0
        at += 1
    return at


def _metadata(row: InputRow, settings: ReadSettings) -> dict[str, str]:
    """The fields of a ``Document`` that a row gives."""
    found: dict[str, str] = {}
    for sense in ("title", "url", "source", "id", "published"):
        key = settings.key(row.values, sense)
        if key is None or not isinstance(row.values[key], (str, int)) or isinstance(row.values[key], bool):
            continue
        found[sense] = (row.texts[key].text if key in row.texts else str(row.values[key])).strip()
    return _said(found, "field")


def _said(fields: dict[str, str], by: Dating) -> dict[str, str]:
    """``fields`` with the date in ISO 8601 and what says it; without it where it is none."""
    date = published(fields["published"]) if "published" in fields else None
    others = {sense: value for sense, value in fields.items() if sense != "published" and value}
    return others | ({"published": date, "published_by": by} if date else {})
