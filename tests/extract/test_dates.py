"""Dates and periods in prose: a corpus of values with their phrasings, negatives, and what always holds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.extract.dates.calendar import Point, parse
from taizhang.extract.dates.find import find_dates
from taizhang.pipeline import shipped_pipeline

RULES = shipped_pipeline().rules
CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "dates.toml").read_text("utf-8"))
ISO = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
VALUE = re.compile(rf"(?:{ISO}(?:/(?:{ISO}|\.\.))?|\.\./{ISO})?")

POSITIVE = [
    pytest.param(phrase, group["value"], group.get("published"), id=f"{phrase}")
    for group in CASES["positive"]
    for phrase in group["phrases"]
]
IN_CONTEXT = [pytest.param(case, id=case["proves"]) for case in CASES["context"]]


@pytest.mark.parametrize(("phrase", "value", "published"), POSITIVE)
@pytest.mark.parametrize("frame", ["{}", "，{}，", "据了解，{}，村里修好了路。"])
def test_phrase_has_value(phrase: str, value: str, published: str | None, frame: str) -> None:
    text = frame.format(phrase)
    start = text.index(phrase)
    found = find_dates(text, RULES, published)
    assert [(d.start, d.end, d.quote, d.value) for d in found] == [
        (start, start + len(phrase), phrase, value)
    ]


@pytest.mark.parametrize("text", CASES["negative"]["texts"])
def test_no_date(text: str) -> None:
    assert find_dates(text, RULES, "2021-06-15") == []


@pytest.mark.parametrize("case", IN_CONTEXT)
def test_context_fills_in_what_is_missing(case: dict[str, Any]) -> None:
    found = find_dates(case["text"], RULES, case.get("published"))
    assert [[d.quote, d.value] for d in found] == case["dates"]
    assert all(case["text"][d.start : d.end] == d.quote for d in found)


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            re.findall(
                r"\S",
                "年月日时点上下半季度旬初底前后来至到今去明每第十三五一二两几个“”—-,，。；（）0123456789以起",
            )
        ),
        st.sampled_from([p.values[0] for p in POSITIVE]),  # type: ignore[misc]
        st.text(max_size=3),
    ),
    max_size=25,
).map("".join)


@given(PIECES, st.sampled_from([None, "2020", "2020-02", "2020-02-29"]))
def test_spans_are_in_order_and_values_are_iso(text: str, published: str | None) -> None:
    end = 0
    for date in find_dates(text, RULES, published):
        assert end <= date.start < date.end <= len(text)
        assert text[date.start : date.end] == date.quote
        assert VALUE.fullmatch(date.value), date
        end = date.end


@given(st.dates())
def test_a_written_date_comes_back(day: Any) -> None:
    if day.year < 1800 or day.year > 2099:
        return
    text = f"{day.year}年{day.month}月{day.day}日"
    assert [d.value for d in find_dates(text, RULES)] == [day.isoformat()]
    assert str(parse(day.isoformat())) == day.isoformat()


@given(st.integers(1900, 2090), st.integers(1, 12), st.integers(-60, 60))
def test_months_go_forward_and_back(year: int, month: int, count: int) -> None:
    there = Point(year, month).months_on(count)
    assert there.months_on(-count) == Point(year, month)


@given(PIECES)
def test_nothing_relative_without_an_article_date(text: str) -> None:
    """Without a published date a value can only come from figures in the text or from a known event."""
    for date in find_dates(text, RULES):
        if date.rule in {
            "date.now",
            "date.up-to-now",
            "date.day-word",
            "date.years-ago",
            "period.years-ahead",
        }:
            assert date.value == ""
