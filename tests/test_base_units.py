"""Units that compare: the rules' own examples, exact conversion as a table, and what does not convert."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.base_units import FILE, BaseFile, BaseRule, BaseUnits
from taizhang.errors import RuleError, UnitError
from taizhang.pipeline import extract, shipped_pipeline
from taizhang.records import Kind
from taizhang.rules import RuleSet

RULES = shipped_pipeline().rules
UNITS = BaseUnits.of(RULES)
BASES = RULES.load(FILE, BaseFile).base


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.id)
def test_a_base_takes_its_own_examples(base: BaseRule) -> None:
    for example in base.examples:
        (record,) = extract("水库" + example.replace("⟨", "").replace("⟩", "")).records
        assert record.unit_base == base.unit
    for example in base.counter_examples:
        (record,) = extract("水库" + example).records
        assert record.unit_base != base.unit


@pytest.mark.parametrize(
    ("value", "unit", "kind", "based", "into"),
    [
        ("1.5", "公里", "length", "1500", "米"),
        ("0.10", "公里", "length", "100", "米"),
        ("3", "亩", "area", "2000", "平方米"),
        ("1", "亩", "area", "666.666667", "平方米"),
        ("0.5", "公顷", "area", "5000", "平方米"),
        ("7", "斤", "weight", "3.5", "千克"),
        ("1", "英尺", "length", "0.3048", "米"),
        ("120000", "千瓦时", "count", "120000", "千瓦时"),
        ("3600000", "焦", "count", "1", "千瓦时"),
        ("90", "分钟", "duration", "1.5", "小时"),
        ("3", "年", "duration", "36", "个月"),
        ("2", "个工作日", "duration", "2", "个工作日"),
        ("3.2", "‰", "ratio", "0.32", "%"),
        ("614", "个", "count", "614", "个"),
        ("8", "欧元", "money", "8", "欧元"),
        ("9", "分", "score", "9", "分"),
    ],
)
def test_a_value_in_its_base(value: str, unit: str, kind: Kind, based: str, into: str) -> None:
    assert UNITS.based(Decimal(value), unit, kind) == (Decimal(based), into)


@given(
    st.decimals(min_value=0, max_value=10**30, allow_nan=False, places=4),
    st.sampled_from([("公里", "length"), ("吨", "weight"), ("公顷", "area"), ("升", "volume")]),
)
def test_what_is_finite_loses_no_digit(value: Decimal, unit: tuple[str, Kind]) -> None:
    based = UNITS.based(value, *unit)
    factor = UNITS.factor(unit[0], based.unit)
    assert Fraction(based.value) == Fraction(value) * factor


@pytest.mark.parametrize(("unit", "into"), [("亩", "公里"), ("个", "件"), ("元", "美元"), ("年", "天")])
def test_what_does_not_convert_says_so(unit: str, into: str) -> None:
    with pytest.raises(UnitError, match=into):
        UNITS.factor(unit, into)


@pytest.mark.parametrize("wrong", ["弓 = 5 尺子", "弓", "千米 = 1000 弓"])
def test_a_wrong_definition_is_named(wrong: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        f'[[base]]\nid = "my.bow"\nunit = "弓"\nkinds = ["length"]\nucum = "1"\nqudt = "1"\ndefinitions = ["{wrong}"]\n'
        'examples = ["⟨3弓⟩"]\ncounter_examples = ["3张弓"]\n',
        "utf-8",
    )
    with pytest.raises(RuleError, match=r"my\.bow"):
        BaseUnits(RuleSet([tmp_path]))
