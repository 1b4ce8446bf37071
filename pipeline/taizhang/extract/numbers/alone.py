"""A text that is one number and nothing else, as the cell of a table is."""

from __future__ import annotations

from taizhang.errors import NumeralError
from taizhang.extract.numbers.numeral import LONGEST, read_number
from taizhang.records import Quantity
from taizhang.rules import RuleSet

_MARKS = "。，,;；"


def the_number(text: str, rules: RuleSet) -> Quantity | None:
    """The number that ``text`` is, without a unit; None where it is more than that, or a share.

    >>> the_number("四百五十", RuleSet()).value
    Decimal('450')
    """
    start = len(text) - len(text.lstrip())
    written = text.strip().rstrip(_MARKS)
    if not written or len(written) > LONGEST:
        return None
    try:
        value = read_number(written, rules)
    except NumeralError:
        return None
    used = {"value": "form.alone", "unit": "unit.none", "bound": "bound.exact", "kind": "unit.none"}
    return Quantity(
        start=start,
        end=start + len(written),
        quote=written,
        value=value,
        value_max=None,
        unit="",
        bound="exact",
        kind="count",
        rules=used,
    )
