"""The typed records: plain JSON values, exact numbers, and no field or value that the guide does not know."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from taizhang.records import Document, Metric, Quantity, RectificationItem, Rejection, plain_number
from taizhang.result import Result

RECORD: dict[str, Any] = {
    "id": "1",
    "document": {"id": "d"},
    "place": {"name": "山西省太原市", "code": "140100", "level": "city", "how": "sentence"},
    "metric": {"name": "修复桥梁", "action": "修复", "object": "桥梁"},
    "value": Decimal("7"),
    "unit": "座",
    "bound": "exact",
    "kind": "count",
    "phase": "result",
    "quote": "7座",
    "sentence": "修复桥梁7座。",
    "span": {"start": 4, "end": 6, "raw_start": 4, "raw_end": 6},
    "rules": {"value": "r"},
    "confidence": 0.5,
}


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("7", "7"),
        ("219000000", "219000000"),
        ("1E+3", "1000"),
        ("0.1", "0.1"),
        ("3.50", "3.5"),
        ("-2", "-2"),
        ("0", "0"),
    ],
)
def test_numbers_are_plain_in_json(value: str, plain: str) -> None:
    assert json.dumps(plain_number(Decimal(value))) == plain
    record = RectificationItem.model_validate(RECORD | {"value": Decimal(value)})
    assert json.dumps(record.model_dump(mode="json")["value"]) == plain


def test_a_record_is_plain_json_and_comes_back_the_same() -> None:
    record = RectificationItem.model_validate(RECORD)
    line = record.model_dump(mode="json")
    assert list(line) == list(RectificationItem.model_fields)
    assert line["part_of"] is None and line["agency"] is None and line["checks"] == []
    assert RectificationItem.model_validate(json.loads(json.dumps(line, ensure_ascii=False))) == record


def test_values_stay_decimals_inside() -> None:
    record = RectificationItem.model_validate(RECORD | {"value": "0.1", "value_max": "0.3"})
    assert record.value_max is not None and record.value + record.value + record.value == record.value_max


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phase", "done"),
        ("bound", "more"),
        ("kind", "number"),
        ("confidence", 1.01),
        ("confidence", -0.01),
        ("value", "many"),
        ("metric", {"name": "长" * 41}),
        ("place", {"how": "guess"}),
        ("colour", "red"),
    ],
)
def test_what_the_guide_does_not_know_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        RectificationItem.model_validate(RECORD | {field: value})


@pytest.mark.parametrize(
    "field", ["id", "document", "place", "metric", "value", "unit", "quote", "span", "rules"]
)
def test_what_a_record_needs(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        RectificationItem.model_validate({name: value for name, value in RECORD.items() if name != field})


def test_a_metric_has_forty_characters_at_most() -> None:
    assert len(Metric(name="长" * 40).name) == 40


def test_records_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Document(id="a").id = "b"  # type: ignore[misc]


def test_a_quantity_is_exact_and_a_count_unless_told() -> None:
    quantity = Quantity(start=0, end=1, quote="7", value=Decimal(7))
    assert (quantity.bound, quantity.kind, quantity.unit, quantity.value_max) == ("exact", "count", "", None)


def test_a_rejection_of_a_whole_article_needs_no_span() -> None:
    rejection = Rejection(scope="article", document=Document(id="a"), reason="empty")
    assert rejection.model_dump(mode="json")["span"] is None
    result = Result(document=Document(id="a"), rejects=(rejection,))
    assert result.model_dump(mode="json")["records"] == []
