"""Numbers and dates in the ways in which people write them, through the public functions."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from taizhang import dates, numeral, places, quantities
from taizhang.errors import NumeralError
from taizhang.rules import RuleSet

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "written.toml").read_text("utf-8"))
TRADITIONAL = OpenCC("s2tw")
TRADITIONAL_ONLY = set("濬澂")  # of which 浚 and 澄 are no simplified forms, but others
NAMES = sorted({row[1] for row in RuleSet().table("divisions.tsv")})
FIRST, LAST = date(1949, 1, 1), date(2050, 12, 31)
FIGURES = "〇一二三四五六七八九"


def named(case: dict[str, Any]) -> str:
    return str(case["proves"])


@pytest.mark.parametrize("case", CASES["quantities"], ids=named)
def test_quantities(case: dict[str, Any]) -> None:
    found = [
        [q.quote, f"{q.value:f}", "" if q.value_max is None else f"{q.value_max:f}", q.unit, q.bound]
        for q in quantities(case["text"])
    ]
    assert sorted(found) == sorted(case["right"])
    assert all(case["text"][q.start : q.end] == q.quote for q in quantities(case["text"]))


@pytest.mark.parametrize("case", CASES["dates"], ids=named)
def test_dates(case: dict[str, Any]) -> None:
    found = dates(case["text"], case.get("published"))
    assert [[d.quote, d.value] for d in found] == case["right"]
    assert all(case["text"][d.start : d.end] == d.quote for d in found)


@pytest.mark.parametrize("case", CASES["places"], ids=named)
def test_places(case: dict[str, Any]) -> None:
    found = places(case["text"], case.get("published"))
    assert [[m.surface, m.code] for m in found] == case["right"]
    assert all(case["text"][m.start : m.end] == m.surface for m in found)


@given(st.sampled_from(NAMES))
def test_every_division_reads_back_in_traditional_characters(name: str) -> None:
    written = TRADITIONAL.convert(name)
    if TRADITIONAL_ONLY.intersection(written):
        return
    assert [(m.code, m.candidates) for m in places(written)] == [
        (m.code, m.candidates) for m in places(name)
    ], written


@given(st.integers(1, 10**16 - 1))
def test_every_integer_reads_back_in_every_writing(number: int) -> None:
    """In Chinese, in traditional characters, in the cheque writing, in digits, and mixed."""
    written = cn2an.an2cn(number)
    assert numeral(written) == number
    assert numeral(TRADITIONAL.convert(written)) == number
    assert numeral(cn2an.an2cn(number, "up")) == number
    assert numeral(f"{number:,}") == numeral(f"{number:,}".replace(",", "'")) == number
    high, low = divmod(number, 10**4)
    if high and low >= 1000:
        assert numeral(f"{high}万{low}") == number
    assert numeral(f"{number}万") == number * 10**4
    assert numeral(f"{number} million") == number * 10**6
    hundreds, rest = divmod(number, 100)
    if 0 < hundreds < 10 <= rest:
        assert numeral(f"{hundreds}百{rest}") == number


@given(st.integers(1, 10**12 - 1))
def test_every_amount_reads_back(number: int) -> None:
    """A sum of money in the cheque writing and in traditional characters, within a sentence."""
    for written in (cn2an.an2cn(number, "up") + "元整", TRADITIONAL.convert(cn2an.an2cn(number)) + "圓"):
        if number < 10:  # 壹元: one character alone may be a word
            continue
        found = quantities(f"合同价款为{written}。")
        assert [(q.value, q.unit) for q in found] == [(Decimal(number), "元")], written


def in_chinese(number: int) -> str:
    return cn2an.an2cn(number).removeprefix("一") if 10 <= number < 20 else cn2an.an2cn(number)


def ways(day: date) -> list[str]:
    year, month, number = day.year, day.month, day.day
    spelt = "".join(FIGURES[int(c)] for c in str(year))
    return [
        f"{year}年{month}月{number}日",
        f"{year}年{month:02}月{number:02}日",
        f"{year}年{month}月{number}号",
        f"{year}年{month}月{number}號",
        f"{year} 年 {month} 月 {number} 日",
        f"{spelt}年{in_chinese(month)}月{in_chinese(number)}日",
        f"{spelt.replace('〇', '零')}年{in_chinese(month)}月{in_chinese(number)}号",
        f"{year}-{month:02}-{number:02}",
        f"{year}/{month}/{number}",
        f"{year}.{month}.{number}",
        f"{year}{month:02}{number:02}",
    ]


@given(st.integers(0, (LAST - FIRST).days))
def test_every_day_reads_back_in_ten_writings(days: int) -> None:
    day = FIRST + timedelta(days)
    for written in ways(day):
        assert [d.value for d in dates(written)] == [day.isoformat()], written


LEFT_TO_THE_GRAMMAR = ["一百五", "两千六", "二〇一九", "1.2万亿", "3万4000", "百万"]


@pytest.mark.parametrize("text", LEFT_TO_THE_GRAMMAR)
def test_what_cn2an_does_not_read(text: str) -> None:
    """A strict reading of cn2an's refuses what is not written out in full: there the grammar reads."""
    with pytest.raises(ValueError):
        cn2an.cn2an(text, "strict")
    assert numeral(text) > 0


def test_what_cn2an_reads_wrong() -> None:
    assert cn2an.cn2an("一亿十万", "strict") == 10**8
    assert numeral("一亿十万") == 100_100_000


@pytest.mark.parametrize("text", ["三十两", "一万六七", "百", "零百", "两百两", ""])
def test_no_numeral(text: str) -> None:
    with pytest.raises(NumeralError):
        numeral(text)
