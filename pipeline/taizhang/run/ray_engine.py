"""The run room's Ray Data: each window is a dataset whose blocks are the tasks. Needs the extra ``ray``."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from uuid import uuid4

from taizhang.errors import WorkerError
from taizhang.run.work import Work
from taizhang.write.extras import needed

_PATIENCE = 5.0  # seconds in which the cluster must answer
_STARTS = 3  # of a local cluster: Ray gives it 30 seconds, which on a busy machine may not do
_STORE_BYTES = (
    512 * 1024 * 1024
)  # for the windows under way; a local cluster would else take a third of the memory


@dataclass(frozen=True, slots=True)
class _LeavesMark:
    """Does some work and leaves a mark on the machine's disk where it dies of it: Ray tells no task that it is
    done again, and has it done for ever."""

    work: Work
    run: str

    def __call__(self, table: Any) -> Any:
        mark = Path(gettempdir()) / f"taizhang-{self.run}-{table.column('number')[0]}"
        again = mark.exists()
        mark.touch()
        try:
            return self.work(table, again)
        finally:
            mark.unlink(missing_ok=True)


class RayEngine:
    """A Ray cluster, through Ray Data."""

    name = "ray"

    def __init__(self, ray: Any, workers: int | None) -> None:
        self._ray = ray
        self._data = needed("ray.data", "ray")
        self._workers = workers
        self._run = uuid4().hex
        self._head: str = ray.get_runtime_context().gcs_address

    def cores(self) -> int:
        """The cluster's processors, or so many of them as were asked for."""
        return max(1, self._workers or int(self._ray.cluster_resources().get("CPU", 1)))

    def run(self, tasks: list[Any], work: Work) -> Iterator[Any]:
        """The answers, each as soon as it is there."""
        answers = self._data.from_arrow(tasks).map_batches(
            _LeavesMark(work, self._run), batch_size=None, batch_format="pyarrow", concurrency=self._workers
        )
        yield from answers.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0)

    def check(self) -> None:
        """Ask the process that all of a cluster's processes depend on whether it still listens.

        Where it does not, Ray would wait a minute and then end this process too, in the midst of what it does.

        Raises:
            WorkerError: it does not.
        """
        host, _, port = self._head.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
        except OSError as error:
            raise WorkerError(f"ray: the cluster at {self._head} is lost: {error}") from error


@contextmanager
def ray_engine(address: str | None, workers: int | None) -> Iterator[RayEngine]:
    """Ray at ``address``, or a cluster on this machine for as long as the block lasts.

    Args:
        address: ``host:port`` of a running cluster, ``auto`` for the one that this machine is part of.
        workers: how many tasks at a time; the cluster's processors unless given.

    Raises:
        OutputError: ray is not installed.
        WorkerError: there is no cluster at ``address``.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    ray = needed("ray", "ray")
    _start(ray, address, workers)
    try:
        _silence(needed("ray.data", "ray").DataContext.get_current())
        yield RayEngine(ray, workers if address else None)
    finally:
        ray.shutdown()


def _start(ray: Any, address: str | None, workers: int | None) -> None:
    settings: dict[str, Any] = {"address": address, "logging_level": "error", "log_to_driver": False}
    if not address:
        settings |= {"address": "local", "num_cpus": workers, "object_store_memory": _STORE_BYTES}
        settings |= {"_node_ip_address": "127.0.0.1", "include_dashboard": False}
    for left in reversed(range(1 if address else _STARTS)):
        try:
            ray.init(**settings)
            return
        except Exception as error:
            ray.shutdown()
            if not left:
                place = address or "this machine"
                raise WorkerError(f"ray: expected a cluster at {place}, got {error}") from error


def _silence(context: Any) -> None:
    """The run has a progress bar of its own."""
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context.enable_progress_bars = False
    context.print_on_execution_start = False
