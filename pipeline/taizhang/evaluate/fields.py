"""The evaluate room's fields: when each of them is right."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from taizhang.evaluate.lines import Row

FIELDS = ("value", "unit", "bound", "kind", "metric", "place", "code", "phase", "time")


def right(name: str, gold: Row, program: Row) -> bool:
    """Whether the program's record has this field right; where gold has ``also``, a second annotator's is too."""
    if name == "metric":
        metric = program.get("metric") or ""
        heads = ([head] if isinstance(head, str) else head for head in gold["heads"])
        short = len(metric) <= len(gold["metric"]) * 1.5 + 4
        return short and all(any(word in metric for word in equals) for equals in heads)
    if name == "value":
        return all(_decimal(gold.get(f)) == _decimal(program.get(f)) for f in ("value", "value_max"))
    readings = [gold.get(name), *(gold.get("also") or {}).get(name, [])]
    return _plain(name, program.get(name)) in {_plain(name, reading) for reading in readings}


def _plain(name: str, value: object) -> str:
    text = str(value or "")
    return text.replace("％", "%") if name == "unit" else text


def _decimal(value: object) -> Decimal | str | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return str(value)
