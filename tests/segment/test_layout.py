"""Sections, sentences and clauses: a table of our own texts, and what always holds of any text."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.pipeline import shipped_pipeline
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.layout import Layout

RULES = shipped_pipeline().rules
TABLE = (Path(__file__).parent / "cases" / "layout.toml").read_text("utf-8")
CASES: list[dict[str, Any]] = tomllib.loads(TABLE)["case"]
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
MARKS = list("，。：；！？、…“”‘’（）()《》【】\n,.:;!? ")
WORDS = ["修路", "5公里", "1,260元", "3.5", "9:30", "四百余户", "太原", "“三清一改”", "一、", "2024年"]
texts = st.lists(st.sampled_from([*MARKS, *WORDS]) | st.characters(codec="utf-8"), max_size=40).map("".join)


def layout_of(text: str, title_end: int = 0) -> Layout:
    return Boundaries.of(RULES).layout(text, title_end)


def with_key(key: str) -> list[Any]:
    """The cases of one kind."""
    return [pytest.param(case, id=case["proves"]) for case in CASES if key in case]


@pytest.mark.parametrize("case", with_key("sentences"))
def test_sentences(case: dict[str, Any]) -> None:
    pieces = case["sentences"].split("｜")
    text = "".join(pieces)
    assert [text[u.start : u.end] for u in layout_of(text).sentences] == pieces


@pytest.mark.parametrize("case", with_key("clauses"))
def test_clauses(case: dict[str, Any]) -> None:
    pieces = case["clauses"].split("／")
    text = "".join(pieces)
    assert [text[u.start : u.end] for u in layout_of(text).clauses] == pieces


@pytest.mark.parametrize("case", with_key("sections"))
def test_sections(case: dict[str, Any]) -> None:
    text = case["text"]
    headings = [
        re.sub(r"\s*\n\s*", "\n", text[s.heading_start : s.heading_end]) for s in layout_of(text).sections
    ]
    assert headings == case["sections"]


def test_the_title_is_in_no_section() -> None:
    text = "修路纪实\n道路\n修路5公里。"
    layout = layout_of(text, title_end=4)
    assert text[layout.title.start : layout.title.end] == "修路纪实"
    assert [text[s.start : s.end] for s in layout.sections] == ["道路\n修路5公里。"]


def test_the_unit_that_holds_an_offset() -> None:
    text = "道路\n修路5公里，架桥3座。植树。"
    layout = layout_of(text)
    bridge = text.index("3座")
    assert layout.clauses[layout.clause_at(bridge)] == (text.index("架桥"), text.index("植树"))
    assert layout.sentences[layout.sentence_at(bridge)] == (text.index("修路"), text.index("植树"))
    assert (layout.paragraph_at(bridge), layout.section_at(bridge), layout.sentence_at(0)) == (1, 0, 0)


@given(texts)
def test_units_are_in_order_and_cover_all_words(text: str) -> None:
    layout = layout_of(text)
    for units in (layout.paragraphs, layout.sentences, layout.clauses):
        assert all(before.end <= after.start for before, after in pairwise(units))
        held = {i for u in units for i in range(u.start, u.end)}
        assert all(i in held for i, char in enumerate(text) if not char.isspace())
        assert all(u.start < u.end for u in units)
    assert all(before.end <= after.start for before, after in pairwise(layout.sections))


@given(texts)
def test_every_unit_lies_in_one_of_the_level_above(text: str) -> None:
    layout = layout_of(text)
    levels = (layout.sections, layout.paragraphs, layout.sentences, layout.clauses)
    for above, below in pairwise(levels):
        for start, end in ((unit[0], unit[1]) for unit in below):
            assert [1 for u in above if u[0] <= start and end <= u[1]] == [1]


@given(texts)
def test_no_number_is_cut(text: str) -> None:
    layout = layout_of(text)
    edges = {edge for u in (*layout.sentences, *layout.clauses) for edge in u}
    for number in NUMBER.finditer(text):
        if number[0].isascii():
            assert edges.isdisjoint(range(number.start() + 1, number.end())), number[0]
