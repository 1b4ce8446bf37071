"""The annotate room's tasks: a run's articles for Label Studio, each record a region that is to be corrected.

A region is a quote in the clean text; its label is the record's phase, or ``rejected`` for a number that is no
record; the other fields hang on it. Label Studio counts offsets in code points, as spans do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from taizhang.annotate.articles import articles
from taizhang.annotate.labeling import LABEL, PART_OF, REASON, REJECT, TEXT, labeling_config
from taizhang.errors import OutputError
from taizhang.records import RectificationItem, Rejection
from taizhang.result import Result
from taizhang.run.folder import RunFolder
from taizhang.write.columns import digits
from taizhang.write.exact_json import dumps
from taizhang.write.whole import WholeFile, write_whole

TASKS, CONFIG = "tasks.json", "labeling.xml"
EQUALS = "|"  # between heads of which a metric needs only one

Item = dict[str, Any]


def write_tasks(run: RunFolder, folder: Path) -> int:
    """Write ``tasks.json``, to be imported, and ``labeling.xml``, the project's configuration; how many tasks.

    Raises:
        RunFolderError: the run's files are not those of its manifest.
        OutputError: the folder cannot be written to.
    """
    reasons: set[str] = set()
    version = f"taizhang {run.manifest.taizhang} rules {run.manifest.ruleset[:12]}"
    count = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = WholeFile(folder / TASKS)
        try:
            for count, (text, result) in enumerate(articles(run), 1):
                file.write((",\n" if count > 1 else "[\n") + dumps(_task(text, result, version)))
                reasons.update(reject.reason for reject in result.rejects)
            file.write("\n]\n" if count else "[]\n")
            file.commit()
        finally:
            file.abort()
        write_whole(folder / CONFIG, labeling_config(reasons))
    except OSError as error:
        raise OutputError(f"{folder}: expected a folder to write to, got {error}") from error
    return count


def _task(text: str, result: Result, version: str) -> Item:
    document = result.document
    data = {"text": text, "id": document.id, "title": document.title, "published": document.published}
    items = [item for record in result.records for item in _record(record)]
    items += [item for number, reject in enumerate(result.rejects) for item in _reject(reject, number)]
    ids = {record.id for record in result.records}
    items += [_relation(record) for record in result.records if record.part_of in ids]
    return {"data": data, "predictions": [{"model_version": version, "result": items}]}


def _record(record: RectificationItem) -> Iterator[Item]:
    typed: dict[str, list[str | None]] = {
        "value": [digits(record.value)],
        "value_max": [digits(record.value_max)],
        "unit": [record.unit],
        "metric": [record.metric.name],
        "heads": [*_heads(record)],
        "place": [record.place.name],
        "code": [record.place.code[:6]],
        "agency": [record.agency],
        "time": [record.time],
    }
    where = {"start": record.span.start, "end": record.span.end}
    yield _region(record.id, where, record.quote, record.phase) | {"score": record.confidence}
    for name, values in typed.items():
        if said := [value for value in values if value]:
            yield _item(record.id, name, "textarea", where | {"text": said})
    for name, choice in (("bound", record.bound), ("kind", record.kind)):
        yield _item(record.id, name, "choices", where | {"text": record.quote, "choices": [choice]})


def _heads(record: RectificationItem) -> list[str]:
    """Words that a right metric must contain, to begin with: what was done and to what, where the metric says so."""
    words = dict.fromkeys((record.metric.action, record.metric.object))
    return [word for word in words if word and word in record.metric.name] or [record.metric.name]


def _reject(reject: Rejection, number: int) -> Iterator[Item]:
    """A number that is no record; not one that stands outside the clean text."""
    if reject.span is None or reject.span.start == reject.span.end:
        return
    name, where = f"{REJECT}-{number}", {"start": reject.span.start, "end": reject.span.end}
    yield _region(name, where, reject.quote, REJECT)
    yield _item(name, REASON, "choices", where | {"text": reject.quote, "choices": [reject.reason]})


def _region(name: str, where: Mapping[str, int], quote: str, label: str) -> Item:
    return _item(name, LABEL, "labels", {**where, "text": quote, "labels": [label]})


def _item(name: str, control: str, kind: str, value: Mapping[str, object]) -> Item:
    return {"id": name, "from_name": control, "to_name": TEXT, "type": kind, "value": dict(value)}


def _relation(record: RectificationItem) -> Item:
    ends = {"from_id": record.id, "to_id": record.part_of}
    return {**ends, "type": "relation", "direction": "right", "labels": [PART_OF]}
