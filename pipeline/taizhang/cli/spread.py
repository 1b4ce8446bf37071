"""The commands' room: what ``taizhang run`` spreads its work over, and whether there is enough of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.cli.run_options import EngineName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from taizhang.run import Workers
    from taizhang.run.cluster import Cluster, Engine

_MANY, _LARGE = 50, 1_000_000  # files, bytes of one


def spread(
    engine: EngineName, address: str | None, workers: int | None
) -> Callable[..., Workers | Cluster | None]:
    """What the work is spread over; one process needs nothing for that."""
    from functools import partial

    if engine is not EngineName.processes:
        from taizhang.run.cluster import Cluster

        return partial(Cluster, partial(_connection(engine), address, workers))
    from taizhang.run import Workers

    count = workers or cores()
    return partial(Workers, count=count) if count > 1 else lambda *_, **__: None


def _connection(engine: EngineName) -> Callable[[str | None, int | None], AbstractContextManager[Engine]]:
    if engine is EngineName.ray:
        from taizhang.run.ray_engine import ray_engine

        return ray_engine
    from taizhang.run.spark_engine import spark_engine

    return spark_engine


def many(inputs: Iterable[Path]) -> bool:
    """Whether there is surely work for several processes, seen without reading anything."""
    files = (path for given in inputs for path in (given.rglob("*") if given.is_dir() else [given]))
    return any(
        n == _MANY or (path.is_file() and path.stat().st_size > _LARGE) for n, path in enumerate(files)
    )


def cores() -> int:
    """The cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
