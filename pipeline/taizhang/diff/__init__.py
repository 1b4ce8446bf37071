"""The diff room: what another rule set, or another program, makes of the same articles."""

from __future__ import annotations

from taizhang.diff.compare import Difference, FieldChange, compare
from taizhang.diff.runs import Inputs, differences
from taizhang.diff.summary import Summary

__all__ = ["Difference", "FieldChange", "Inputs", "Summary", "compare", "differences"]
