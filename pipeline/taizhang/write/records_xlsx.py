"""The write room's XLSX: one record a row, with a frozen header, widths and filters. Needs the extra ``xlsx``.

A spreadsheet's number has 15 digits; a value with more is written as text, so that none is lost. Text never runs as a
formula, because each cell says that it is text.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from taizhang.errors import OutputError
from taizhang.records import RectificationItem
from taizhang.result import Result
from taizhang.write.columns import digits, utf8
from taizhang.write.exact_json import dumps
from taizhang.write.extras import needed
from taizhang.write.fields import fields
from taizhang.write.format import Format, Sheet
from taizhang.write.whole import UnfinishedFile

EXTRA = "xlsx"
MOST_ROWS = 1_048_576  # of one sheet, with its header
MOST_CHARACTERS = 32_767  # of one cell
NUMBER_DIGITS = 15
CUT = "…"
_EPOCH = datetime(1980, 1, 1)  # the time of writing would differ from run to run


class XlsxWriter:
    """Writes ``records.xlsx`` row by row; what one sheet cannot hold goes on to the next.

    Raises:
        OutputError: XlsxWriter is not installed.
    """

    def __init__(self, layout: Sheet, path: Path) -> None:
        library: Any = needed("xlsxwriter", EXTRA)
        self._fault: type[Exception] = library.exceptions.XlsxFileError
        self._layout = layout
        self._part = UnfinishedFile(path)
        self._folder = TemporaryDirectory(prefix="taizhang-")
        options = {"constant_memory": True, "tmpdir": self._folder.name}
        self._book = library.Workbook(str(self._part.path), options)
        self._book.set_properties({"created": _EPOCH})
        self._bold = self._book.add_format({"bold": True})
        self._whole = self._book.add_format({"num_format": "#,##0"})
        self._sheets = 0
        self._begin_sheet()

    def write(self, result: Result) -> None:
        """Add the records of one article."""
        for record in result.records:
            if self._row == MOST_ROWS:
                self._end_sheet()
                self._begin_sheet()
            self._write_row(record)

    def commit(self) -> None:
        """Put the finished file in its place."""
        self._end_sheet()
        try:
            self._book.close()
        except self._fault as error:
            raise OutputError(f"{self._part.target}: expected to write a workbook, got {error}") from error
        self._folder.cleanup()
        self._part.commit()

    def abort(self) -> None:
        """Leave what stood there before."""
        self._book.fileclosed = True  # or the library complains that the book was never finished
        self._folder.cleanup()
        self._part.abort()

    def _begin_sheet(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet("records" if self._sheets == 1 else f"records {self._sheets}")
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._layout.columns):
            self._sheet.set_column(place, place, fields().of(column).width)
            self._sheet.write_string(0, place, self._layout.headers[place], self._bold)
        self._row = 1

    def _end_sheet(self) -> None:
        self._sheet.autofilter(0, 0, self._row - 1, len(self._layout.columns) - 1)

    def _write_row(self, record: RectificationItem) -> None:
        for place, column in enumerate(self._layout.columns):
            value = column.of(record)
            if isinstance(value, Decimal) and is_cell_number(value):
                whole = value == value.to_integral_value()
                self._sheet.write_number(self._row, place, float(value), self._whole if whole else None)
            elif isinstance(value, int | float):
                self._sheet.write_number(self._row, place, value)
            elif value is not None:
                self._sheet.write_string(self._row, place, cell_text(value))
        self._row += 1


def is_cell_number(value: Decimal) -> bool:
    """Whether a spreadsheet's number holds every digit of ``value``.

    >>> is_cell_number(Decimal("0.10")), is_cell_number(Decimal("1.0000000000000000000000000000001"))
    (True, False)
    """
    return Decimal(f"{value:.{NUMBER_DIGITS - 1}e}") == value


def cell_text(value: object) -> str:
    """A value as the text of one cell; text longer than a cell holds ends in ``…``.

    >>> cell_text(("530100",)), cell_text(Decimal("1234567890.123456789"))
    ('["530100"]', '1234567890.123456789')
    """
    if isinstance(value, Decimal):
        return str(digits(value))
    text = utf8(value) if isinstance(value, str) else utf8(dumps(value))
    # Excel counts UTF-16 units, so a character outside the first plane is two.
    units = len(text.encode("utf-16-le")) // 2
    return text if units <= MOST_CHARACTERS else text[: MOST_CHARACTERS // 2] + CUT


XLSX = Format("xlsx", "records.xlsx", partial(XlsxWriter, Sheet()), open_sheet=XlsxWriter)
