"""The Doc: its text is the clean text to the letter, its span groups are the layout, its tokens lie inside clauses."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.tokens import Doc

from taizhang.align import Aligned
from taizhang.article import Cleaned
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document
from taizhang.segment.layout import Layout
from taizhang.segment.stage import segment
from taizhang.segment.tokens import Lexicon

RULES = shipped_pipeline().rules
LEVELS = ("sections", "paragraphs", "sentences", "clauses")


def doc_of(text: str, title_end: int = 0) -> Doc:
    return segment(Cleaned(Document(id="t"), Aligned.whole(text), text, title_end=title_end), RULES)


def layout_of(doc: Doc) -> Layout:
    layout: Layout = doc.user_data["taizhang.layout"]
    return layout


@given(st.text(max_size=60) | st.text("修路5公里，建桥三座。\n“”（） \t\u3000", max_size=60))
@example("")
@example(" \n ")
@example("\u200b5\n")
def test_the_doc_is_the_text(text: str) -> None:
    doc = doc_of(text)
    assert doc.text == text
    layout = layout_of(doc)
    for level in LEVELS:
        spans = [(span.start_char, span.end_char) for span in doc.spans[level]]
        assert spans == [(unit[0], unit[1]) for unit in getattr(layout, level)]


def test_headings_are_a_span_group() -> None:
    doc = doc_of("道路\n修路5公里。\n供水\n通水3村。")
    assert [span.text for span in doc.spans["headings"]] == ["道路", "供水"]


def test_only_sentences_with_a_numeral_are_cut_into_words() -> None:
    doc = doc_of("群众拍手叫好。修路5公里。")
    assert [token.text for token in doc][:1] == ["群众拍手叫好。"]
    assert [token.text for token in doc][1:] == ["修路", "5", "公里", "。"]


def test_the_cleaned_text_travels_with_the_doc() -> None:
    cleaned = Cleaned(Document(id="t"), Aligned.whole("修路5公里。"), "修路5公里。")
    assert segment(cleaned, RULES).user_data["taizhang.cleaned"] is cleaned


@given(st.text("整改查摆问题一二三4567亿万元abc，。 ", max_size=40))
def test_tokens_give_back_the_text(text: str) -> None:
    assert "".join(Lexicon.of(RULES).cut(text)) == text


@pytest.mark.parametrize(
    ("word", "tag", "known"),
    [
        ("查摆", "v", True),  # ours
        ("调研组", "n", True),  # ours
        ("学校", "n", True),  # the dictionary's
        ("䶮䶮䶮", "x", False),  # nobody's
    ],
)
def test_tags(word: str, tag: str, known: bool) -> None:
    lexicon = Lexicon.of(RULES)
    assert (lexicon.tag(word), lexicon.knows(word)) == (tag, known)
