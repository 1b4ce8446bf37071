"""The run room's Spark: each window is a job, ``mapInArrow`` over its tasks. Needs the extra ``spark`` and Java."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from taizhang.errors import WorkerError
from taizhang.run.work import ANSWER, Work, pa
from taizhang.write.extras import needed

_ANSWER = "number long, outcome string, fault string"  # ``ANSWER`` as Spark writes it
_TRIES = 4  # of a task whose worker died; what Spark does on a cluster unless told


def _each(work: Work, batches: Iterator[Any]) -> Iterator[Any]:
    """What a task does: one that was tried before, as Spark tells it, may have died of an article."""
    again = needed("pyspark", "spark").TaskContext.get().attemptNumber() > 0
    return (work(batch, again) for batch in batches)


class SparkEngine:
    """A Spark cluster, through ``mapInArrow``."""

    name = "spark"

    def __init__(self, session: Any) -> None:
        self._session = session

    def cores(self) -> int:
        """The executors' cores."""
        return max(1, int(self._session.sparkContext.defaultParallelism))

    def run(self, tasks: list[Any], work: Work) -> Iterator[Any]:
        """The answers, when all of them are there."""
        frame = self._session.createDataFrame(pa.concat_tables(tasks))
        yield frame.mapInArrow(partial(_each, work), _ANSWER).toArrow().cast(ANSWER)

    def check(self) -> None:
        """Ask Spark for something small.

        Raises:
            WorkerError: it has stopped, or its process is gone.
        """
        try:
            self.cores()
        except Exception as error:
            raise WorkerError(f"spark: the cluster is lost: {error}") from error


@contextmanager
def spark_engine(address: str | None, workers: int | None) -> Iterator[SparkEngine]:
    """Spark at ``address``, or on this machine, for as long as the block lasts.

    Args:
        address: a master as Spark writes it (``spark://host:7077``, ``yarn``, ``local-cluster[2,1,1024]``).
        workers: how many cores; all of the cluster unless given.

    Raises:
        OutputError: pyspark is not installed.
        WorkerError: Spark cannot be started or reached.
    """
    sql = needed("pyspark.sql", "spark")
    builder = sql.SparkSession.builder.appName("taizhang").master(
        address or f"local[{workers or '*'},{_TRIES}]"
    )
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    if workers and address:
        settings["spark.cores.max"] = str(workers)
    if not address or address.startswith("local"):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        raise WorkerError(f"spark: expected a cluster at {address or 'this machine'}, got {error}") from error
    try:
        yield SparkEngine(session)
    finally:
        with suppress(Exception):  # what is lost cannot be stopped
            session.stop()
