"""The write room's JSON Schemas for other tools: ``python -m taizhang.write.schema FOLDER``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from taizhang.records import Model, RectificationItem, Rejection
from taizhang.write.whole import write_whole

SCHEMAS: dict[str, type[Model]] = {"record.schema.json": RectificationItem, "reject.schema.json": Rejection}


def json_schema(model: type[Model]) -> str:
    """The JSON Schema (2020-12) of one line of ``records.jsonl`` or ``rejects.jsonl``, as indented JSON."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= model.model_json_schema(mode="serialization")
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for filename, record in SCHEMAS.items():
        write_whole(Path(sys.argv[1]) / filename, json_schema(record))
