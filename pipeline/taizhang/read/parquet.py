"""Read: Parquet files, a row an article, a few hundred rows in memory at a time. Needs the extra ``parquet``."""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.read.assemble import from_row
from taizhang.read.batches import article_columns, row_of
from taizhang.read.extras import needed
from taizhang.read.settings import ReadSettings
from taizhang.read.streams import Blob
from taizhang.records import Rejection

ROWS_AT_ONCE = 256


def parquet(blob: Blob, settings: ReadSettings) -> Iterator[Article | Rejection]:
    """The articles of a Parquet file; only the columns that an article has are read.

    Raises:
        UnreadableInput: ``missing-extra``, ``bad-parquet``, ``no-text``, ``unpacked-too-large``.
    """
    library = needed("pyarrow.parquet", "parquet")
    errors = (needed("pyarrow", "parquet").ArrowException, OSError)
    try:
        file = library.ParquetFile(blob.random_access(settings.limits))
        columns = article_columns(file.schema_arrow.names, settings)
        for group in range(file.num_row_groups):
            blob.budget.spend(file.metadata.row_group(group).total_byte_size)
        number = 0
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns):
            for values in batch.to_pylist():
                number += 1
                origin = blob.origin.at_row(number)
                try:
                    yield from_row(row_of(values), origin, settings)
                except UnreadableInput as error:
                    yield origin.rejection(error)
    except errors as error:
        raise UnreadableInput("bad-parquet", f"{blob.origin.name}: {error}") from error
