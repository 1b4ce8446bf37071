"""The show room: what happened to one article, for a person to read: stage dumps, a page, explanations."""

from __future__ import annotations

from taizhang.show.dump import Dumper
from taizhang.show.explain import explain, overview
from taizhang.show.numbers import numbers

__all__ = ["Dumper", "explain", "numbers", "overview"]
