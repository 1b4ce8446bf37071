"""The tables of divisions and towns: what must hold for every row."""

from __future__ import annotations

import doctest
from itertools import pairwise
from pathlib import Path

import pytest

from taizhang.errors import RuleError
from taizhang.extract.places.gazetteer import OPEN_END, Division, Gazetteer, gazetteer, level_of, within
from taizhang.extract.places.shapes import PLACES, PlaceRules
from taizhang.pipeline import shipped_pipeline

RULES = shipped_pipeline().rules
NAMES = gazetteer(RULES)
ROWS = [row for rows in NAMES.by_code.values() for row in rows]


def test_every_code_is_six_digits_and_every_town_nine() -> None:
    assert all(len(row.code) == 6 and row.code.isdigit() for row in ROWS)
    towns = list(RULES.table("townships.tsv"))
    assert all(len(code) == 9 and code.isdigit() for code, _ in towns)
    assert len({code for code, _ in towns}) == len(towns)


def test_a_code_names_one_division_at_a_time() -> None:
    for code, rows in NAMES.by_code.items():
        for one, next_ in pairwise(sorted(rows, key=lambda r: (r.first, r.last))):
            assert one.last <= next_.first, code


def test_parents_exist_in_the_years_of_their_parts() -> None:
    for row in ROWS:
        if level_of(row.code) == "province":
            assert row.parent == ""
            continue
        assert within(row.code, row.parent)
        above = NAMES.by_code[row.parent]
        assert min(a.first for a in above) <= row.first or row.first == 0
        assert max(a.last for a in above) >= row.last


def test_years_run_forward() -> None:
    assert all(row.first <= row.last for row in ROWS)


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("530125", 2019, "云南省昆明市宜良县"),
        ("330104", 2019, "浙江省杭州市江干区"),
        ("320684", 2018, "江苏省南通市海门市"),
        ("320614", 2024, "江苏省南通市海门区"),
        ("110102", 2019, "北京市西城区"),
        ("419001", 2019, "河南省济源市"),
        ("420600", 2009, "湖北省襄樊市"),
        ("420600", 2015, "湖北省襄阳市"),
        ("540602", 2020, "西藏自治区那曲市色尼区"),
        ("542421", 2014, "西藏自治区那曲地区那曲县"),
        ("630222", 2020, "青海省海东市民和回族土族自治县"),
        ("370116", 2020, "山东省济南市莱芜区"),
    ],
)
def test_full_names_follow_the_year(code: str, year: int, name: str) -> None:
    assert NAMES.full_name(code, year) == name


@pytest.mark.parametrize(
    ("year", "counties"), [(2010, 2856), (2023, 2846)], ids=["end of 2010", "end of 2023"]
)
def test_there_are_as_many_counties_as_there_were(year: int, counties: int) -> None:
    """National totals of divisions at county level, less the few that the code standard leaves out."""
    there = [r for r in ROWS if level_of(r.code) == "county" and r.first <= year < r.last]
    assert abs(len(there) - counties) <= 15


def test_open_rows_end_nowhere() -> None:
    assert sum(row.last == OPEN_END and level_of(row.code) == "province" for row in ROWS) == 34


def test_an_alias_for_an_unknown_code_is_refused() -> None:
    rules = RULES.load(PLACES, PlaceRules)
    with pytest.raises(RuleError, match="expected a code of the gazetteer"):
        Gazetteer([Division("110000", "北京市", "", 0, OPEN_END)], rules, {("110000", "北京市"): []}, {})


def test_examples_in_the_docs() -> None:
    path = Path(__file__).parents[2] / "docs" / "places.md"
    result = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
    assert result.failed == 0
    assert result.attempted > 5
