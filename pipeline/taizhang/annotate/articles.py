"""The annotate room's articles: each of a run with its clean text, its records and its rejected numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from taizhang.errors import RunFolderError
from taizhang.records import RectificationItem, Rejection
from taizhang.result import Result
from taizhang.run.folder import DOCUMENTS, RECORDS, REJECTS, RunFolder


def articles(run: RunFolder) -> Iterator[tuple[str, Result]]:
    """The clean text and the results of every article that the run read, in its order.

    The records of the whole run are held in memory.

    Raises:
        RunFolderError: the run's files are not those of its manifest, or a record's quote does not stand where
            its span says.
    """
    run.verify((RECORDS, REJECTS, DOCUMENTS))
    records: dict[str, list[RectificationItem]] = defaultdict(list)
    rejects: dict[str, list[Rejection]] = defaultdict(list)
    for record in run.records():
        records[record.document.id].append(record)
    for reject in run.rejects():
        if reject.scope == "number":
            rejects[reject.document.id].append(reject)
    read = {item.id for item in run.manifest.inputs if item.unread is None}
    for clean in run.texts():
        name = clean.document.id
        if name in read:
            for record in records[name]:
                _check(run, clean.text, record)
            yield (
                clean.text,
                Result(document=clean.document, records=tuple(records[name]), rejects=tuple(rejects[name])),
            )


def _check(run: RunFolder, text: str, record: RectificationItem) -> None:
    there = text[record.span.start : record.span.end]
    if there != record.quote:
        raise RunFolderError(
            f"{run.path}: record {record.id}: expected {record.quote!r} at {record.span.start}, got {there!r}"
        )
