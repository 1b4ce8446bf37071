"""The write room's JSON: the standard library's, but a Decimal keeps every digit and needs no exponent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from pydantic import BaseModel

_SHORT = 40  # digits


class _MoreDigits(Exception):
    """A Decimal that no int or float is written like, such as 0.10."""


def _quick(value: object) -> object:
    """What the standard library's encoder, which is written in C, writes as ``value`` is to be written."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Decimal) and value.is_finite():
        written = format(value, "f")
        if len(written) > _SHORT:  # Python refuses to print an integer of very many digits
            raise _MoreDigits
        for number in (int(value), float(value)):
            if str(number) == written:
                return number
        raise _MoreDigits
    raise TypeError(f"expected a value that JSON has a form for, got {type(value).__name__}")


_PLAIN = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_quick)


def dumps(value: object) -> str:
    """``value`` as JSON on one line, keys in the order given.

    >>> dumps({"value": Decimal("0.10"), "value_max": Decimal("1.5E+4"), "unit": "户"})
    '{"value": 0.10, "value_max": 15000, "unit": "户"}'

    Raises:
        TypeError: a value that JSON has no form for.
        ValueError: a number that JSON has no form for (NaN, infinity).
    """
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    try:
        return _PLAIN.encode(value)
    except _MoreDigits:
        return _piece_by_piece(value)


def _piece_by_piece(value: object) -> str:
    if isinstance(value, BaseModel):
        return _piece_by_piece(value.model_dump())
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{dumps(str(k))}: {dumps(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(dumps, value)) + "]"
    return dumps(value)
