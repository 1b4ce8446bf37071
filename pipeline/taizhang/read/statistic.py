"""Read: CSV that is a table of figures and no list of articles, as statistical offices offer it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.align import Aligned, Edit
from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.draft import Draft, DraftCell
from taizhang.read.origin import Origin

DELIMITERS = ",\t;|"
LOOKED_AT = 50  # lines by which the delimiter is told


def statistic(source: str, origin: Origin) -> Article:
    """The article of a table in CSV; lines before its head are its first rows.

    Raises:
        UnreadableInput: ``empty``, ``table-too-wide``.
    """
    delimiter = _delimiter(source)
    whole = Aligned.whole(source)
    draft = Draft()
    draft.table(
        (
            DraftCell(row, column, _undone(whole.cut(start, end), quoted))
            for row, column, start, end, quoted in fields(source, delimiter)
        ),
        origin.stem,
    )
    body = draft.body()
    if not body.text.text.strip():
        raise UnreadableInput("empty", f"{origin.name}: expected text, got none")
    return Article(origin.document(source), body.text, source, 0, body.tables)


def _delimiter(source: str) -> str:
    """The one that cuts most lines into as many fields."""
    lines = [line for line in source.split("\n", LOOKED_AT)[:LOOKED_AT] if line.strip()]
    return max(
        DELIMITERS,
        key=lambda d: (
            sum(line.count(d) > 0 for line in lines),
            sum(line.count(d) for line in lines),
            -DELIMITERS.index(d),
        ),
    )


def fields(source: str, delimiter: str) -> Iterator[tuple[int, int, int, int, bool]]:
    """Row, column, start and end of each field, and whether it stands in quotes.

    >>> list(fields('a,"b,c"\\n1,2', ","))
    [(0, 0, 0, 1, False), (0, 1, 3, 6, True), (1, 0, 8, 9, False), (1, 1, 10, 11, False)]
    """
    mark = re.escape(delimiter)
    field = re.compile(rf'"(?P<quoted>(?:[^"]++|"")*+)"(?={mark}|\r?\n|\Z)|(?P<bare>[^{mark}\r\n]*+)')
    row = column = 0
    at = 1 if source.startswith("\ufeff") else 0
    while at <= len(source):
        m = field.match(source, at)
        assert m is not None  # the second form matches nothing at least
        quoted = m["quoted"] is not None
        yield row, column, *m.span("quoted" if quoted else "bare"), quoted
        at = m.end()
        if source.startswith(delimiter, at):
            at, column = at + 1, column + 1
        elif at >= len(source):
            return
        else:
            at += 2 if source.startswith("\r\n", at) else 1
            row, column = row + 1, 0


def _undone(cell: Aligned, quoted: bool) -> Aligned:
    if not quoted or '""' not in cell.text:
        return cell
    return cell.edit([Edit(m.start(), m.end(), '"', "csv-quote") for m in re.finditer('""', cell.text)])
