"""The harnesses lie in ``fuzz/``; their tests import them from there."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "fuzz"), str(Path(__file__).parent)]
