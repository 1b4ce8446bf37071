"""Where names begin and end, and what the words that no name holds take with them: a table of our own sentences.

Each row tells a text, a quote, the name that is offered for it, and what no name that is offered for it holds.
"""

from __future__ import annotations

import pytest
from tests.extract.test_name_offers import offered

HOLES = [  # a place, a number, a time or a pointing word is taken out
    ("湖南东部、江西大部、浙江等地最低气温达5℃。", "5℃", "最低气温", "等地"),
    ("督导组将赴四川、云南等3省开展暗访。", "3省", "督导组开展暗访", "赴"),
    ("20名学生到湖南、江西等地进行了交流。", "20名", "学生进行交流", "到"),
    ("检修队在6小时内恢复供电。", "6小时内", "恢复供电", "在"),
    ("供电量突破3亿千瓦时的背后，是线路改造。", "突破3亿千瓦时", "供电量", "背后"),
    ("这是两周时间内工厂再次停工。", "两周", "工厂再次停工", "时间"),
    ("代表团由60人组成。", "60人", "代表团组成", "由"),
    ("注册车间从最初的40家缩减到12家。", "40家", "注册车间", "最初"),
    ("这件青铜方鼎重9公斤。", "9公斤", "青铜方鼎重", ""),
    ("一箱箱苹果运到山外，卖了3万元。", "3万元", "卖", "一箱"),
    ("“十四五”期间电网投资将达4万亿元。", "4万亿元", "电网投资", "期间"),
    ("报告预计2025年货运量将增长3%。", "3%", "货运量增长", "报告"),
    ("5个县的订单指数都是上升的。", "5个", "县的订单指数上升", ""),
    ("30名工人在接受培训后，开始浇筑。", "30名", "工人接受培训", "后"),
    ("展会吸引来自9个国家和地区的300家企业参展。", "300家", "吸引企业参展", "地区"),
    ("货运量累计3亿吨，日均约6万吨。", "日均约6万吨", "货运量", "约"),
    ("目前仍有30人在押。", "30人", "在押", "人在押"),
]
WHOLE = [  # a place, a date, an ordinal or a prefix is part of a name
    ("嫦娥六号探测器工作了5天。", "5天", "嫦娥六号探测器工作", ""),
    ("30名旅客抵达太原南站。", "30名", "旅客抵达太原南站", ""),
    ("春节档票房突破8亿元。", "突破8亿元", "春节档票房", ""),
    ("首套房贷款比例为20%。", "20%", "首套房贷款比例", ""),
    ("跨区域客流量达3万人次。", "3万人次", "跨区域客流量", ""),
    ("累计外送电量突破9亿千瓦时。", "突破9亿千瓦时", "外送电量", ""),
    ("产量连续8年居世界第一。", "8年", "产量居世界第一", ""),
    ("3架F-22模型参展。", "3架", "F-22模型参展", "F22"),
    ("农业植物新品种权申请量为3件。", "3件", "新品种权申请量", ""),
]
BROUGHT = [  # whom a preposition brings in does nothing
    ("将向灾区小学提供30吨粮食。", "30吨", "向灾区小学提供粮食", ""),
    ("对邻国进出口30亿元，增长5%。", "5%", "对邻国进出口增长", ""),
    ("对邻国、盟国进出口分别增长5%、6%。", "6%", "对盟国进出口增长", ""),
    ("以船舶为代表的高端装备出口30亿元。", "30亿元", "高端装备出口", ""),
]


@pytest.mark.parametrize(
    ("text", "quote", "name", "left_out"),
    [*HOLES, *WHOLE, *BROUGHT],
    ids=[row[0] for row in [*HOLES, *WHOLE, *BROUGHT]],
)
def test_bounds(text: str, quote: str, name: str, left_out: str) -> None:
    found = offered(text)[quote]
    assert name in found, found
    assert not left_out or not [other for other in found if other.startswith(left_out)], found


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        ("将向灾区小学提供30吨粮食。", "30吨", "灾区小学提供粮食"),
        ("在工业中占比提高到15%。", "15%", "中占比提高到"),
        ("以军在黎南部地区发动30次空袭。", "30次", "地区发动空袭"),
        ("新品种权申请量为3件。", "3件", "权申请量"),
        ("11.全省农机社服务30个村。", "30个", "11.全省农机社服务"),
        ("为志愿者提供30斤种子。", "30斤", "志愿者提供种子"),
    ],
)
def test_no_name_begins_inside_a_word_or_with_whom_a_preposition_brings_in(
    text: str, quote: str, name: str
) -> None:
    assert name not in offered(text)[quote]


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        ("灾区小学提供30吨粮食。", "30吨", "灾区小学提供粮食"),  # no preposition before it
        ("北部山区种树30亩。", "30亩", "北部山区种树"),  # no place before it
        ("保存在抽屉里的30元被盗。", "30元", "保存在抽屉里"),
        ("5部门联合印发通知。", "5部门", "部门联合印发通知"),
        ("地区生产总值30亿元。", "30亿元", "地区生产总值"),
        ("困难时期储备粮食30吨。", "30吨", "储备粮食"),
    ],
)
def test_the_same_words_elsewhere_are_names(text: str, quote: str, name: str) -> None:
    assert name in offered(text)[quote]


def test_what_came_of_an_event_is_told_of_the_segment_before_in_a_headline() -> None:
    assert "渡船起火遇难" in offered("渡船起火 30人遇难")["30人"]
    assert not [name for name in offered("水库大坝溃决 30名工人获救")["30名"] if "溃决工人" in name]
