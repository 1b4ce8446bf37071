"""The run room: many articles from readers through the pipeline to writers, in one process or in several."""

from __future__ import annotations

from taizhang.run.ledger import write_ledger
from taizhang.run.pool import Workers
from taizhang.run.tally import Tally
from taizhang.template import Recipe

__all__ = ["Recipe", "Tally", "Workers", "write_ledger"]
