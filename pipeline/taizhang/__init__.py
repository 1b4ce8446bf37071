"""taizhang 台账: the facts in Chinese news and reports as data.

    import taizhang

    result = taizhang.extract("太原市解决问题614个。", published="2019-10-20")
    for record in result.records:
        print(record.place.name, record.metric.name, record.value, record.unit)

The functions:

    extract(text, published=None, title=None, id="text") -> Result     the records and rejections of one text
    extract_files(paths, pipeline=None) -> Iterator[Result]            those of every article in files and folders
    read(path, *, skip_unread=False) -> Iterator[Article]              the articles of a file or a folder
    aggregate(run_dir, by=("place", "year", "indicator"), *, ...)      what the records of a run come to, a row a figure
    quantities(text), dates(text), places(text), numeral(text)         what stands in a text that is no article

``Pipeline(rules_dirs=[...], min_confidence=0.0).extract(text)`` does the same with rules of your own. ``Result`` has
``records`` and ``rejects``. Each name is loaded when it is first used; ``help(taizhang.Pipeline)`` tells more of one.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taizhang.aggregates import AggregateRow, aggregate
    from taizhang.article import Article
    from taizhang.errors import (
        DateError,
        NumeralError,
        OutputError,
        QueryError,
        RuleError,
        TaizhangError,
        UnreadableInput,
    )
    from taizhang.extract.standalone import dates, numeral, places, quantities
    from taizhang.pipeline import Pipeline, extract
    from taizhang.reading import extract_files, read
    from taizhang.records import Date, PlaceMention, Quantity, RectificationItem, Rejection
    from taizhang.result import Result

_HOMES = {
    "Article": "article",
    "AggregateRow": "aggregates",
    "aggregate": "aggregates",
    "Pipeline": "pipeline",
    "extract": "pipeline",
    "extract_files": "reading",
    "read": "reading",
    "dates": "extract.standalone",
    "numeral": "extract.standalone",
    "places": "extract.standalone",
    "quantities": "extract.standalone",
    "Date": "records",
    "PlaceMention": "records",
    "Quantity": "records",
    "RectificationItem": "records",
    "Rejection": "records",
    "Result": "result",
    "DateError": "errors",
    "NumeralError": "errors",
    "OutputError": "errors",
    "QueryError": "errors",
    "RuleError": "errors",
    "TaizhangError": "errors",
    "UnreadableInput": "errors",
}

__all__ = [
    "AggregateRow",
    "Article",
    "Date",
    "DateError",
    "NumeralError",
    "OutputError",
    "Pipeline",
    "PlaceMention",
    "Quantity",
    "QueryError",
    "RectificationItem",
    "Rejection",
    "Result",
    "RuleError",
    "TaizhangError",
    "UnreadableInput",
    "aggregate",
    "dates",
    "extract",
    "extract_files",
    "numeral",
    "places",
    "quantities",
    "read",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
