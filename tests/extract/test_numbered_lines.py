"""Numbered lines: the number of an item is no part of the figure that follows it."""

from __future__ import annotations

import pytest

from taizhang.extract.numbers import find_numbers
from taizhang.extract.numbers.numbered import RULE
from taizhang.pipeline import shipped_pipeline

RULES = shipped_pipeline().rules
CASES = [
    ("items that count up", "1.新增绿地3处\n2.15个城市试点\n3.9.5万户受益\n", ["3处", "15个", "9.5万户"]),
    (
        "behind blanks, with a full stop of full width",
        "  4．6个县通车\n  5．8个县开工\n  6．12个县规划\n",
        ["6个", "8个", "12个"],
    ),
    ("a decimal at the head of one line", "2.15亿元资金到位\n其余自筹\n", ["2.15亿元"]),
    (
        "decimals that count up by chance are two at least",
        "1.5亿元用于修路\n2.5亿元用于建校\n",
        ["1.5亿元", "2.5亿元"],
    ),
]


@pytest.mark.parametrize(("proves", "text", "quotes"), CASES, ids=[case[0] for case in CASES])
def test_what_counts(proves: str, text: str, quotes: list[str]) -> None:
    found, excluded = find_numbers(text, RULES)
    assert [q.quote for q in found] == quotes, proves
    assert all(text[q.start : q.end] == q.quote for q in found)
    assert all(text[e.start : e.end][:-1].isdigit() for e in excluded if e.rule == RULE)
