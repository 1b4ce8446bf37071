"""Recognizers-Text over the texts on standard input: one list of (start, end, value, value_max, unit) for each."""

import json
import sys

from recognizers_number import recognize_number, recognize_percentage
from recognizers_number_with_unit import (
    recognize_age,
    recognize_currency,
    recognize_dimension,
    recognize_temperature,
)
from recognizers_text import Culture

WITH_UNIT = (
    recognize_percentage,
    recognize_currency,
    recognize_dimension,
    recognize_age,
    recognize_temperature,
)


def spans(text: str) -> list[list[object]]:
    """What it finds with a unit, then the bare numbers that none of those covers."""
    found: list[list[object]] = []
    for recognize in (*WITH_UNIT, recognize_number):
        for result in recognize(text, Culture.Chinese):
            end = result.end + 1  # its ends are inclusive
            if any(low < end and result.start < high for low, high, *_ in found):  # type: ignore[operator]
                continue
            value = str((result.resolution or {}).get("value") or "")
            unit = (result.resolution or {}).get("unit") or ("%" if value.endswith("%") else "")
            found.append([result.start, end, value.rstrip("%"), None, unit])
    return found


json.dump([spans(text) for text in json.load(sys.stdin)], sys.stdout, ensure_ascii=False)
