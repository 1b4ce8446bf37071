"""Run folders for the tests of the report: written by hand, and the seeds' many times over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from taizhang.article import Article
from taizhang.records import Document, Metric, Place, RectificationItem, Rejection, Span
from taizhang.result import Result
from taizhang.write.exact_json import dumps
from taizhang.write.manifest import Manifest, digests
from taizhang.write.records_jsonl import DOCUMENTS, JSONL, REJECTS

FORMATS = (JSONL, REJECTS, DOCUMENTS)


def run_folder(folder: Path, results: Iterable[Result]) -> Path:
    """A finished run that gave these results."""
    folder.mkdir(parents=True)
    writers = [format_.open(folder / format_.filename) for format_ in FORMATS]
    manifest = Manifest(folder / "manifest.json")
    for result in results:
        manifest.came_to(manifest.add_input(Article.of(result.text, result.document)), {})
        for writer in writers:
            writer.write(result)
    for writer in writers:
        writer.commit()
    _finish(folder, manifest)
    return folder


def _finish(folder: Path, manifest: Manifest) -> None:
    outputs = digests(folder / format_.filename for format_ in FORMATS)
    manifest.commit({"counts": {}, "ruleset": "f" * 64, "outputs": outputs, "taizhang": "0"})


def many(seeds: Path, folder: Path, times: int) -> Path:
    """The run in ``seeds``, its articles read ``times`` times over under other names."""
    folder.mkdir(parents=True)
    for format_ in FORMATS:
        lines = (seeds / format_.filename).read_text("utf-8").splitlines()
        rows = [json.loads(line, parse_float=Decimal) for line in lines]
        with (folder / format_.filename).open("w", encoding="utf-8", newline="") as file:
            file.writelines(dumps(_again(row, n)) + "\n" for n in range(times) for row in rows)
    _finish(folder, Manifest(folder / "manifest.json"))
    return folder


def _again(row: Mapping[str, Any], n: int) -> dict[str, Any]:
    document = row["document"]
    again = {**row, "document": {**document, "id": f"{document['id']}-{n}"}}
    for name in ("id", "part_of"):
        if row.get(name):
            again[name] = f"{row[name]}-{n}"
    return again


def result(text: str, quotes: Mapping[str, Mapping[str, object]], **about: str) -> Result:
    """One article: its text, for each quote in it what its record has beside the usual, and its document's fields.

    A quote whose fields have ``reason`` becomes a rejection.
    """
    document = Document(id=about.pop("id", "a"), **about)  # type: ignore[arg-type]
    records, rejects = [], []
    for quote, fields in quotes.items():
        start = text.index(quote)
        span = Span(start=start, end=start + len(quote), raw_start=start, raw_end=start + len(quote))
        common = {"document": document, "quote": quote, "sentence": text, "span": span}
        if "reason" in fields:
            rejects.append(Rejection.model_validate(common | fields))
        else:
            records.append(RectificationItem.model_validate(common | _usual(document.id, start) | fields))
    return Result(document=document, records=tuple(records), rejects=tuple(rejects), text=text)


def _usual(document_id: str, start: int) -> dict[str, object]:
    return {
        "id": f"{document_id}-{start}",
        "place": Place(),
        "metric": Metric(name="排查隐患"),
        "value": Decimal(1),
        "unit": "处",
        "bound": "exact",
        "kind": "count",
        "phase": "result",
        "rules": {"value": "form.plain"},
        "confidence": 0.9,
    }
