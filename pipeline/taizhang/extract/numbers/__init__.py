"""Numbers: every numeral of a text as a quantity (value, unit, bound, kind) or as an exclusion."""

from taizhang.extract.numbers.find import find_numbers, quantities
from taizhang.extract.numbers.numeral import numeral

__all__ = ["find_numbers", "numeral", "quantities"]
