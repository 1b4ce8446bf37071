"""The report room's packing: a run as columns of plain JSON values, each text stored once.

A record of ``records.jsonl`` is some 1,500 bytes, most of which are said again and again: the article's title and path,
the sentence, place names, rule ids. Here a column is a list of its distinct values and, for each row, the number of
one (``{"of": [...], "at": [...]}``); a sentence is where it begins in the article's text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from taizhang.errors import RunFolderError
from taizhang.records import CleanText, RectificationItem, Rejection
from taizhang.report.indicators import names_of
from taizhang.run.folder import RunManifest
from taizhang.run.whole import title_end
from taizhang.write.fields import values

Row = TypeVar("Row", RectificationItem, Rejection)
Packed = dict[str, Any]

_SPAN = ("start", "end", "raw_start", "raw_end")
_PLACE = ("name", "code", "level", "province", "city", "county", "township")
_CODED: dict[str, Callable[[RectificationItem], Any]] = {
    "agency": lambda r: r.agency,
    "metric": lambda r: r.metric.name,
    "action": lambda r: r.metric.action,
    "object": lambda r: r.metric.object,
    "value": lambda r: _digits(r.value),
    "value_max": lambda r: _digits(r.value_max),
    "unit": lambda r: r.unit,
    "bound": lambda r: r.bound,
    "kind": lambda r: r.kind,
    "phase": lambda r: r.phase,
    "time": lambda r: r.time,
    "quote": lambda r: r.quote,
    "surface": lambda r: r.place.surface,
    "how": lambda r: r.place.how,
    "candidates": lambda r: list(r.place.candidates),
    "checks": lambda r: list(r.checks),
    "part_of": lambda r: r.part_of,
    # What records of earlier layouts do not have.
    "indicator": lambda r: getattr(r.metric, "indicator", None),
    "value_base": lambda r: _digits(getattr(r, "value_base", None)),
    "unit_base": lambda r: getattr(r, "unit_base", ""),
    "answers": lambda r: getattr(r, "answers", None),
    "duplicate_of": lambda r: getattr(r, "duplicate_of", None),
}


def pack(
    manifest: RunManifest,
    texts: Sequence[CleanText],
    records: Sequence[RectificationItem],
    rejects: Sequence[Rejection],
    debug: Mapping[int, str],
) -> Packed:
    """All that the page shows of a run.

    Raises:
        RunFolderError: a record or a rejection is of an article that the run does not have, or its quote does not
            stand where its span says.
    """
    articles = Articles(texts)
    listed = [reject for reject in rejects if not _left_out(reject)]
    failed = {articles.number(reject) for reject in rejects if reject.scope == "article"}
    return {
        "run": manifest.model_dump(include={"ruleset", "outputs", "taizhang"}),
        "documents": [
            text.document.model_dump()
            | {"text": text.text, "title_end": title_end(text), "debug": debug.get(number, "")}
            | {"read": number not in failed}
            for number, text in enumerate(texts)
        ],
        "records": _records(records, articles),
        "rejects": _rejects(listed, articles),
        "counted": _counted(manifest, listed),
        "weights": {reason: text.weight for reason, text in values()["reason"].items()},
        "indicators": names_of(record.metric for record in records),
    }


def _left_out(reject: Rejection) -> bool:
    """Whether the number stands in nothing that the page shows, as in markup or another column: it is only counted."""
    return reject.scope == "number" and reject.span is not None and reject.span.start == reject.span.end


def _counted(manifest: RunManifest, listed: Sequence[Rejection]) -> dict[str, int]:
    """By reason, how many numbers were rejected that the page does not list."""
    every = Counter(
        {reason: int(count) for reason, count in manifest.counts.get("rejected_numbers", {}).items()}
    )
    return dict(every - Counter(reject.reason for reject in listed if reject.scope == "number"))


def coded(values: Iterable[Any]) -> Packed:
    """A column as its distinct values, in the order in which they come, and the number of each row's.

    >>> coded(["个", "户", "个"])
    {'of': ['个', '户'], 'at': [0, 1, 0]}
    """
    numbers: dict[Any, int] = {}
    of: list[Any] = []
    at = []
    for value in values:
        key = tuple(value) if isinstance(value, list) else value
        if key not in numbers:
            numbers[key] = len(of)
            of.append(value)
        at.append(numbers[key])
    return {"of": of, "at": at}


class Articles:
    """The articles of a run by what records and rejections say of theirs."""

    def __init__(self, texts: Sequence[CleanText]) -> None:
        self._texts = texts
        self._numbers: dict[tuple[str, str | None], int] = {}
        for number, text in enumerate(texts):
            self._numbers.setdefault((text.document.id, text.document.path), number)

    def number(self, row: RectificationItem | Rejection) -> int:
        """Which article of the run a row is of."""
        key = (row.document.id, row.document.path)
        if key not in self._numbers:
            raise RunFolderError(
                f"documents.jsonl: expected article {key[0]!r}, of which {row.quote!r} is, got none"
            )
        return self._numbers[key]

    def sentence(self, row: RectificationItem | Rejection) -> int | str:
        """Where the row's sentence begins in the article's text; the sentence itself where it is not in it."""
        span = row.span
        if span is None or span.start == span.end:
            return row.sentence
        text = self._texts[self.number(row)].text
        if text[span.start : span.end] != row.quote:
            got = text[span.start : span.end]
            raise RunFolderError(
                f"documents.jsonl: article {row.document.id!r}: expected {row.quote!r} at {span.start}, got {got!r}"
            )
        size = len(row.sentence)
        start = text.find(row.sentence, max(0, span.end - size), span.start + size) if size else -1
        return start if start >= 0 else row.sentence


def _records(records: Sequence[RectificationItem], articles: Articles) -> Packed:
    fields = dict.fromkeys(field for record in records for field in record.rules)
    places, at = _places(records)
    packed = _common(records, articles)
    packed |= {name: coded(map(get, records)) for name, get in _CODED.items()}
    return packed | {
        "id": [r.id for r in records],
        "confidence": [r.confidence for r in records],
        "places": places,
        "place": at,
        "rules": {field: coded(r.rules.get(field) for r in records) for field in fields},
    }


def _rejects(rejects: Sequence[Rejection], articles: Articles) -> Packed:
    columns = {
        name: coded(getattr(r, name) for r in rejects)
        for name in ("scope", "reason", "detail", "quote", "rule")
    }
    return _common(rejects, articles) | columns


def _common(rows: Sequence[Row], articles: Articles) -> Packed:
    """What both kinds of rows have: article, span and sentence."""
    packed: Packed = {"document": [articles.number(row) for row in rows]}
    for name in _SPAN:
        packed[name] = [getattr(row.span, name) if row.span else None for row in rows]
    packed["sentence"] = [articles.sentence(row) for row in rows]
    packed["sentence_size"] = [len(row.sentence) for row in rows]
    return packed


def _places(records: Iterable[RectificationItem]) -> tuple[list[list[str]], list[int]]:
    """Each place once, as the values of ``_PLACE``, and the number of each record's."""
    column = coded([getattr(r.place, name) for name in _PLACE] for r in records)
    return column["of"], column["at"]


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
