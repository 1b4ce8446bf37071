"""Tables in plain text whose cells bars or single blanks part: a table of cases, and that no sign is lost."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from taizhang.align import Aligned
from taizhang.read.draft import TextWithTables
from taizhang.read.plain_tables import with_tables

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "plain_tables.toml").read_text("utf-8")
)["case"]


def rows(body: TextWithTables) -> list[list[str]]:
    found: list[list[str]] = []
    for table in body.tables:
        for row in sorted({cell.row for cell in table.cells}):
            cells = [cell for cell in table.cells if cell.row == row]
            wide = {cell.column: f"+{cell.columns}" for cell in cells if cell.columns > 1}
            texts = [body.text.text[cell.start : cell.end] for cell in cells]
            found.append(
                [f"{c.column}{wide.get(c.column, '')} {text}" for c, text in zip(cells, texts, strict=True)]
            )
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["proves"] for case in CASES])
def test_rows(case: dict[str, Any]) -> None:
    body = with_tables(Aligned.whole(case["text"]), frozenset(("备注",)))
    assert rows(body) == case["rows"]


@pytest.mark.parametrize("case", CASES, ids=[case["proves"] for case in CASES])
def test_every_cell_stands_where_its_source_says(case: dict[str, Any]) -> None:
    text = case["text"]
    body = with_tables(Aligned.whole(text), frozenset(("备注",)))
    for table in body.tables:
        for cell in table.cells:
            start, end = body.text.source_span(cell.start, cell.end)
            assert text[start:end] == body.text.text[cell.start : cell.end]
    assert [c for c in body.text.text if c.isalnum()] == [c for c in text if c.isalnum()]
