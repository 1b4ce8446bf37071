"""The write room's CSV: one record a row, for a spreadsheet program to open as it is.

UTF-8 with a byte order mark, rows ended by CRLF, quoting by RFC 4180. Nested names are joined by ``_``
(``place_code``) where all columns are asked for; a field without fixed names (``rules``, and lists) is one cell of
JSON.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

from taizhang.result import Result
from taizhang.write.columns import values_of
from taizhang.write.exact_json import dumps
from taizhang.write.format import Format, Sheet, Writer
from taizhang.write.text import text_writer

# A spreadsheet program may run a cell that opens with one of these, or its full-width form, as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARKED = ("'", *_FORMULA_STARTS)


def safe_cell(text: str) -> str:
    """``text`` so that no spreadsheet program runs it: an apostrophe goes before a dangerous first character.

    It goes before an apostrophe too, so one leading apostrophe taken off always gives the text back.

    >>> safe_cell("=1+1"), safe_cell("'=1"), safe_cell("3户")
    ("'=1+1", "''=1", '3户')
    """
    return "'" + text if text.startswith(_MARKED) else text


def cell(value: object) -> str:
    """A value as the text of one cell.

    >>> cell(None), cell(Decimal("0.10")), cell(("530100",)), cell("=1")
    ('', '0.10', '["530100"]', "'=1")
    """
    if isinstance(value, str):
        return safe_cell(value)
    if value is None or value == ():
        return "" if value is None else "[]"
    if type(value) is int:  # of which JSON has the same form, sooner
        return str(value)
    if isinstance(value, Decimal | int | float):
        return dumps(value)
    return safe_cell(dumps(value))


def csv_row(cells: Iterable[str]) -> str:
    """One row with its line end."""
    return csv_rows([cells])


def csv_rows(rows: Iterable[Iterable[str]]) -> str:
    """Some rows, each with its line end."""
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue()


def _open(sheet: Sheet, path: Path) -> Writer:
    values = values_of(sheet.columns)

    def rows(result: Result) -> Iterator[str]:
        """The rows that one article gives, in one piece."""
        if result.records:
            yield csv_rows(map(cell, values(record)) for record in result.records)

    return text_writer(rows, csv_row(sheet.headers), "utf-8-sig")(path)


CSV = Format("csv", "records.csv", partial(_open, Sheet()), open_sheet=_open)
