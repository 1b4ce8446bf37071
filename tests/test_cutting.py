"""Words are cut as jieba itself cuts them without HMM, whatever the text."""

from __future__ import annotations

from typing import ClassVar

import jieba
from hypothesis import example, given
from hypothesis import strategies as st

from taizhang.segment.cutting import Cutter

TOKENIZER = jieba.Tokenizer()
TOKENIZER.initialize()
TOKENIZER.add_word("查摆整改", tag="v")
CUTTER = Cutter(TOKENIZER)


@given(
    st.text(
        "整改查摆问题研究生命起源一二三的了45亿万元abcXYZ.%-+#&_，。“” \t\r\n\u3000䶮𠮷鿕鿖é", max_size=60
    )
)
@example("")
@example("研究生命起源")  # 研究|生命|起源, not 研究生|命|起源
@example("建3座A级桥abc亿5")  # single letters and digits side by side are one word
@example("查摆整改问题")  # a word that was added
@example(
    "䶮䶮\r\n\r\n 鿕"
)  # characters of no word, line ends, outside and inside the range that is looked up
def test_words_are_those_of_jieba(text: str) -> None:
    assert CUTTER.cut(text) == list(TOKENIZER.cut(text, HMM=False))


def test_the_longer_word_wins_where_two_paths_are_as_likely() -> None:
    class Even:
        FREQ: ClassVar = {"甲": 1, "乙": 1, "甲乙": 1}
        total = 1  # the logarithm of every probability is 0

    assert Cutter(Even()).cut("甲乙") == ["甲乙"]
