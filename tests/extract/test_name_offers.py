"""Which names are offered for a number, whatever weight they have: whole words, no neighbour's, nothing said twice."""

from __future__ import annotations

import re

import pytest

from taizhang.article import Article
from taizhang.records import Document
from taizhang.rules import RuleSet
from taizhang.stages import run_stages

RULES = RuleSet()
TWICE = re.compile(r"(.{2,})\1")

OFFERED = [  # text, quote, what is offered, what is not
    ("洪水造成浙江、福建2省30万人受灾。", "30万人", "造成受灾", "造成、2省受灾"),
    ("洪水造成房屋、道路损毁30处。", "30处", "造成房屋、道路损毁", "造成房屋道路损毁"),
    ("洪水造成浙江企业和商户停业30家。", "30家", "造成企业和商户停业", "造成企业商户停业"),
    ("排查的问题中，有12个已经解决。", "12个", "解决", "排查的问题中"),
    ("全县有3条道路恢复通车。", "3条", "道路恢复通车", "有道路恢复通车"),
    ("全县有公路3条。", "3条", "有公路", "公路有"),
    ("未完成整改2个，已完成整改5个。", "5个", "完成整改", "完成整改未"),
    ("新设窗口3个、开通热线2条。", "3个", "新设窗口", "新设窗口开通热线"),
    ("新建26公里供水、20公里燃气管网。", "26公里", "新建供水", "供水燃气"),
    ("会议提出，此次培训学员30名。", "30名", "培训学员", "此次培训学员"),
    ("这家工厂不仅招聘工人30名。", "30名", "招聘工人", "不仅招聘工人"),
    ("市场总额每年可达3亿元。", "每年可达3亿元", "市场总额", "市场总额可"),
    ("报废家电回收量达270吨。", "270吨", "报废家电回收量", "报废家电回收量达"),
    ("林火的过火面积扩大到17平方公里。", "17平方公里", "过火面积扩大", "过火面积扩大到"),
    ("山洪死亡人数升至21人。", "21人", "死亡人数", "死亡人数升至"),
    ("豆干产值从3亿元增长到现在的9亿元。", "9亿元", "豆干产值增长", "豆干产值增长到"),
    ("这家渡轮公司经营有4条航线。", "4条", "经营航线", "经营有航线"),
    ("两年中3项指数保持在50%以上。", "3项", "指数", "指数保持在"),
    ("水电发电量占全国的七成。", "七成", "水电发电量占全国", "水电发电量占"),
    ("水电发电量占全省用电的七成。", "七成", "水电发电量占用电", "水电发电量占全省"),
    ("代表队夺1枚金牌，以及2枚银牌和3枚铜牌。", "3枚", "夺铜牌", "代表队夺夺铜牌"),
]


def offered(text: str) -> dict[str, set[str]]:
    """The names that are offered for each number, by its quote."""
    candidates = run_stages(Article.of(text, Document(id="a")), RULES).extraction.candidates
    return {c.quantity.quote: {o.value for o in c.choices["metric"].options} for c in candidates}


@pytest.mark.parametrize(("text", "quote", "name", "other"), OFFERED, ids=[row[0] for row in OFFERED])
def test_offers(text: str, quote: str, name: str, other: str) -> None:
    found = offered(text)[quote]
    assert name in found, found
    assert other not in found


@pytest.mark.parametrize(
    "text",
    [
        "其中市级党员36人，“优秀党员”12人。",
        "塔高30米，塔宽12米。",
        "总人口5万人，总人口增长3%。",
        "水电、风电发电量增长，分别增长6%和4%。",
    ],
)
def test_nothing_is_said_twice(text: str) -> None:
    assert not [name for names in offered(text).values() for name in names if TWICE.search(name)]


def test_names_of_what_is_told_before_begin_with_a_word() -> None:
    names = offered("《城北新区鼓励发展的现代服务产业指导目录》，共五类85项。")["85项"]
    assert not [name for name in names if "》" in name and "《" not in name]
