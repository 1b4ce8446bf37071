"""JSON with exact numbers: every digit of a Decimal, no exponent, readable by the standard library."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.write.exact_json import dumps

DECIMALS = [
    # written as, expected, what it proves
    ("15000", "15000", "a whole number has no point"),
    ("1.5E+4", "15000", "no exponent for a whole number"),
    ("1E-7", "0.0000001", "no exponent for a small one"),
    ("0.10", "0.10", "trailing digits stay"),
    ("0.1000000000000000055", "0.1000000000000000055", "more digits than a float has"),
    ("123456789012345678901", "123456789012345678901", "more digits than 64 bits have"),
    ("-3.5", "-3.5", "a written minus"),
]


@pytest.mark.parametrize(("value", "expected", "proves"), DECIMALS, ids=[c[2] for c in DECIMALS])
def test_decimal_keeps_its_digits(value: str, expected: str, proves: str) -> None:
    assert dumps(Decimal(value)) == expected


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), float("nan"), object()])
def test_what_json_has_no_form_for_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        dumps(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_any_decimal_comes_back_equal(value: Decimal) -> None:
    written = dumps({"value": value})
    assert "e" not in written.lower().replace('"value"', "")
    assert json.loads(written, parse_float=Decimal, parse_int=Decimal)["value"] == value


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(plain)
def test_all_else_is_what_the_standard_library_writes(value: object) -> None:
    assert dumps(value) == json.dumps(value, ensure_ascii=False)
