"""Aligned text: cut, join, edit and the way back, by a table of edits and by what always holds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.align import Aligned, Edit

SOURCE = "共 1 2 户,好"


def edited(source: str, *edits: tuple[int, int, str]) -> Aligned:
    return Aligned.whole(source).edit([Edit(start, end, new, "t") for start, end, new in edits])


@pytest.mark.parametrize(
    ("edits", "text", "span", "source"),
    [
        ([], SOURCE, (2, 3), "1"),  # no edit: every character is its own source
        ([(1, 2, "")], "共1 2 户,好", (0, 2), "共 1"),  # what a cut lies between belongs to the span
        ([(1, 2, ""), (3, 4, "")], "共12 户,好", (1, 3), "1 2"),
        ([(1, 2, "")], "共1 2 户,好", (1, 2), "1"),  # a cut beside a span does not
        ([(7, 8, "，")], "共 1 2 户，好", (7, 8), ","),  # one for one
        ([(1, 6, "十二")], "共十二户,好", (1, 2), " 1 2 "),  # each of two stands for all of five
        ([(1, 6, "十二")], "共十二户,好", (2, 4), " 1 2 户"),
        ([(0, 0, "计")], "计共 1 2 户,好", (0, 1), ""),  # what is new stands for nothing
        ([(0, 0, "计")], "计共 1 2 户,好", (0, 2), "共"),
        ([(9, 9, "。")], "共 1 2 户,好。", (8, 10), "好"),
        ([(0, 9, "")], "", (0, 0), ""),  # nothing left
    ],
)
def test_edits(edits: list[tuple[int, int, str]], text: str, span: tuple[int, int], source: str) -> None:
    aligned = edited(SOURCE, *edits)
    start, end = aligned.source_span(*span)
    assert (aligned.text, SOURCE[start:end]) == (text, source)


def test_edits_upon_edits_lead_back_to_the_first_source() -> None:
    once = edited(SOURCE, (1, 2, ""), (3, 4, ""))
    twice = once.edit([Edit(1, 3, "十二", "n")])
    assert twice.text == "共十二 户,好"
    assert SOURCE[slice(*twice.source_span(1, 2))] == "1 2"


@pytest.mark.parametrize(
    "edits",
    [
        [(2, 4, "x"), (3, 5, "y")],  # overlap
        [(4, 5, "x"), (1, 2, "y")],  # out of order
        [(5, 4, "x")],  # ends before it starts
        [(0, 10, "x")],  # past the end
        [(-1, 1, "x")],  # before the start
    ],
)
def test_wrong_edits_are_refused(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="overlaps the one before it or lies outside"):
        edited(SOURCE, *edits)


def test_neighbouring_edits_at_one_place_are_allowed() -> None:
    assert edited("ab", (1, 1, "x"), (1, 1, "y"), (1, 2, "z")).text == "axyz"


def test_an_empty_span_is_the_place_between_two() -> None:
    aligned = edited(SOURCE, (1, 2, ""))
    assert aligned.source_span(0, 0) == (0, 0)
    assert aligned.source_span(1, 1) == (1, 1)
    assert aligned.source_span(2, 2) == (3, 3)


def test_a_cut_points_at_the_same_source() -> None:
    aligned = edited(SOURCE, (1, 2, "")).cut(1, 4)
    assert aligned.text == "1 2"
    assert aligned.source_span(0, 3) == (2, 5)


def test_a_cut_through_a_replacement_keeps_its_whole_source() -> None:
    aligned = edited(SOURCE, (1, 6, "十二")).cut(2, 4)
    assert (aligned.text, aligned.source_span(0, 1)) == ("二户", (1, 6))


def test_joined_parts_keep_their_sources_and_strings_between_have_none() -> None:
    whole = Aligned.whole(SOURCE)
    joined = Aligned.join([whole.cut(0, 1), "……", whole.cut(6, 7)])
    assert joined.text == "共……户"
    assert joined.source_span(0, 1) == (0, 1)
    assert joined.source_span(3, 4) == (6, 7)
    assert joined.source_span(1, 3) == (1, 1)
    assert joined.source_span(0, 4) == (0, 7)


def test_nothing_joined_is_empty() -> None:
    assert Aligned.join([]) == Aligned.whole("") == Aligned("", ())


texts = st.text("甲乙1 2,。\n", max_size=20)


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    source = draw(texts)
    points = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    spans = list(zip(points[::2], points[1::2], strict=False))
    return source, [Edit(start, end, draw(st.text("新字", max_size=3)), "t") for start, end in spans]


def replaced(source: str, edits: list[Edit]) -> str:
    for start, end, new, *_ in reversed(edits):
        source = source[:start] + new + source[end:]
    return source


@given(texts_with_edits())
def test_an_edit_gives_the_text_that_replacing_gives(case: tuple[str, list[Edit]]) -> None:
    source, edits = case
    assert Aligned.whole(source).edit(edits).text == replaced(source, edits)


@given(texts_with_edits(), st.data())
def test_every_span_leads_to_a_span_of_the_source(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    source, edits = case
    aligned = Aligned.whole(source).edit(edits)
    start = data.draw(st.integers(0, len(aligned.text)))
    end = data.draw(st.integers(start, len(aligned.text)))
    low, high = aligned.source_span(start, end)
    assert 0 <= low <= high <= len(source)
    for at in range(start, end):
        inner = aligned.source_span(at, at + 1)
        assert low <= inner[0] <= inner[1] <= high


@given(texts_with_edits())
def test_pieces_cover_the_text_in_order(case: tuple[str, list[Edit]]) -> None:
    source, edits = case
    aligned = Aligned.whole(source).edit(edits)
    assert sum(p.size for p in aligned.pieces) == len(aligned.text)
    assert all(a.start + a.size == b.start for a, b in pairwise(aligned.pieces))
    assert all(a.source + a.extent <= b.source for a, b in pairwise(aligned.pieces))


@given(texts_with_edits())
def test_what_no_edit_touched_stands_for_itself(case: tuple[str, list[Edit]]) -> None:
    source, edits = case
    aligned = Aligned.whole(source).edit(edits)
    for piece in aligned.pieces:
        if piece.size == piece.extent and not any(e.start <= piece.source < e.end for e in edits):
            text = aligned.text[piece.start : piece.start + piece.size]
            kept = source[piece.source : piece.source + piece.extent]
            assert text == kept or any(len(e.new) == e.end - e.start for e in edits)


@given(texts_with_edits(), st.data())
def test_cutting_and_joining_give_back_the_whole(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    source, edits = case
    aligned = Aligned.whole(source).edit(edits)
    at = data.draw(st.integers(0, len(aligned.text)))
    joined = Aligned.join([aligned.cut(0, at), aligned.cut(at, len(aligned.text))])
    assert joined.text == aligned.text
    for i in range(len(aligned.text)):
        assert joined.source_span(i, i + 1) == aligned.source_span(i, i + 1)
