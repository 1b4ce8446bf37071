"""Numbers: values, the ways to write them, numbers that do not count, and what always holds."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang import dates, numeral, quantities
from taizhang.errors import NumeralError
from taizhang.extract.numbers import find_numbers
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Date, PlaceMention

CASES = Path(__file__).parent / "cases"
RULES = shipped_pipeline().rules
MARK = re.compile("[⟨⟩]")
ALWAYS = "〇零一二三四五六七八九十百千万亿两半"


def rows(name: str) -> Iterator[list[str]]:
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def marked(phrase: str) -> tuple[str, int, int]:
    """A phrase without its ⟨ ⟩, and where they stood."""
    start, end = phrase.index("⟨"), phrase.index("⟩") - 1
    return MARK.sub("", phrase), start, end


NUMERALS = [(value, text) for value, texts in rows("num_numerals.tsv") for text in texts.split()]
QUANTITIES = [(row[1:-1], phrase) for row in rows("num_quantities.tsv") for phrase in row[-1].split("|")]
EXCLUSIONS = [
    (reason, phrase) for reason, phrases in rows("num_exclusions.tsv") for phrase in phrases.split("|")
]


@pytest.mark.parametrize(("value", "text"), NUMERALS)
def test_numeral(value: str, text: str) -> None:
    assert numeral(text) == Decimal(value)


@pytest.mark.parametrize("text", [row[0] for row in rows("num_not_numerals.tsv")])
def test_not_a_numeral(text: str) -> None:
    with pytest.raises(NumeralError):
        numeral(text)


@pytest.mark.parametrize(("fields", "phrase"), QUANTITIES)
def test_quantity(fields: list[str], phrase: str) -> None:
    text, start, end = marked(phrase)
    value, value_max, unit, bound, kind = fields
    found, _ = find_numbers(text, RULES)
    assert [
        (q.start, q.end, q.value, q.value_max, q.unit, q.bound, q.kind)
        for q in found
        if q.start <= start < q.end
    ] == [(start, end, Decimal(value), Decimal(value_max) if value_max else None, unit, bound, kind)]
    assert found[0].quote == text[start:end]


@pytest.mark.parametrize(("reason", "phrase"), EXCLUSIONS)
def test_exclusion(reason: str, phrase: str) -> None:
    text, start, end = marked(phrase)
    found, excluded = find_numbers(text, RULES)
    assert [q.quote for q in found if q.start < end and q.end > start] == []
    assert reason in [e.reason for e in excluded if e.start < end and e.end > start]


def test_dates_that_are_given_are_excluded() -> None:
    text = "截至6月3日走访8户"
    date = Date(start=2, end=6, quote="6月3日", value="")
    found, excluded = find_numbers(text, RULES, [date])
    assert [q.quote for q in found] == ["8户"]
    assert [(e.start, e.end, e.reason) for e in excluded] == [(2, 6, "date")]


def test_numerals_in_places_that_are_given_are_names() -> None:
    text = "五里牌街道新建3座桥"
    place = PlaceMention(start=0, end=5, surface="五里牌街道")
    found, excluded = find_numbers(text, RULES, (), [place])
    assert [q.quote for q in found] == ["3座"]
    assert [(e.start, e.end, e.reason) for e in excluded] == [(0, 5, "name")]


def test_quantities_keeps_what_is_no_record() -> None:
    assert [q.quote for q in quantities("300平方米以下的餐馆和60岁以上的人")] == ["300平方米以下", "60岁以上"]


@given(st.integers(0, 10**16 - 1))
def test_every_integer_in_chinese_reads_back(number: int) -> None:
    assert numeral(cn2an.an2cn(number)) == number


@given(st.decimals(0, 10**8, places=4))
def test_every_decimal_in_chinese_reads_back(number: Decimal) -> None:
    text = f"{number:.4f}".rstrip("0")
    if not text.endswith("."):
        assert numeral(cn2an.an2cn(text)) == number


@given(st.integers(1, 10**8), st.sampled_from(["", "万", "亿", "万亿"]))
def test_every_mixed_numeral_reads_back(number: int, scale: str) -> None:
    worth = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    assert numeral(f"{number}{scale}") == number * worth
    assert numeral(f"{number}.25{scale}") == (number + Decimal("0.25")) * worth


PIECES = [
    *"一两三十百万半零〇个元%近超余多第年，。“”《》、至每人户点成双首几村统折负米块又",
    "3",
    "20",
    "1.5",
]
PIECES += [
    "以上",
    "分之",
    "小时",
    "分钟",
    "翻",
    "番",
    "每天",
    "人均",
    "零下",
    "$",
    "￥",
    "比",
    "：",
    "-",
    "—",
    "/",
    "（",
    "）",
    "A",
]


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_every_numeral_is_in_one_place(text: str) -> None:
    found, excluded = find_numbers(text, RULES)
    spans = sorted([(q.start, q.end) for q in found] + [(e.start, e.end) for e in excluded])
    assert all(low[1] <= high[0] for low, high in pairwise(spans))
    covered = {i for start, end in spans for i in range(start, end)}
    assert [i for i, c in enumerate(text) if (c.isdigit() or c in ALWAYS) and i not in covered] == []
    assert all(text[q.start : q.end] == q.quote for q in found)
    assert found == sorted(found, key=lambda q: q.start)
    assert excluded == sorted(excluded)


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    for quantity in quantities(text):
        assert text[quantity.start : quantity.end] == quantity.quote
    for date in dates(text, "2021-06-15"):
        assert text[date.start : date.end] == date.quote


@given(st.integers(1, 10**16 - 1), st.sampled_from(["", "约", "近", "超过"]))
def test_every_integer_counts_in_a_text(number: int, bound: str) -> None:
    """In digits, with thousands separators, in Chinese: the same quantity wherever it stands."""
    for written in (str(number), f"{number:,}", cn2an.an2cn(number)):
        if written in {"一", "二"}:  # an article, and a second
            continue
        found = quantities(f"共{bound}{written}吨。")
        assert [(q.value, q.unit) for q in found] == [(number, "吨")]


def steps(text: str) -> int:
    """How often the reading of ``text`` calls a function."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        quantities(text)
        dates(text)
    finally:
        sys.setprofile(None)
    return calls


RUNS = [
    "1",
    "一",
    "万",
    "百",
    "亿",
    "（",
    "“",
    "《",
    "1、",
    "1.",
    "1:",
    "一二",
    "3个",
    "第",
    "每",
    "-",
    "2019年",
    "三分之",
    "近",
    "1 ",
    "1，",
    "1-",
    "1万",
    "壹",
    "十几",
    "两",
    "一 ",
    "å",
]


@pytest.mark.parametrize("unit", RUNS)
def test_the_steps_grow_no_faster_than_the_text(unit: str) -> None:
    """Twice the text takes about twice the calls."""
    quantities("3个")
    dates("3月")
    small = steps(unit * (2_000 // len(unit)))
    large = steps(unit * (4_000 // len(unit)))
    assert large <= 2.5 * small + 200


@pytest.mark.large
@pytest.mark.parametrize("unit", ["1", "一", "万", "亿", "一二", "（", "“", "《"])
def test_a_run_of_100_000_characters_is_read(unit: str) -> None:
    long = unit * (100_000 // len(unit))
    assert all(q.end <= len(long) for q in quantities(long))
    assert all(d.end <= len(long) for d in dates(long))
