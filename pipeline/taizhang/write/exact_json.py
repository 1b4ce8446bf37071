"""The write room's JSON: the standard library's, but a Decimal keeps every digit and needs no exponent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from pydantic import BaseModel

_PLAIN = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


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
        return _PLAIN.encode(value)  # at one go, and many times as fast, what has no Decimal in it
    except TypeError:
        pass
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_PLAIN.encode(str(k))}: {dumps(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(map(dumps, value)) + "]"
