"""The run room: many articles, one after the other, from readers through the pipeline to writers."""

from __future__ import annotations

from taizhang.run.ledger import write_ledger
from taizhang.run.tally import Tally

__all__ = ["Tally", "write_ledger"]
