"""The write room's CSV: one record a row, for a spreadsheet program to open as it is.

UTF-8 with a byte order mark, rows ended by CRLF, quoting by RFC 4180. Nested names are joined by ``_``
(``place_code``); a field without fixed names (``rules``, and lists) is one cell of JSON.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from pydantic import BaseModel

from taizhang.records import RectificationItem, Result
from taizhang.write.exact_json import dumps
from taizhang.write.format import Format
from taizhang.write.text import text_writer

# A spreadsheet program may run a cell that opens with one of these, or its full-width form, as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def columns(model: type[BaseModel] = RectificationItem, prefix: str = "") -> tuple[str, ...]:
    """The names of the columns, in order, from the fields of the record."""
    names: list[str] = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            names += columns(inner, f"{prefix}{name}_")
        else:
            names.append(prefix + name)
    return tuple(names)


def safe_cell(text: str) -> str:
    """``text`` so that no spreadsheet program runs it: an apostrophe goes before a dangerous first character.

    It goes before an apostrophe too, so one leading apostrophe taken off always gives the text back.

    >>> safe_cell("=1+1"), safe_cell("'=1"), safe_cell("3户")
    ("'=1+1", "''=1", '3户')
    """
    return "'" + text if text.startswith(("'", *_FORMULA_STARTS)) else text


def _cells(model: BaseModel) -> Iterator[str]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _cells(value)
        elif value is None:
            yield ""
        elif isinstance(value, Decimal | int | float):
            yield dumps(value)
        else:
            yield safe_cell(value if isinstance(value, str) else dumps(value))


def _row(cells: Iterator[str] | tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def record_rows(result: Result) -> Iterator[str]:
    """The rows that one article gives."""
    return (_row(_cells(record)) for record in result.records)


CSV = Format("csv", "records.csv", text_writer(record_rows, _row(columns()), "utf-8-sig"))
