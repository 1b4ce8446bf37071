"""Numbers: a text that is one number and nothing else, as the cell of a table is."""

from __future__ import annotations

from decimal import Decimal

from taizhang.errors import NumeralError
from taizhang.extract.numbers.fold import fold
from taizhang.extract.numbers.forms import single
from taizhang.extract.numbers.numeral import LONGEST, read_number, writing
from taizhang.extract.numbers.words import words
from taizhang.records import Quantity
from taizhang.rules import RuleSet

_MARKS = "。，,;；"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def read_numeral(text: str, rules: RuleSet) -> Decimal:
    """The value of a text that is exactly one numeral, with 分之 or 成 as well.

    Raises:
        NumeralError: the text is not one numeral.

    >>> read_numeral("1.2万亿", RuleSet())
    Decimal('1200000000000')
    """
    folded = fold(text.translate(_FULL_WIDTH), rules).strip()
    value = single(folded, rules)
    return read_number(folded, rules) if value is None else value


def _is_word(text: str, rules: RuleSet) -> bool:
    """Whether a text that begins with a multiplier is a word: 万一."""
    return text[0] in writing(rules).scales and words(rules).of(text) is not None


def the_number(text: str, rules: RuleSet) -> Quantity | None:
    """The number that ``text`` is, without a unit; None where it is more than that, or a share.

    >>> the_number("四百五十", RuleSet()).value
    Decimal('450')
    """
    start = len(text) - len(text.lstrip())
    written = text.strip().rstrip(_MARKS)
    if not written or len(written) > LONGEST or _is_word(written, rules):
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
