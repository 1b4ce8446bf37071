"""Arrow batches of articles in, Arrow batches of records out: what engines that spread work over machines call.

It needs the extra ``parquet``, which brings pyarrow. How Ray Data and Spark call it is in ``docs/clusters.md``.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from taizhang.pipeline import shipped_pipeline
from taizhang.read.batches import BatchReader
from taizhang.read.settings import ReadSettings
from taizhang.read.shapes import reading
from taizhang.records import Rejection
from taizhang.run.job import Job, ReadItem, unpacked
from taizhang.run.limit import OutOfTime, limited
from taizhang.run.line import Line
from taizhang.run.loaded import loaded
from taizhang.run.outcome import Outcome, outcome
from taizhang.run.pool import Workers
from taizhang.write import arrow
from taizhang.write.columns import REJECT_COLUMNS, Column, utf8
from taizhang.write.rows import record_rows, reject_rows
from taizhang.write.tables import RECORD_TABLE_COLUMNS, Row

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline

Give = Literal["records", "rejects", "outcomes"]

#: The column of batches that hold articles as ``taizhang.run.job.packed`` makes them, each as it was read.
ARTICLE = "taizhang_article"

_EXTRA = "parquet"
_COLUMNS: dict[Give, tuple[Column, ...]] = {
    "records": RECORD_TABLE_COLUMNS,
    "rejects": REJECT_COLUMNS,
    "outcomes": tuple(Column(name, (), "text", False, (), "Table") for name in ("id", "outcome")),
}
_pipelines: dict[bytes, Pipeline] = {}


def extract_batches(  # noqa: PLR0913 - all but the batches may be left out
    batches: Iterable[Any],
    make: Callable[[], Pipeline] = shipped_pipeline,
    *,
    give: Give = "records",
    fields: Mapping[str, str] | None = None,
    timeout: float = 300.0,
    apart: bool = False,
) -> Iterator[Any]:
    """For each batch of articles one batch of what they gave, as pyarrow RecordBatches.

    A batch has a row an article: an ``id`` that no other article has, its ``text``, and where there are, its
    ``title``, ``published``, ``url`` and ``source``; the names may be any that the readers know (``正文``).

    To have records and rejections of one run, take ``outcomes`` (a row an article, in the order of the
    batch) and let ``from_outcomes`` make the two of them.

    Args:
        batches: pyarrow RecordBatches, or Tables.
        make: gives the pipeline; it is called once in each process, and must be picklable.
        give: ``records`` has the columns of ``records.parquet``, ``rejects`` those of the table ``rejects``, a
            row each; see ``schema``.
        fields: for a sense (``text``, ``id`` …), the name of the column that has it.
        timeout: seconds that one article may take; then it is a rejection. Within this process it is an alarm
            (SIGALRM), so it holds in the main thread only.
        apart: whether another process does the work, so that an article that kills it costs itself alone.

    Raises:
        UnreadableInput: no column has the text, or none the id.
        RuleError: a rule file does not say what it should.
        OutputError: pyarrow is not installed.

    >>> import pyarrow as pa
    >>> (given,) = extract_batches([pa.RecordBatch.from_pydict({"id": ["a"], "text": ["太原市解决问题614个。"]})])
    >>> given.select(["document_id", "metric_name", "value_exact"]).to_pylist()
    [{'document_id': 'a', 'metric_name': '解决问题', 'value_exact': '614'}]
    """
    pipeline = pipeline_of(make)
    for items in _articles(batches, pipeline, fields or {}):
        reached = _apart(items, pipeline, make, timeout) if apart else _here(items, pipeline, timeout)
        yield _batch(reached, give)


def from_outcomes(batches: Iterable[Any], give: Give = "records") -> Iterator[Any]:
    """The batches of records or rejections that batches of outcomes hold."""
    for batch in batches:
        yield _batch(map(Outcome.from_line, batch.column("outcome").to_pylist()), give)


def schema(give: Give = "records") -> Any:
    """The pyarrow schema of the batches that ``extract_batches`` gives.

    >>> schema("outcomes").names
    ['id', 'outcome']
    """
    return arrow.schema(_COLUMNS[give], _EXTRA)


def pipeline_of(make: Callable[[], Pipeline]) -> Pipeline:
    """The pipeline that ``make`` gives, the same one for the same ``make`` as long as the process lasts."""
    key = pickle.dumps(make)
    if key not in _pipelines:
        _pipelines[key] = loaded(make)
    return _pipelines[key]


def _articles(
    batches: Iterable[Any], pipeline: Pipeline, fields: Mapping[str, str]
) -> Iterator[Iterator[ReadItem]]:
    """The articles of each batch."""
    reader: BatchReader | None = None
    for batch in batches:
        if ARTICLE in batch.schema.names:
            yield map(unpacked, batch.column(ARTICLE).to_pylist())
        else:
            reader = reader or BatchReader(ReadSettings(reading(pipeline.rules), fields=fields))
            yield reader.articles(batch)


def _here(items: Iterable[ReadItem], pipeline: Pipeline, timeout: float) -> Iterator[Outcome]:
    for item in items:
        if isinstance(item, Rejection):
            yield Outcome.unread(item)
            continue
        try:
            with limited(timeout):
                reached = outcome(item, pipeline)
        except OutOfTime:
            reached = Outcome.late(item.document, timeout)
        yield reached


def _apart(
    items: Iterable[ReadItem], pipeline: Pipeline, make: Callable[[], Pipeline], timeout: float
) -> Iterator[Outcome]:
    jobs = (
        Job(item, number, line=Line.of([Outcome.unread(item)]) if isinstance(item, Rejection) else None)
        for number, item in enumerate(items)
    )
    for job in Workers(make, 1, timeout, apart=True).done(jobs, pipeline):
        yield Outcome.joined(job.line.parts() if job.line else ())


def _batch(outcomes: Iterable[Outcome], give: Give) -> Any:
    rows = chain.from_iterable(_rows(reached, give) for reached in outcomes)
    return arrow.batch(rows, _COLUMNS[give], schema(give), _EXTRA)


def _rows(reached: Outcome, give: Give) -> Iterator[Row]:
    if give == "outcomes":
        return iter([{"id": utf8(reached.result.document.id), "outcome": reached.to_line()}])
    return record_rows(reached.result) if give == "records" else reject_rows(reached.result)
