"""Numbers: every numeral of a text as a quantity (value, unit, bound, kind) or as an exclusion."""

from taizhang.extract.numbers.find import find_numbers, find_quantities

__all__ = ["find_numbers", "find_quantities"]
