"""Read: Arrow batches that a program hands over, a row an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, cast, get_args

from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.assemble import InputRow, from_row
from taizhang.read.origin import Origin
from taizhang.read.settings import ReadSettings
from taizhang.read.shapes import Sense
from taizhang.records import Rejection


class BatchReader:
    """Makes articles of the rows of batches that lie in no file; each must have an id of its own.

    The program cannot tell one row from another across the machines of a cluster, so it gives no ids here.
    """

    def __init__(self, settings: ReadSettings) -> None:
        self._settings = settings
        self._rows = Origin("batch", "batch")
        self._number = 0

    def articles(self, batch: Any) -> Iterator[Article | Rejection]:
        """One article, or the rejection of it, for each row of a pyarrow RecordBatch, in order.

        Raises:
            UnreadableInput: ``no-text`` or ``no-id``, where no column has it.
        """
        names = batch.schema.names
        if self._settings.key(dict.fromkeys(names, True), "id") is None:
            raise UnreadableInput("no-id", f"expected an id column, got {', '.join(map(repr, names))}")
        for values in batch.select(article_columns(names, self._settings)).to_pylist():
            self._number += 1
            yield self._article(row_of(values), self._rows.at_row(self._number))

    def _article(self, row: InputRow, origin: Origin) -> Article | Rejection:
        try:
            if self._settings.key(row.values, "id") is None:
                raise UnreadableInput("no-id", f"{origin.name}: expected an id, got none")
            article = from_row(row, origin, self._settings)
            return replace(article, document=article.document.model_copy(update={"path": None}))
        except UnreadableInput as error:
            rejection = origin.rejection(error)
            key = self._settings.key(row.values, "id")
            known = {"id": str(row.values[key])} if key else {}
            document = rejection.document.model_copy(update={"path": None, **known})
            return rejection.model_copy(update={"document": document})


def article_columns(names: list[str], settings: ReadSettings) -> list[str]:
    """Those of the columns that may have a part of an article.

    Raises:
        UnreadableInput: ``no-text``, where none can have the text.
    """
    settings.require_text(names)
    return [n for n in names if any(settings.has(n, cast(Sense, sense)) for sense in get_args(Sense))]


def row_of(values: dict[str, Any]) -> InputRow:
    """A row whose source text is its strings, a line each; columns have no text that they stand in."""
    fields = {name: v.isoformat() if isinstance(v, date) else v for name, v in values.items()}
    strings = {name: value for name, value in fields.items() if isinstance(value, str)}
    source = "\n".join(strings.values())
    whole, at = Aligned.whole(source), 0
    texts: dict[str, Aligned] = {}
    for name, value in strings.items():
        texts[name] = whole.cut(at, at + len(value))
        at += len(value) + 1
    return InputRow(source, fields, texts)
