"""Hypothesis strategies that build whole articles, places, clauses, units, tables, readings and all, and break them."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st
from mutate import mutated

PLACES = (
    "太原市",
    "昆明市宜良县",
    "云南省",
    "鼓楼区",
    "全市",
    "该县",
    "当地",
    "我省",
    "各地",
    "连然街道",
    "",
)
VERBS = ("解决", "建成", "排查", "投入", "走访", "惠及", "制定", "实现", "同比增长", "力争", "由", "")
NOUNS = ("问题", "学校", "隐患", "资金", "农户", "群众", "方案", "路灯", "城区供暖", "规模以上工业增加值", "")
NUMERALS = (
    *(
        "614",
        "1,234",
        "1.5万",
        "2.19亿",
        "三",
        "十几",
        "两千多",
        "百余",
        "三分之二",
        "百分之五",
        "95%",
        "九成五",
    ),
    *(
        "3至5",
        "三四百",
        "5：1",
        "０",
        "〇",
        "半",
        "1.2万亿",
        "第二",
        "-3.2",
        "3/4",
        "12345",
        "二〇一九",
        "一",
        "0/0",
    ),
)
UNITS = ("个", "户", "元", "万元", "公里", "平方米", "个百分点", "%", "人次", "元/亩", "小时", "大类", "")
BOUNDS = ("约", "近", "超过", "不少于", "其中", "每户", "人均", "", "", "")
AFTER = ("以上", "左右", "余", "以内", "多", "", "", "")
TIMES = ("2019年", "9月29日", "去年5月", "截至目前", "上半年", "2019年第三季度", "到2020年底", "前三季度", "")
ENDS = ("，", "，", "、", "；", "。", "。", "：", "\n", "”", "）等", "")
TABLES = (
    "| 镇 | 户数 |\n| 青禾 | 12 |\n",
    "青禾镇\t12\t30\n",
    "<table><tr><td>青禾</td><td>12</td></tr></table>",
)
READINGS = ("務(wù)實(shí)", "個(gè)", "問(wèn)題")
HEADS = ("太原：修好一条路\n", "一、主要做法\n", "（一）广开言路\n", "来源：示例网 2019-10-20 08:00\n", "")

_clauses = st.tuples(
    *(
        st.sampled_from(words)
        for words in (TIMES, PLACES, VERBS, NOUNS, BOUNDS, NUMERALS, UNITS, AFTER, NOUNS, ENDS)
    )
).map("".join)
_pieces = st.one_of(
    _clauses,
    _clauses,
    _clauses,
    st.sampled_from(READINGS + TABLES + HEADS),
    st.tuples(st.sampled_from("“（《【〔"), _clauses, st.sampled_from("”）》】〕")).map("".join),
)

#: Articles as an office might write them.
articles = st.lists(_pieces, min_size=1, max_size=14).map("".join)


@st.composite
def broken(draw: st.DrawFn) -> str:
    """An article, cut, doubled, mixed and damaged."""
    seed = draw(st.integers(0, 2**32))
    return mutated(draw(articles), Random(seed), most=8)
