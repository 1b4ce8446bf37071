"""The stub pipeline lies where worker processes find it too: they take over the import path."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "processes"))
