"""The template: on Linux, a process that loads the rules once and of which every worker is a copy.

Copies share the memory that they do not change, and begin at once. The template is the fork server of
``multiprocessing``: a process that does nothing else, so no copy inherits a lock or a thread of the run. On other
systems, where copying a process is not safe or not possible, each worker loads the rules itself.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline

VARIABLE = "TAIZHANG_TEMPLATE"  # of the environment: how the template process is told what to load
_COMMAND = "taizhang.cli"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make a pipeline: what ``Pipeline`` takes. Called, it makes one, or gives that of the template."""

    rules_dirs: tuple[Path, ...] = ()
    min_confidence: float = 0.0

    def __call__(self) -> Pipeline:
        """The pipeline; a worker that is a copy of the template has it already.

        Raises:
            RuleError: a folder is missing, or a rule file does not say what it should.
        """
        from taizhang.pipeline import Pipeline  # noqa: PLC0415 - the run itself may not need it

        return _LOADED.get(self) or Pipeline(self.rules_dirs, self.min_confidence)


_LOADED: dict[Recipe, Pipeline] = {}


def context(make: object) -> ForkServerContext | SpawnContext:
    """What starts worker processes; on Linux copies of a template, with the pipeline of a ``Recipe`` loaded."""
    if sys.platform != "linux":
        return get_context("spawn")
    copying = get_context("forkserver")
    if isinstance(make, Recipe):
        # The command's own modules too, where it is the command that runs: a worker would import them anew.
        copying.set_forkserver_preload([__name__, *[name for name in (_COMMAND,) if name in sys.modules]])
    return copying


def ahead(make: Recipe) -> None:
    """Start the template now, while the run is still making ready for work that will need it."""
    if sys.platform == "linux":
        with told(make):
            context(make)
            forkserver.ensure_running()


@contextmanager
def told(make: object) -> Iterator[None]:
    """For as long as the block lasts, a template that is started is told to load a ``Recipe``'s pipeline."""
    if not isinstance(make, Recipe):
        yield
        return
    os.environ[VARIABLE] = json.dumps([[str(folder) for folder in make.rules_dirs], make.min_confidence])
    try:
        yield
    finally:
        del os.environ[VARIABLE]


def _load() -> None:
    """Load what the template is told to. What goes wrong is left to the workers, who can tell the run of it."""
    rules_dirs, min_confidence = json.loads(os.environ.pop(VARIABLE))
    recipe = Recipe(tuple(map(Path, rules_dirs)), min_confidence)
    from taizhang.run.loaded import loaded  # noqa: PLC0415 - whoever starts the template does not need it

    try:
        pipeline = loaded(recipe)
    except Exception:  # noqa: BLE001 - it would end the template; each worker meets the same, and tells of it
        return
    _LOADED[recipe] = pipeline
    gc.collect()
    gc.freeze()  # a collection in a copy would write to, and so copy, the memory that it shares


if VARIABLE in os.environ:
    _load()
