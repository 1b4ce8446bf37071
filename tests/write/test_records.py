"""The record files: JSON Lines and CSV of a hand-made result, and what a spreadsheet program would see."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.records import Document, Metric, RectificationItem, Rejection
from taizhang.result import Result
from taizhang.write import FORMATS
from taizhang.write.columns import RECORD_COLUMNS, SHORT_COLUMNS
from taizhang.write.fields import chinese_headers
from taizhang.write.format import Sheet
from taizhang.write.records_csv import CSV, safe_cell
from taizhang.write.records_jsonl import JSONL, REJECTS, Kept, rejects

FORMULAS = [
    # cell, expected, what it proves
    ("=HYPERLINK(1)", "'=HYPERLINK(1)", "a formula"),
    ("+1", "'+1", "a sum"),
    ("-1+1", "'-1+1", "a difference"),
    ("@SUM(1)", "'@SUM(1)", "an old function call"),
    ("\t=1", "'\t=1", "a tab that a program strips"),
    ("\r=1", "'\r=1", "a carriage return that a program strips"),
    ("＝1", "'＝1", "the full-width form"),
    ("'=1", "''=1", "an apostrophe of the text itself, so that the way back is sure"),
    ("1=1", "1=1", "a sign that does not open the cell"),
    ("3户", "3户", "plain text"),
    ("", "", "nothing"),
]


def _written(format_: object, result: Result, folder: Path) -> bytes:
    path = folder / format_.filename
    writer = format_.open(path)
    writer.write(result)
    writer.commit()
    return path.read_bytes()


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_jsonl_is_one_whole_record_a_line(result: Result, tmp_path: Path) -> None:
    lines = _written(JSONL, result, tmp_path).decode().splitlines()
    back = [RectificationItem.model_validate(json.loads(line, parse_float=Decimal)) for line in lines]
    assert tuple(back) == result.records
    assert list(json.loads(lines[0])) == list(RectificationItem.model_fields)


def test_rejects_are_one_a_line(result: Result, tmp_path: Path) -> None:
    lines = _written(REJECTS, result, tmp_path).decode().splitlines()
    reject = result.rejects[0]
    lean = {"document": Document(id=reject.document.id), "sentence": ""}
    assert [Rejection.model_validate_json(line) for line in lines] == [reject.model_copy(update=lean)]
    assert json.loads(lines[0]) == {
        "scope": "number",
        "document": {"id": "a1"},
        "reason": "ordinal",
        "quote": "第二批",
        "span": reject.span.model_dump() if reject.span else None,
        "rule": "ordinal.di",
    }


KEPT = [
    ("all", ["ordinal", "threshold", "boilerplate", "unheard-of", "empty"], "every number, and the article"),
    (
        "important",
        ["threshold", "unheard-of", "empty"],
        "what a person may judge otherwise, also by a reason unknown",
    ),
    ("counts", ["empty"], "the article alone"),
]


@pytest.mark.parametrize(("kept", "reasons", "proves"), KEPT, ids=[case[0] for case in KEPT])
def test_the_rejections_that_are_kept(
    kept: Kept, reasons: list[str], proves: str, result: Result, tmp_path: Path
) -> None:
    (reject,) = result.rejects
    numbers = [reject.model_copy(update={"reason": reason}) for reason in KEPT[0][1][:-1]]
    whole = Rejection(scope="article", document=Document(id="b", path="b.txt"), reason="empty")
    written = _written(rejects(kept), result.model_copy(update={"rejects": (*numbers, whole)}), tmp_path)
    rows = [json.loads(line) for line in written.decode().splitlines()]
    assert [row["reason"] for row in rows] == reasons, proves
    assert rows[-1]["document"]["path"] == "b.txt", "what was not read is named in full"


def test_csv_opens_in_a_spreadsheet_program(result: Result, tmp_path: Path) -> None:
    content = _written(CSV.laid_out(Sheet(every=True)), result, tmp_path)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 1 + len(result.records)
    first, second = _rows(content)
    assert (first["value"], first["unit"], first["metric_name"]) == ("15000", "处", "排查隐患")
    assert (first["place_code"], first["place_candidates"]) == ("530100", '["530100"]')
    assert (first["value_max"], first["part_of"]) == ("", "")
    assert second["part_of"] == first["id"]
    assert json.loads(first["rules"]) == result.records[0].rules


def test_csv_headers_may_be_chinese(result: Result, tmp_path: Path) -> None:
    for every, columns in ((True, RECORD_COLUMNS), (False, SHORT_COLUMNS)):
        english, chinese = (
            _written(CSV.laid_out(Sheet(every, chinese=zh)), result, tmp_path)
            .decode("utf-8-sig")
            .split("\r\n", 1)
            for zh in (False, True)
        )
        assert english[0] == ",".join(column.name for column in columns)
        assert chinese[0] == ",".join(chinese_headers(columns))
        assert chinese[1] == english[1]
    assert JSONL.laid_out(Sheet(every=True)) is JSONL


def test_csv_has_the_columns_that_are_read_first(result: Result, tmp_path: Path) -> None:
    record = result.records[0].model_copy(
        update={"document": Document(id="a", title="整改", url="https://a.example/1")}
    )
    (row,) = _rows(_written(CSV, result.model_copy(update={"records": (record,)}), tmp_path))
    assert row == {
        "place": "某省某市",
        "metric": "排查隐患",
        "value": "15000",
        "unit": "处",
        "bound": "exact",
        "phase": "problem",
        "time": "",
        "sentence": record.sentence,
        "title": "整改",
        "url": "https://a.example/1",
        "id": record.id,
    }


def test_no_number_is_changed_and_every_text_is_guarded(result: Result, tmp_path: Path) -> None:
    metric = Metric(name='=1+1,"x"\n2')
    record = result.records[0].model_copy(update={"value": Decimal("-2.50"), "unit": "@", "metric": metric})
    (row,) = _rows(_written(CSV, result.model_copy(update={"records": (record,)}), tmp_path))
    assert (row["value"], row["unit"], row["metric"]) == ("-2.50", "'@", "'" + metric.name)


@pytest.mark.fault(
    "Hostile input",
    "a cell that a spreadsheet would run",
    made="texts that open with `=`, `+`, `-`, `@`, a tab, a line end or their full-width forms",
    guard="write/records_csv.py: safe_cell",
)
@pytest.mark.parametrize(("cell", "expected", "proves"), FORMULAS, ids=[c[2] for c in FORMULAS])
def test_a_cell_cannot_run_as_a_formula(
    cell: str, expected: str, proves: str, happened: Callable[[str], None]
) -> None:
    assert safe_cell(cell) == expected
    happened("an apostrophe goes before it, and comes off again when the file is read back")


@given(st.text())
def test_the_guard_can_be_taken_off(text: str) -> None:
    assert (safe_cell(text)[1:] if safe_cell(text).startswith("'") else safe_cell(text)) == text


@pytest.mark.parametrize("format_", [*FORMATS, REJECTS], ids=lambda f: f.name)
def test_a_text_of_any_characters_can_be_written(format_: object, result: Result, tmp_path: Path) -> None:
    odd = "\ud83d\x00\r\n\u2028\"'"
    record = result.records[0].model_copy(update={"sentence": odd})
    reject = result.rejects[0].model_copy(update={"sentence": odd})
    assert _written(format_, Result(document=result.document, records=(record,), rejects=(reject,)), tmp_path)


def test_every_format_has_a_name_and_a_file_of_its_own() -> None:
    assert (
        len({f.name for f in FORMATS}) == len({f.filename for f in (*FORMATS, REJECTS)}) - 1 == len(FORMATS)
    )
