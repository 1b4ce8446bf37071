"""The run room's work: what a worker of a cluster does with one batch of articles, and what it answers."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from taizhang.arrow import ARTICLE, extract_batches, pipeline_of
from taizhang.errors import TaizhangError
from taizhang.run.job import Job, packed
from taizhang.run.parts import depends_on
from taizhang.write.extras import needed

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline

pa = needed("pyarrow", "parquet")

_ARTICLES, _CHARACTERS = 32, 200_000  # of one task

#: What a worker is given: articles, each with its number in the run.
TASK = pa.schema([pa.field("number", pa.int64()), pa.field(ARTICLE, pa.binary())])
#: What it answers: for each number the outcome's line, or the fault that keeps it from doing any.
ANSWER = pa.schema(
    [pa.field("number", pa.int64()), pa.field("outcome", pa.string()), pa.field("fault", pa.string())]
)


@dataclass(frozen=True, slots=True)
class Work:
    """Called with a batch of ``TASK``, on whatever machine, it gives one of ``ANSWER``.

    Attributes:
        make: gives the pipeline, once a process.
        expected: all that an outcome depends on apart from the article, as it is where the run was started.
        timeout: seconds that one article may take.
    """

    make: Callable[[], Pipeline]
    expected: dict[str, Any]
    timeout: float

    def __call__(self, batch: Any, again: bool = False) -> Any:
        """The answer to a RecordBatch or a Table, of the same kind.

        Args:
            again: whether a worker has died of this batch, or while it had it. Then another process does it, so
                that an article that kills whoever reads it costs itself alone.
        """
        numbers = batch.column("number").to_pylist()
        lines: list[str | None] = [None] * len(numbers)
        fault = None
        try:
            lines = self._lines(batch, again)
        except (TaizhangError, OSError) as error:  # they concern every article, so no engine shall try again
            fault = f"{socket.gethostname()}: {error}"
        columns = {"number": numbers, "outcome": lines, "fault": [fault] * len(numbers)}
        return type(batch).from_pydict(columns, schema=ANSWER)

    def _lines(self, batch: Any, apart: bool) -> list[str | None]:
        got = depends_on(pipeline_of(self.make))
        if got != self.expected:
            raise TaizhangError(_difference(self.expected, got))
        given = extract_batches([batch], self.make, give="outcomes", timeout=self.timeout, apart=apart)
        lines: list[str | None] = next(given).column("outcome").to_pylist()
        return lines


def tasks(numbered: Iterable[tuple[int, Job]]) -> Iterator[Any]:
    """The articles of some jobs in tables of ``TASK``, each about a second of work."""
    numbers: list[int] = []
    articles: list[bytes] = []
    size = 0
    for number, job in numbered:
        if numbers and (len(numbers) == _ARTICLES or size + job.size > _CHARACTERS):
            yield pa.table([numbers, articles], schema=TASK)
            numbers, articles, size = [], [], 0
        numbers.append(number)
        articles.append(packed(job.article))
        size += job.size
    if numbers:
        yield pa.table([numbers, articles], schema=TASK)


def _difference(expected: dict[str, Any], got: dict[str, Any]) -> str:
    """What differs, name by name; the versions of libraries lie one level deeper."""
    wanted, found = _flat(expected), _flat(got)
    said = [
        f"{name} {wanted.get(name)}, got {found.get(name)}"
        for name in sorted({*wanted, *found})
        if wanted.get(name) != found.get(name)
    ]
    return f"expected the same as where the run was started: {'; '.join(said)}"


def _flat(facts: dict[str, Any]) -> dict[str, Any]:
    inner: dict[str, Any] = facts.get("dependencies", {})
    return {name: value for name, value in facts.items() if name != "dependencies"} | inner
