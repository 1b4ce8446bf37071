"""The pipeline as a caller sees it: one string in, records and rejections out, title and date taken into account."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.pipeline import extract, shipped_pipeline

SENTENCE = "昆明市去年修复桥梁7座，惠及群众1.2万人。"


def test_fields_of_a_record() -> None:
    first, second = extract(SENTENCE, published="2024-06-01").records
    assert (first.quote, first.value, first.unit) == ("7座", Decimal(7), "座")
    assert (first.kind, first.bound) == ("count", "exact")
    assert (first.metric.name, first.metric.action, first.metric.object) == ("修复桥梁", "修复", "桥梁")
    assert (second.value, second.unit, second.metric.name) == (Decimal(12000), "人", "惠及群众")
    assert {first.place.name, second.place.name} == {"云南省昆明市"}
    assert (first.phase, second.phase, first.time, second.time) == ("result", "effect", "2023", "2023")
    assert first.sentence == second.sentence == SENTENCE


def test_relative_times_stay_open_without_a_date() -> None:
    assert [r.time for r in extract("昆明市去年修复桥梁7座。").records] == [None]


def test_the_title_is_read_and_stands_in_front() -> None:
    title = "昆明修复桥梁7座"
    result = extract("桥梁修复后，群众出行方便。", title=title)
    (record,) = result.records
    assert title[record.span.start : record.span.end] == record.quote == "7座"
    assert record.place.code == "530100"


def test_the_title_gives_the_place_of_the_text() -> None:
    (record,) = extract("全市修复桥梁7座。", title="昆明市修桥纪实").records
    assert (record.place.name, record.place.code) == ("云南省昆明市", "530100")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "。", "群众满意。", "\u3000", "\u200b"])
def test_texts_that_tell_nothing(text: str) -> None:
    result = extract(text)
    assert (result.records, result.rejects) == ((), ())


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    result = extract(text, published="2024-06-01")
    assert all(r.quote for r in result.records)


@given(
    st.text("0123456789.,:-—～%％１２一二三百千万亿零〇两半几第约余个多年个月日元／（）()“”\n", max_size=25)
)
def test_any_heap_of_numerals_is_read(text: str) -> None:
    result = extract(text)
    assert all(r.quote for r in result.records)


@pytest.mark.parametrize("text", ["共1" + "0" * 28 + "个。", "1" * 40 + "元。", "完成3/0。"])
def test_numbers_beyond_decimal_arithmetic(text: str) -> None:
    result = extract(text)
    assert len(result.records) + len(result.rejects) == 1


def test_a_fraction_without_a_value() -> None:
    result = extract("比分0/0。")
    assert (result.records, [reject.quote for reject in result.rejects]) == ((), ["0/0"])


def test_a_pipeline_is_made_once() -> None:
    assert shipped_pipeline() is shipped_pipeline()


def test_articles_do_not_touch_each_other() -> None:
    alone = extract("全市种树90棵。").records
    extract(SENTENCE)
    assert extract("全市种树90棵。").records == alone
    assert alone[0].place.code == ""


def test_a_sentence_without_end_is_not_repeated_whole_in_each_record() -> None:
    result = extract("太原市修路5公里惠及群众" * 400)
    assert len(result.records) > 300
    assert max(len(record.sentence) for record in result.records) <= 2010
    assert all(record.quote in record.sentence for record in result.records)
