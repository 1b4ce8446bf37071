"""The schemas in schemas/ are what the record types say now: no drift."""

from __future__ import annotations

import json

import pytest

from taizhang.records import Model, RectificationItem, Result
from taizhang.rules import shipped
from taizhang.write.schema import SCHEMAS, json_schema


@pytest.mark.parametrize(("filename", "model"), SCHEMAS.items())
def test_schema_is_generated_from_the_records(filename: str, model: type[Model]) -> None:
    assert (shipped("schemas") / filename).read_text("utf-8") == json_schema(model), "run `make schemas`"


def test_schema_names_every_field_of_a_written_record(result: Result) -> None:
    schema = json.loads(json_schema(RectificationItem))
    written = result.records[0].model_dump(mode="json")
    assert set(schema["properties"]) == set(written)
    assert schema["properties"]["bound"]["enum"] == ["exact", "about", "over", "under", "range"]
    assert {"type": "integer"} in schema["properties"]["value"]["anyOf"]
