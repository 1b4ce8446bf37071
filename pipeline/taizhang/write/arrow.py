"""The write room's Arrow: the schema of tables and batches of rows, for Parquet and DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Any

from taizhang.write.columns import Column, Type
from taizhang.write.extras import needed

PRECISION, SCALE = 38, 12  # decimal128: 26 digits before the point and 12 after it
_STEP = Decimal(1).scaleb(-SCALE)
_EXACT = Context(prec=PRECISION, traps=[Inexact, InvalidOperation])


def fitting(value: Decimal | None) -> Decimal | None:
    """The number as decimal128 holds it; None where it does not fit without a loss.

    >>> fitting(Decimal("0.10")), fitting(Decimal("1E-13")), fitting(Decimal("1E+26"))
    (Decimal('0.100000000000'), None, None)
    """
    if value is None:
        return None
    try:
        return value.quantize(_STEP, context=_EXACT)
    except (Inexact, InvalidOperation):
        return None


def nullable(column: Column) -> bool:
    """Whether the column may be null: a decimal may, where the number does not fit."""
    return column.nullable or column.type == "decimal"


def schema(columns: Sequence[Column], extra: str) -> Any:
    """The pyarrow schema of some columns; ``extra`` is what brings pyarrow along.

    Raises:
        OutputError: pyarrow is not installed.
    """
    pa = needed("pyarrow", extra)
    types: dict[Type, Any] = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "decimal": pa.decimal128(PRECISION, SCALE),
        "list": pa.list_(pa.string()),
        "map": pa.map_(pa.string(), pa.string()),
    }
    return pa.schema([pa.field(c.name, types[c.type], nullable=nullable(c)) for c in columns])


def batch(rows: Iterable[dict[str, Any]], columns: Sequence[Column], made: Any, extra: str) -> Any:
    """Rows as one Arrow record batch of the schema ``made``."""
    pa = needed("pyarrow", extra)
    cells = [[_cell(row[column.name], column) for column in columns] for row in rows]
    by_column = zip(*cells, strict=True) if cells else ((),) * len(columns)
    arrays = [pa.array(list(values), field.type) for values, field in zip(by_column, made, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=made)


def _cell(value: Any, column: Column) -> Any:
    if column.type == "decimal":
        return fitting(value)
    return list(value.items()) if column.type == "map" else value
