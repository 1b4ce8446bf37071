"""The write room's JSON: the standard library's, but a Decimal keeps every digit and needs no exponent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from pydantic import BaseModel

_SHORT = 40  # digits


def _number(value: object) -> object:
    """What the library's own encoder writes with the same digits; where there is none, it is written here."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, Decimal) and value.is_finite():
        digits = format(value, "f")
        if len(digits) > _SHORT:  # Python refuses to make an integer of very many
            raise TypeError("expected fewer digits")
        number = int(digits) if "." not in digits else float(digits)
        if repr(number) == digits:
            return number
    raise TypeError(f"expected a value that JSON has a form for, got {type(value).__name__}")


_PLAIN = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_number)


def dumps(value: object) -> str:
    """``value`` as JSON on one line, keys in the order given.

    >>> dumps({"value": Decimal("0.10"), "value_max": Decimal("1.5E+4"), "unit": "户"})
    '{"value": 0.10, "value_max": 15000, "unit": "户"}'

    Raises:
        TypeError: a value that JSON has no form for.
        ValueError: a number that JSON has no form for (NaN, infinity).
    """
    if isinstance(value, BaseModel):
        return dumps(value.model_dump())
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if not isinstance(value, Mapping | list | tuple):
        return _PLAIN.encode(value)
    try:
        return _PLAIN.encode(value)  # at one go, and many times as fast
    except TypeError:
        pass
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_PLAIN.encode(str(k))}: {dumps(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(map(dumps, value)) + "]"
