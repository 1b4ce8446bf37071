"""Read: the text of an HTML page or fragment, every character aligned to the markup it came from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from taizhang.align import Aligned, Edit
from taizhang.read.html_scan import Line, Scan, scan
from taizhang.read.rules import Markup

BEGINS = re.compile(r"<(?:!doctype|!--|\?xml|/?[a-z][a-z0-9]*[\s/>])", re.I)
SPACE = re.compile(r"(?<![ \t\f])[ \t\f]*+[\r\n][ \t\r\n\f]*+")
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
BETWEEN_CELLS = "\t"


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
    found = scan(source, markup, start)
    return joined(source, found, found.lines, markup)


def joined(source: str, found: Scan, lines: Iterable[Line], markup: Markup) -> Aligned:
    """``lines`` of a scan as one text, a line each; the cells of a row in one line.

    A row of long cells, or with a table in it, only lays the page out: its cells stay on their own lines.
    """
    parts: list[Aligned | str] = []
    for row, group in groupby(lines, key=lambda line: line.row):
        texts = [(line.cell, text) for line in group if (text := line_text(source, line)).text.strip()]
        cells = len({cell for cell, _ in texts})
        longest = max((len(text.text.strip()) for _, text in texts), default=0)
        if row and row not in found.tables and cells > 1 and longest <= markup.longest_cell:
            parts += [*_row(texts), "\n"]
        else:
            parts += [part for _, text in texts for part in (text, "\n")]
    return Aligned.join(parts)


def line_text(source: str, line: Line) -> Aligned:
    """The text of one line."""
    whole = Aligned.whole(source)
    parts = [whole.cut(*run).edit(_edits(source[slice(*run)])) for run in line.runs]
    return Aligned.join(parts)


def _row(texts: list[tuple[int, Aligned]]) -> Iterator[Aligned | str]:
    """The texts of a row, those of one cell by a space apart."""
    for i, (cell, text) in enumerate(texts):
        if i:
            yield " " if cell == texts[i - 1][0] else BETWEEN_CELLS
        low = len(text.text) - len(text.text.lstrip())
        yield text.cut(low, len(text.text.rstrip()))


def references(text: str) -> list[Edit]:
    """Character references are the characters that they name."""
    if "&" not in text:
        return []
    found = ((m, html.unescape(m.group())) for m in REFERENCE.finditer(text))
    return [Edit(*m.span(), new, "html-reference") for m, new in found if new != m.group()]


def _edits(text: str) -> list[Edit]:
    """Line ends in the markup are spaces."""
    edits = [Edit(*m.span(), " ", "html-space") for m in SPACE.finditer(text)] if "\n" in text else []
    return sorted([*edits, *references(text)])
