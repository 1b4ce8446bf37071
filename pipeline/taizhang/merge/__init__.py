"""The merge room: records of different articles that tell the same fact become one fact with its sources."""

from __future__ import annotations

from taizhang.merge.merge import Merged, merge

__all__ = ["Merged", "merge"]
