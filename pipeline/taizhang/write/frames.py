"""The write room's data frames: records as pandas and polars have them. Needs the extra of that name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from taizhang.records import RectificationItem
from taizhang.write.arrow import batch, schema
from taizhang.write.columns import RECORD_COLUMNS
from taizhang.write.extras import needed
from taizhang.write.tables import RECORD_TABLE_COLUMNS, record_row


def pandas_frame(records: Sequence[RectificationItem]) -> Any:
    """A pandas DataFrame with the columns of the CSV.

    Raises:
        OutputError: pandas is not installed.
    """
    pandas = needed("pandas", "pandas")
    rows = [[column.of(record) for column in RECORD_COLUMNS] for record in records]
    return pandas.DataFrame(rows, columns=[column.name for column in RECORD_COLUMNS])


def polars_frame(records: Sequence[RectificationItem]) -> Any:
    """A polars DataFrame with the columns of ``records.parquet``.

    Raises:
        OutputError: polars or pyarrow is not installed.
    """
    polars, arrow = needed("polars", "polars"), needed("pyarrow", "polars")
    made = schema(RECORD_TABLE_COLUMNS, "polars")
    rows = batch(map(record_row, records), RECORD_TABLE_COLUMNS, made, "polars")
    return polars.from_arrow(arrow.Table.from_batches([rows], schema=made))
