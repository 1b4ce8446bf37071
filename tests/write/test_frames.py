"""Records as rows and data frames: the columns of the formats, every digit, and an article without records."""

from __future__ import annotations

from decimal import Decimal

import pytest

from taizhang.pipeline import extract
from taizhang.records import Document
from taizhang.result import Result
from taizhang.write.columns import RECORD_COLUMNS
from taizhang.write.tables import RECORD_TABLE_COLUMNS

RESULT = extract("太原市查摆问题40个，解决30个，造林0.10公顷。")
EMPTY = Result(document=Document(id="a"))


def test_rows_have_the_columns_of_the_csv() -> None:
    rows = RESULT.to_rows()
    assert [list(row) for row in rows] == [[column.name for column in RECORD_COLUMNS]] * 3
    assert [row["quote"] for row in rows] == ["40个", "30个", "0.10公顷"]
    assert rows[1]["answers"] == rows[0]["id"]
    assert (rows[2]["value_base"], rows[2]["unit_base"]) == (Decimal("1000"), "平方米")
    assert EMPTY.to_rows() == []


def test_pandas() -> None:
    pytest.importorskip("pandas")
    frame = RESULT.to_pandas()
    assert list(frame["value"]) == [Decimal(40), Decimal(30), Decimal("0.10")]
    assert list(EMPTY.to_pandas().columns) == [column.name for column in RECORD_COLUMNS]


def test_polars() -> None:
    pytest.importorskip("polars")
    frame = RESULT.to_polars()
    assert frame.columns == [column.name for column in RECORD_TABLE_COLUMNS]
    assert frame["value"].to_list() == [Decimal(40), Decimal(30), Decimal("0.10")]
    assert EMPTY.to_polars().height == 0
