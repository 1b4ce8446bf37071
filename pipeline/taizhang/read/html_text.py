"""Read: the text of an HTML page or fragment, every character aligned to the markup it came from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from taizhang.align import Aligned, Edit
from taizhang.read.draft import Draft, DraftCell, TextWithTables
from taizhang.read.html_scan import MarkupLine, MarkupTree, scan
from taizhang.read.html_tables import GridCell, data_tables
from taizhang.read.shapes import Markup

BEGINS = re.compile(r"<(?:!doctype|!--|\?xml|/?[a-z][a-z0-9]*[\s/>])", re.I)
TABLE = re.compile(r"<t[dh]\b[^<>]{0,2000}>", re.I)
SPACE = re.compile(r"(?<![ \t\f])[ \t\f]*+[\r\n][ \t\r\n\f]*+")
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")


def looks_like_html(text: str) -> bool:
    """Whether a text begins with a tag, or has a table's cells in tags.

    >>> looks_like_html("<div>甲</div>"), looks_like_html("<甲> 是书名"), looks_like_html("见表：<td>1</td>")
    (True, False, True)
    """
    return bool(BEGINS.match(text.lstrip("\ufeff \t\r\n")) or TABLE.search(text))


def html_body(source: str, markup: Markup, start: int = 0) -> TextWithTables:
    """The text of ``source`` from ``start``: tags out, blocks on lines of their own, references decoded.

    >>> from taizhang.read.shapes import reading; from taizhang.rules import RuleSet
    >>> html_body("<p>共12&nbsp;户</p><p>甲</p>", reading(RuleSet()).markup).text.source_span(1, 3)
    (4, 6)
    """
    found = scan(source, markup, start)
    return joined(source, found, found.lines)


def joined(source: str, found: MarkupTree, lines: Sequence[MarkupLine]) -> TextWithTables:
    """``lines`` of a scan as one text, a line each; tables in one piece, where the first of their lines stands."""
    draft = Draft()
    tables = data_tables(source, found, lines)
    written: set[int] = set()
    for number, line in enumerate(lines):
        table = tables.of.get(number)
        if table is None:
            text = line_text(source, line)
            if text.text.strip():
                draft.add(text)
                draft.add("\n")
        elif table not in written:
            written.add(table)
            draft.table(list(_cells(source, found, lines, tables.cells[table])))
    return draft.body()


def _cells(
    source: str, found: MarkupTree, lines: Sequence[MarkupLine], grid: list[GridCell]
) -> Iterator[DraftCell]:
    for cell in grid:
        parts: list[Aligned | str] = []
        for number in cell.lines:
            text = line_text(source, lines[number])
            if text.text.strip():
                parts += ["\n", text] if parts else [text]
        yield DraftCell(cell.row, cell.column, Aligned.join(parts), cell.rows, cell.columns, cell.header)


def line_text(source: str, line: MarkupLine) -> Aligned:
    """The text of one line."""
    whole = Aligned.whole(source)
    parts = [whole.cut(*run).edit(_edits(source[slice(*run)])) for run in line.runs]
    return Aligned.join(parts)


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
