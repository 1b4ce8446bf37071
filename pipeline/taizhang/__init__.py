"""taizhang: the facts in Chinese news and reports as data. The public names, each loaded when first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taizhang.errors import (
        DateError,
        NumeralError,
        OutputError,
        RuleError,
        TaizhangError,
        UnreadableInput,
    )
    from taizhang.extract.standalone import dates, numeral, places, quantities
    from taizhang.pipeline import Pipeline, extract
    from taizhang.records import Date, PlaceMention, Quantity, RectificationItem, Rejection, Result

_HOMES = {
    "Pipeline": "pipeline",
    "extract": "pipeline",
    "dates": "extract.standalone",
    "numeral": "extract.standalone",
    "places": "extract.standalone",
    "quantities": "extract.standalone",
    "Date": "records",
    "PlaceMention": "records",
    "Quantity": "records",
    "RectificationItem": "records",
    "Rejection": "records",
    "Result": "records",
    "DateError": "errors",
    "NumeralError": "errors",
    "OutputError": "errors",
    "RuleError": "errors",
    "TaizhangError": "errors",
    "UnreadableInput": "errors",
}

__all__ = [
    "Date",
    "DateError",
    "NumeralError",
    "OutputError",
    "Pipeline",
    "PlaceMention",
    "Quantity",
    "RectificationItem",
    "Rejection",
    "Result",
    "RuleError",
    "TaizhangError",
    "UnreadableInput",
    "dates",
    "extract",
    "numeral",
    "places",
    "quantities",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
