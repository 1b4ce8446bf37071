"""The evaluate room: scoring against gold: records aligned in text order, then each field right or wrong."""

from __future__ import annotations

from taizhang.evaluate.aligned import align, numeral
from taizhang.evaluate.evaluate import REJECTED, evaluate
from taizhang.evaluate.fields import FIELDS, right
from taizhang.evaluate.lines import Row, read_lines
from taizhang.evaluate.score import Rate, Score

__all__ = [
    "FIELDS",
    "REJECTED",
    "Rate",
    "Row",
    "Score",
    "align",
    "evaluate",
    "numeral",
    "read_lines",
    "right",
]
