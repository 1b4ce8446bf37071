"""Tables in plain text with a cell a line: a table of cases, and their figures as records."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from taizhang.align import Aligned
from taizhang.pipeline import shipped_pipeline
from taizhang.read.plain_tables import with_tables

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "stacked.toml").read_text("utf-8")
)["case"]


def rows(text: str) -> list[list[str]]:
    body = with_tables(Aligned.whole(text))
    found: list[list[str]] = []
    for table in body.tables:
        for row in sorted({cell.row for cell in table.cells}):
            found.append([body.text.text[c.start : c.end] for c in table.cells if c.row == row])
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["proves"] for case in CASES])
def test_rows(case: dict[str, Any]) -> None:
    assert rows(case["text"]) == case["rows"]
    text = with_tables(Aligned.whole(case["text"])).text.text
    assert "".join(text.split()) == "".join(case["text"].split())


def test_records() -> None:
    records = shipped_pipeline().extract(CASES[0]["text"], published="2020-03-01").records
    told = [(r.quote, str(r.value.normalize()), r.unit, r.metric.name, r.time) for r in records if r.row]
    assert told[:3] == [
        ("812.5", "812.5", "吨", "茶叶产量", "2019"),
        ("3.1", "3.1", "%", "茶叶产量比上年增长", "2019"),
        ("96.0", "96", "吨", "蚕茧产量", "2019"),
    ]
    assert len(told) == 6
    for record in records:
        assert (
            shipped_pipeline().extract(CASES[0]["text"]).text[record.span.start : record.span.end]
            == record.quote
        )
