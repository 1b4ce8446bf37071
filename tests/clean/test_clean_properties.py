"""What must hold for any text: cleaning ends, is a fixed point, and every character has its source."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.article import Article, Cleaned
from taizhang.clean import clean
from taizhang.pipeline import shipped_pipeline

RULES = shipped_pipeline().rules
BLANKS = [" ", "  ", "\u3000", "\u00a0", "\t", "\n", "\r\n", "\u200b", "\u00ad", "\ufeff"]
MARKS = [",", ",,", "，", "，。", "。", "。。", ":", ";", "?", "????", "“", "”", "（", "）", "%"]
NUMBERS = ["１２", "９．５％", "3.5", "12", "5", "0", "二", "一", "○", "O", "万", "亿", "2021-03-04"]
MIRROR = ["(xué)", "學", "(nóng)", "農", "?cè)谵r", "乾", "记者", "記者"]
LOST = ["\ufffd", "?3", "㱕", "\n　　", "\n  "]
MARKUP = ["&nbsp;", "&amp;lt;", "</p>", "<b>", "http://a.b/1"]
WORDS = ["元", "个", "年", "市", "县", "改造", "APP", "⼈", "来源："]
DIRT = [*LOST, *BLANKS, *MARKS, *NUMBERS, *MIRROR, *MARKUP, *WORDS]
SIGNATURE = "學(xué)習(xí)實(shí)踐"
pieces = st.lists(st.one_of(st.sampled_from(DIRT), st.text(max_size=3)), max_size=40).map("".join)
dirty = st.one_of(pieces, pieces.map(lambda text: SIGNATURE + text))
SLIPS = re.compile("[，、][，、。；]|。。")
pure = st.text(alphabet="青禾县改造路灯户居民万亿余，。；：、“”（）0123456789", max_size=80).filter(
    lambda text: not SLIPS.search(text)
)


def cleaned(text: str) -> Cleaned:
    return clean(Article.of(text), RULES)


@settings(deadline=None)
@given(dirty)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once.text).text == once.text


@settings(deadline=None)
@given(pure)
def test_clean_text_is_left_alone(text: str) -> None:
    result = cleaned(text)
    assert (result.text, result.fixes) == (text, ())


@settings(deadline=None)
@given(dirty)
def test_every_character_has_its_source_in_order(text: str) -> None:
    result = cleaned(text)
    spans = [result.aligned.source_span(i, i + 1) for i in range(len(result.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    fixed = [(fix.raw_start, fix.raw_end) for fix in result.fixes]
    for c, (start, end) in zip(result.text, spans, strict=True):
        assert text[start:end] == c or any(low <= start and end <= high for low, high in fixed)


@settings(deadline=None)
@given(dirty)
def test_marks_lie_in_the_text_and_do_not_touch(text: str) -> None:
    result = cleaned(text)
    for spans in (result.boilerplate, result.uncertain):
        assert all(0 <= start < end <= len(result.text) for start, end in spans)
    ends = [end for _, end in result.boilerplate[:-1]]
    assert all(end < start for end, (start, _) in zip(ends, result.boilerplate[1:], strict=True))


PHRASES = [
    "青禾县改造路灯",
    "惠及居民，",
    "户",
    "共120盏",
    "达3.5万人",
    "“亮堂”",
    "（三千米）",
    "夜里走路不怕了。",
]
paragraph = st.lists(st.sampled_from(PHRASES), min_size=14, max_size=30).map("".join)


@settings(deadline=None)
@given(st.lists(paragraph, min_size=2, max_size=4), st.integers(16, 30))
def test_paragraphs_cut_to_a_width_are_whole_again(paragraphs: list[str], width: int) -> None:
    indented = ["\u3000\u3000" + text for text in paragraphs]
    lines = [text[at : at + width] for text in indented for at in range(0, len(text), width)]
    source = "\n".join(lines)
    result = cleaned(source)
    assert result.text == "\n".join(paragraphs)
    for i, c in enumerate(result.text):
        assert c in source[slice(*result.aligned.source_span(i, i + 1))]


@settings(deadline=None)
@given(dirty, st.integers(5, 40))
def test_cleaning_twice_is_cleaning_once_in_lines_of_one_width(text: str, width: int) -> None:
    text = "\n".join(text[at : at + width] for at in range(0, len(text), width))
    once = cleaned(text)
    assert cleaned(once.text).text == once.text
