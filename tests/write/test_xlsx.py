"""The workbook as a person meets it: header, widths, filters, numbers, long texts, full sheets."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from taizhang.result import Result
from taizhang.write import records_xlsx
from taizhang.write.columns import RECORD_COLUMNS, SHORT_COLUMNS
from taizhang.write.fields import chinese_headers, fields
from taizhang.write.format import Sheet
from taizhang.write.records_xlsx import MOST_CHARACTERS, XLSX, cell_text

Write = Callable[..., Path]
EVERY = XLSX.laid_out(Sheet(every=True))
LAST = get_column_letter(len(RECORD_COLUMNS))


def test_the_header_is_frozen_and_filtered_and_columns_have_their_widths(
    result: Result, write: Write, tmp_path: Path
) -> None:
    sheet = openpyxl.load_workbook(write(EVERY, (result,), tmp_path))["records"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions == f"A1:{LAST}3"
    (place,) = (i for i, column in enumerate(RECORD_COLUMNS) if column.name == "sentence")
    letter = openpyxl.utils.get_column_letter(place + 1)
    assert int(sheet.column_dimensions[letter].width) == fields().of(RECORD_COLUMNS[place]).width


def test_headers_may_be_chinese(result: Result, write: Write, tmp_path: Path) -> None:
    for every, columns in ((True, RECORD_COLUMNS), (False, SHORT_COLUMNS)):
        (tmp_path / str(every)).mkdir()
        path = write(XLSX.laid_out(Sheet(every, chinese=True)), (result,), tmp_path / str(every))
        sheet = openpyxl.load_workbook(path)["records"]
        assert tuple(cell.value for cell in sheet[1]) == chinese_headers(columns)


def test_values_are_numbers_up_to_15_digits_and_text_is_never_a_formula(
    ledger: tuple[Result, ...], write: Write, tmp_path: Path
) -> None:
    sheet = openpyxl.load_workbook(write(EVERY, ledger, tmp_path))["records"]
    names = [cell.value for cell in sheet[1]]
    rows = {row[0].value: dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    kinds = {i: rows[i]["value"].data_type for i in ("id-17", "small", "long", "tiny")}
    assert kinds == {"id-17": "n", "small": "n", "long": "s", "tiny": "n"}
    formula = rows["formula"]["metric_name"]
    assert (formula.value, formula.data_type) == ("=1+1", "s")
    assert rows["range"]["value_max"].value == 1_200_000_000


@pytest.mark.parametrize(
    ("text", "expected", "proves"),
    [
        ("字" * MOST_CHARACTERS, "字" * MOST_CHARACTERS, "a cell's whole length stays"),
        (
            "字" * (MOST_CHARACTERS + 1),
            "字" * (MOST_CHARACTERS // 2) + "…",
            "a longer text is cut and marked",
        ),
        ("𠮷" * 20_000, "𠮷" * (MOST_CHARACTERS // 2) + "…", "two units a character still fit"),
        (Decimal("12345678901234567890.5"), "12345678901234567890.5", "a number keeps its digits"),
    ],
    ids=lambda value: None,
)
def test_text_of_a_cell(text: object, expected: str, proves: str) -> None:
    made = cell_text(text)
    assert made == expected
    assert len(made.encode("utf-16-le")) // 2 <= MOST_CHARACTERS


def test_a_full_sheet_goes_on_to_the_next(
    ledger: tuple[Result, ...], write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_xlsx, "MOST_ROWS", 4)
    book = openpyxl.load_workbook(write(EVERY, ledger, tmp_path))
    assert book.sheetnames == ["records", "records 2", "records 3", "records 4"]
    ids = [row[0] for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert ids == [record.id for result in ledger for record in result.records]
    assert book["records 4"].auto_filter.ref == f"A1:{LAST}2"
