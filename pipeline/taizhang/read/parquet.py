"""Read: Parquet files, a row an article, a few hundred rows in memory at a time. Needs the extra ``parquet``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, cast, get_args

from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.assemble import Row, from_row
from taizhang.read.extras import needed
from taizhang.read.rules import Sense
from taizhang.read.settings import Settings
from taizhang.read.streams import Blob
from taizhang.records import Rejection

ROWS_AT_ONCE = 256


def parquet(blob: Blob, settings: Settings) -> Iterator[Article | Rejection]:
    """The articles of a Parquet file; only the columns that an article has are read.

    Raises:
        UnreadableInput: ``missing-extra``, ``bad-parquet``, ``no-text``, ``unpacked-too-large``.
    """
    library = needed("pyarrow.parquet", "parquet")
    errors = (needed("pyarrow", "parquet").ArrowException, OSError)
    try:
        file = library.ParquetFile(blob.random_access(settings.limits))
        columns = _columns(file.schema_arrow.names, settings)
        for group in range(file.num_row_groups):
            blob.budget.spend(file.metadata.row_group(group).total_byte_size)
        number = 0
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns):
            for values in batch.to_pylist():
                number += 1
                origin = blob.origin.at_row(number)
                try:
                    yield from_row(_row(values), origin, settings)
                except UnreadableInput as error:
                    yield origin.rejection(error)
    except errors as error:
        raise UnreadableInput("bad-parquet", f"{blob.origin.name}: {error}") from error


def _columns(names: list[str], settings: Settings) -> list[str]:
    """The columns that may have a part of an article."""
    settings.require_text(names)
    return [n for n in names if any(settings.has(n, cast(Sense, sense)) for sense in get_args(Sense))]


def _row(values: dict[str, Any]) -> Row:
    """A row whose source text is its strings, a line each; there is no text in the file itself."""
    fields = {name: v.isoformat() if isinstance(v, date) else v for name, v in values.items()}
    strings = {name: value for name, value in fields.items() if isinstance(value, str)}
    source = "\n".join(strings.values())
    whole, at = Aligned.whole(source), 0
    texts: dict[str, Aligned] = {}
    for name, value in strings.items():
        texts[name] = whole.cut(at, at + len(value))
        at += len(value) + 1
    return Row(source, fields, texts)
