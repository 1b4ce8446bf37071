"""Read: the text of an HTML page or fragment, every character aligned to the markup it came from.

Our own scan, because offsets must survive and time must stay linear: the standard library's parser takes
minutes for a hundred kilobytes of open quotes, and faster parsers do not say where a text node began.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from taizhang.align import Aligned, Edit
from taizhang.read.rules import Markup

BEGINS = re.compile(r"<(?:!doctype|!--|\?xml|/?[a-z][a-z0-9]*[\s/>])", re.I)
# A tag ends at the next bracket; so long a run without one is no tag.
TAG = re.compile(r"<(?:(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,31})\b|[!?])[^<>]{0,8192}+>|<!--")
SPACE = re.compile(r"[ \t\f]*+[\r\n][ \t\r\n\f]*+")
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
RAW = frozenset({"script", "style", "textarea", "title", "iframe", "noscript"})


def looks_like_html(text: str) -> bool:
    """Whether a text begins with a tag.

    >>> looks_like_html("<div>甲</div>"), looks_like_html("<甲> 是书名")
    (True, False)
    """
    return bool(BEGINS.match(text.lstrip("\ufeff \t\r\n")))


def html_text(source: str, markup: Markup, start: int = 0) -> Aligned:
    """The text of ``source`` from ``start``: tags out, blocks on lines of their own, references decoded.

    >>> from taizhang.read.rules import reading; from taizhang.rules import RuleSet
    >>> html_text("<p>共12&nbsp;户</p><p>甲</p>", reading(RuleSet()).markup).source_span(1, 3)
    (4, 6)
    """
    whole = Aligned.whole(source)
    parts: list[Aligned | str] = []
    broken = True  # the text so far ends with a line break
    for low, high, block in _pieces(source, markup, start):
        text = whole.cut(low, high).edit(_edits(source[low:high])) if low < high else Aligned.whole("")
        if text.text.strip(" ") or (text.text and not broken):
            parts.append(text)
            broken = False
        if block and not broken:
            parts.append("\n")
            broken = True
    return Aligned.join(parts)


def _pieces(source: str, markup: Markup, at: int) -> Iterator[tuple[int, int, bool]]:
    """The offsets of each run of text between two tags, and whether the tag after it begins a line."""
    unclosed: set[str] = set()
    while at < len(source):
        tag = TAG.search(source, at)
        if tag is None:
            yield at, len(source), False
            return
        name = (tag["name"] or "").lower()
        yield at, tag.start(), name in markup.block
        at = tag.end()
        silent = tag.group() == "<!--" or (name in markup.silent and not tag["close"])
        if silent and name not in unclosed and not tag.group().endswith("/>"):
            at = _after(source, name, at)
            if at < 0:  # without an end, a script goes on to the end of the page, another element is open
                unclosed.add(name)
                at = tag.end() if name and name not in RAW else len(source)


def _after(source: str, name: str, at: int) -> int:
    """The offset after a comment (no name) or element that begins at ``at``; -1 where it has no end."""
    if not name:
        end = source.find("-->", at)
        return end + 3 if end >= 0 else -1
    close = re.compile(rf"</{name}\b[^<>]{{0,64}}+>", re.I).search(source, at)
    return close.end() if close else -1


def _edits(text: str) -> list[Edit]:
    """Line ends in the markup are spaces, references are the characters that they name."""
    edits = [Edit(*m.span(), " ", "html-space") for m in SPACE.finditer(text)] if "\n" in text else []
    if "&" in text:
        found = ((m, html.unescape(m.group())) for m in REFERENCE.finditer(text))
        edits += [Edit(*m.span(), new, "html-reference") for m, new in found if new != m.group()]
    return sorted(edits)
