"""Words are cut as jieba itself cuts them without HMM, whatever the text."""

from __future__ import annotations

import jieba
from hypothesis import example, given
from hypothesis import strategies as st

from taizhang.segment.cutting import Cutter
from taizhang.segment.dictionary import dictionary
from taizhang.segment.shapes import TaggedWords
from taizhang.segment.tokens import TokenLexicon

OWN = ("查摆整改", "整改查摆问题", "的了的")  # the second and third are cut by what was added before them
TOKENIZER = jieba.Tokenizer()
TOKENIZER.initialize()
for word in OWN:
    TOKENIZER.add_word(word, tag="v")
GROUP = TaggedWords(id="t", examples=("整改",), counter_examples=("改",), tag="v", forms=OWN)
LEXICON = TokenLexicon((GROUP,), dictionary())


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
    assert LEXICON.cut(text) == list(TOKENIZER.cut(text, HMM=False))


def test_words_are_counted_as_jieba_counts_them() -> None:
    known = dictionary()
    jieba.initialize()
    assert known.total == jieba.dt.total
    assert known.counts == jieba.dt.FREQ
    assert {word: LEXICON.beginning(word[0])[0][word] for word in OWN} == {w: TOKENIZER.FREQ[w] for w in OWN}


def test_the_longer_word_wins_where_two_paths_are_as_likely() -> None:
    class Even:
        total = 1  # the logarithm of every probability is 0

        def beginning(self, first: str) -> tuple[dict[str, int], None]:
            return {"甲": {"甲": 1, "甲乙": 1}, "乙": {"乙": 1}}[first], None

    assert Cutter(Even()).cut("甲乙") == ["甲乙"]
