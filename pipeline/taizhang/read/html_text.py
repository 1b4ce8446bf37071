"""Read: the text of an HTML page or fragment, every character aligned to the markup it came from."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from taizhang.align import Aligned, Edit
from taizhang.errors import UnreadableInput
from taizhang.read.rules import Markup

TAG = re.compile(r"<(?:!doctype|!--|\?xml|/?[a-z][a-z0-9]*[\s/>])", re.I)
SPACE = re.compile(r"[ \t\r\n\f]*[\r\n][ \t\r\n\f]*")
VOID = frozenset(
    {"br", "hr", "img", "input", "link", "meta", "wbr", "col", "area", "base", "embed", "source"}
)


def looks_like_html(text: str) -> bool:
    """Whether a text begins with a tag.

    >>> looks_like_html("<div>甲</div>"), looks_like_html("<甲> 是书名")
    (True, False)
    """
    return bool(TAG.match(text.lstrip("\ufeff \t\r\n")))


def html_text(source: str, markup: Markup) -> Aligned:
    """The text of ``source``: tags out, block elements on lines of their own, entities decoded.

    Raises:
        UnreadableInput: ``bad-html``, a declaration that the parser gives up on.
    """
    reader = _Reader(source, markup)
    try:
        reader.feed(source)
        reader.close()
    except AssertionError as error:
        raise UnreadableInput("bad-html", f"expected HTML, got {error}") from error
    return Aligned.join(reader.parts)


class _Reader(HTMLParser):
    """Collects the pieces of text, and a line break wherever a block begins or ends."""

    def __init__(self, source: str, markup: Markup) -> None:
        super().__init__(convert_charrefs=False)
        self.whole = Aligned.whole(source)
        self.lines = [0, *(m.end() for m in re.finditer("\n", source))]
        self.markup = markup
        self.silent: list[str] = []
        self.broken = True  # the text so far ends with a line break
        self.parts: list[Aligned | str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.markup.silent and tag not in VOID:
            self.silent.append(tag)
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            while self.silent.pop() != tag:
                pass
        self._break(tag)

    def handle_data(self, data: str) -> None:
        self._add(len(data), [Edit(m.start(), m.end(), " ", "html-space") for m in SPACE.finditer(data)])

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        start = self._offset()
        size = len(written) + (self.whole.text[start + len(written) : start + len(written) + 1] == ";")
        decoded = html.unescape(self.whole.text[start : start + size])
        self._add(size, [Edit(0, size, decoded, "html-entity")])

    def _add(self, size: int, edits: list[Edit]) -> None:
        if self.silent or not size:
            return
        start = self._offset()
        text = self.whole.cut(start, start + size).edit(edits)
        if self.broken and not text.text.strip(" "):
            return  # space between two blocks
        self.parts.append(text)
        self.broken = False

    def _break(self, tag: str) -> None:
        if tag in self.markup.block and not self.broken and not self.silent:
            self.parts.append("\n")
            self.broken = True

    def _offset(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column
