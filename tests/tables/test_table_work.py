"""What tables cost: work that grows with rows plus columns, memory that equal records share; counted, not timed."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import pytest

from taizhang import extract
from taizhang.extract.tables.saying import ProseReader
from taizhang.records import RectificationItem

SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
SMALL, TIMES, WITHIN = 50, 4, 0.2
HERE = str(Path("extract", "tables"))


def lines_run(text: str) -> int:
    """How many lines of the rooms of tables run for a text; a loop or a comprehension counts once for each turn."""
    count = 0

    def inside(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += event == "line"
        return inside

    def outside(frame: FrameType, event: str, argument: object) -> object:
        return inside if HERE in frame.f_code.co_filename else None

    extract(text)  # what is compiled or remembered on first use is no part of the work
    before = sys.gettrace()
    sys.settrace(outside)
    try:
        extract(text)
    finally:
        sys.settrace(before)
    return count


def named(number: int) -> str:
    """A name for a row or a column that no other has, without figures."""
    return SIGNS[number // len(SIGNS) % len(SIGNS)] + SIGNS[number % len(SIGNS)]


def sheet(rows: int, columns: int, head: str = "{}类设施（座）", row: str = "{}片区") -> str:
    """A table of so many rows and columns of figures in Markdown."""
    heads = ["片区", *(head.format(named(c)) for c in range(columns))]
    lines = [
        [row.format(named(r)), *(str(100 + (7 * r + 3 * c) % 89) for c in range(columns))]
        for r in range(rows)
    ]
    written = ["| " + " | ".join(line) + " |" for line in [heads, ["---"] * len(heads), *lines]]
    return "\n".join(["官渡区2023年设施情况", "", *written, ""])


WIDE = {
    "heads all different": "{}类设施（座）",
    "growth only, of nothing": "同比增长（%）",
    "parts of the column before": "其中：{}类",
    "one head for all": "设施数（座）",
}


@pytest.mark.parametrize("head", WIDE.values(), ids=WIDE)
def test_work_grows_with_the_columns_and_no_faster(head: str) -> None:
    ratio = lines_run(sheet(2, SMALL * TIMES, head)) / lines_run(sheet(2, SMALL, head))
    assert ratio <= TIMES * (1 + WITHIN)


LONG = {"rows all different": "{}片区", "parts of the row before": "其中：{}类", "numbered rows": "1.{}片区"}


@pytest.mark.parametrize("row", LONG.values(), ids=LONG)
def test_work_grows_with_the_rows_and_no_faster(row: str) -> None:
    ratio = lines_run(sheet(SMALL * TIMES, 2, row=row)) / lines_run(sheet(SMALL, 2, row=row))
    assert ratio <= TIMES * (1 + WITHIN)


def test_prose_is_asked_once_for_a_row_and_a_column_and_not_for_each_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    before = ProseReader._read
    monkeypatch.setattr(ProseReader, "_read", lambda self, *said: asked.append(said) or before(self, *said))
    monkeypatch.setattr("taizhang.extract.tables.tools.saying", ProseReader)
    rows, columns = 12, 15
    found = extract(sheet(rows, columns)).records
    assert len(found) == rows * columns
    assert len(asked) <= 2 * (rows + columns)


def test_records_that_were_given_the_same_fields_share_the_set_of_their_names() -> None:
    found = extract(sheet(3, 3)).records
    assert len({id(record.model_fields_set) for record in found}) == 1
    assert found[0].model_fields_set == set(RectificationItem.model_fields)
