"""The columns and their names: from the record types, each with a title of its own in both languages."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from taizhang.aggregates.files import COLUMNS as AGGREGATE_COLUMNS
from taizhang.aggregates.rows import AggregateRow
from taizhang.merge.facts import TAKEN, Conflict, Fact, Source
from taizhang.records import CleanText, Document, Metric, Place, RectificationItem, Rejection, Span
from taizhang.result import Result
from taizhang.write.columns import RECORD_COLUMNS, REJECT_COLUMNS, Column
from taizhang.write.fields import chinese_headers, fields
from taizhang.write.tables import TABLES

MODELS: tuple[type[BaseModel], ...] = (
    *(RectificationItem, Rejection, CleanText, Document, Place, Metric, Span),
    *(Fact, Source, Conflict),
)


def test_nested_names_are_joined_and_none_is_twice() -> None:
    names = [column.name for column in RECORD_COLUMNS]
    assert len(set(names)) == len(names)
    for name in ("id", "document_id", "place_name", "metric_action", "value", "span_raw_end", "rules"):
        assert name in names


@pytest.mark.parametrize(
    ("name", "kind", "nullable"),
    [
        ("value", "decimal", False),
        ("value_max", "decimal", True),
        ("agency", "text", True),
        ("place_candidates", "list", False),
        ("rules", "map", False),
        ("span_start", "integer", False),
        ("confidence", "number", False),
        ("phase", "text", False),
    ],
)
def test_types_are_those_of_the_record(name: str, kind: str, nullable: bool) -> None:
    (column,) = (c for c in RECORD_COLUMNS if c.name == name)
    assert (column.type, column.nullable) == (kind, nullable)


def test_what_stands_in_an_optional_model_may_be_missing(result: Result) -> None:
    (column,) = (c for c in REJECT_COLUMNS if c.name == "span_start")
    assert column.nullable
    assert column.of(result.rejects[0]) == 10
    assert column.of(result.rejects[0].model_copy(update={"span": None})) is None


def test_every_field_is_named_and_nothing_else_is() -> None:
    named = {model: set(texts) for model, texts in fields().root.items()}
    assert named.pop("Model") == {model.__name__ for model in MODELS}
    tables = {c.field for table in TABLES for c in table.columns if c.owner == "Table"}
    assert named.pop("Table") == tables
    assert named.pop("Gold") == {"heads"}, "what only gold has"
    assert named.pop("AggregateRow") == set(AggregateRow.model_fields)
    fact = named.pop("Fact")
    assert fact.isdisjoint(TAKEN), "what a fact takes over is named with the record"
    assert fact.union(TAKEN) == set(Fact.model_fields)
    others = {model.__name__: set(model.model_fields) for model in MODELS if model is not Fact}
    assert named == others


@pytest.mark.parametrize(
    "columns", [RECORD_COLUMNS, AGGREGATE_COLUMNS, *(t.columns for t in TABLES)], ids=len
)
def test_no_two_columns_of_a_table_have_the_same_title(columns: tuple[Column, ...]) -> None:
    assert len(set(chinese_headers(columns))) == len(columns)
    assert len({fields().of(column).en for column in columns}) == len(columns)
