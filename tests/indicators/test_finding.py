"""Indicators in whole texts, and how quick and how steady the finding is."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.indicators import Indicators
from taizhang.pipeline import extract, shipped_pipeline
from taizhang.records import Metric

CASES = tomllib.loads((Path(__file__).parent / "cases" / "indicators.toml").read_text("utf-8"))["case"]
INDICATORS = Indicators.of(shipped_pipeline().rules)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["proves"])
def test_the_indicators_of_a_text(case: dict[str, Any]) -> None:
    assert [record.metric.indicator or "" for record in extract(case["text"]).records] == case["indicators"]


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="解决问题的隐患和整改未（)|*{}一A·“", max_size=40))
def test_any_name_has_one_indicator_or_none(name: str) -> None:
    got = INDICATORS.find(Metric(name=name), "count", "个", "result")
    assert got is None or got in INDICATORS.known
    assert got == Indicators(shipped_pipeline().rules).find(Metric(name=name), "count", "个", "result")
