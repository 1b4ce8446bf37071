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
from taizhang.segment.stage import Segmented, segment
from taizhang.segment.tokens import TokenLexicon

RULES = shipped_pipeline().rules
LEVELS = ("sections", "paragraphs", "sentences", "clauses")


def segmented(text: str, title_end: int = 0) -> Segmented:
    return segment(Cleaned(Document(id="t"), Aligned.whole(text), text, title_end=title_end), RULES)


def doc_of(text: str) -> Doc:
    return segmented(text).doc


@given(st.text(max_size=60) | st.text("修路5公里，建桥三座。\n“”（） \t\u3000", max_size=60))
@example("")
@example(" \n ")
@example("\u200b5\n")
def test_the_doc_is_the_text(text: str) -> None:
    made = segmented(text)
    doc, layout = made.doc, made.layout
    assert doc.text == text
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


@given(st.text(max_size=60) | st.text("修路5公里，建桥三座。\n“”（） \t\u3000", max_size=60))
@example("共5人。 \n　另3人，分两组。")
def test_the_tokens_of_a_sentence_are_those_of_the_text_that_begin_in_it(text: str) -> None:
    made = segmented(text)
    every = made.tokens.all()
    assert "".join(text[token.start : token.end] for token in every) == text
    for start, end in made.layout.sentences:
        assert made.tokens.within(start, end) == [token for token in every if start <= token.start < end]


@given(st.text("整改查摆问题一二三4567亿万元abc，。 ", max_size=40))
def test_tokens_give_back_the_text(text: str) -> None:
    assert "".join(TokenLexicon.of(RULES).cut(text)) == text


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("查摆", "v"),  # ours
        ("调研组", "n"),  # ours
        ("学校", "n"),  # the dictionary's
        ("䶮䶮䶮", "x"),  # nobody's
    ],
)
def test_tags(word: str, tag: str) -> None:
    assert TokenLexicon.of(RULES).tag(word) == tag
