"""What a pydantic model did not accept, as the end of a sentence of ours that begins with "expected"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

_SHOULD_BE = "Input should be "  # with which pydantic begins most of what it says
_VALUE_ERROR = "Value error, "  # what a check of our own raised
_EXPECTED = "expected "
_SHOULD_HAVE = re.compile(r"^([A-Z][a-z]+) should (have|match) ")
_LINKS = {"have": "with", "match": "of"}


def wanted(fault: Mapping[str, Any]) -> str:
    """What was expected where one error of ``ValidationError.errors()`` arose.

    >>> wanted({"type": "int_parsing", "msg": "Input should be a valid integer"})
    'a valid integer'
    >>> wanted({"type": "missing", "msg": "Field required"})
    'this key, which is required'
    >>> wanted({"type": "string_too_long", "msg": "String should have at most 40 characters"})
    'a string with at most 40 characters'
    """
    match fault["type"]:
        case "missing":
            detail = "this key, which is required"
        case "extra_forbidden":
            detail = "no key of this name"
        case _:
            said = (
                str(fault["msg"]).removeprefix(_VALUE_ERROR).removeprefix(_SHOULD_BE).removeprefix(_EXPECTED)
            )
            detail = _SHOULD_HAVE.sub(lambda kind: f"a {kind[1].lower()} {_LINKS[kind[2]]} ", said)
    return detail


def found(fault: Mapping[str, Any], most: int = 80) -> str:
    """What was there instead, cut to ``most`` characters; "none" for a key that is missing.

    >>> found({"type": "int_parsing", "input": "x"}), found({"type": "missing", "input": {"a": 1}})
    ("'x'", 'none')
    """
    if fault["type"] == "missing":
        return "none"
    shown = repr(fault.get("input"))
    return shown if len(shown) < most else shown[: most - 3] + "..."


def first_fault(error: ValidationError) -> str:
    """Where the first fault is and what pydantic says of it; only the latter where it is the whole."""
    first = error.errors()[0]
    where, said = ".".join(map(str, first["loc"])), first["msg"]
    return f"{where}: {said}" if where else str(said)
