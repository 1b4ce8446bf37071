"""The load room: a run's ledger into a PostgreSQL database that gathers runs. Needs the extra ``postgres``."""

from __future__ import annotations

from taizhang.load.database import Loaded, load
from taizhang.load.merge import RowCounts
from taizhang.load.target import Target

__all__ = ["Loaded", "RowCounts", "Target", "load"]
