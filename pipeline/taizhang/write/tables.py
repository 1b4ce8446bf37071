"""The write room's tables: what a database of the ledger holds, whichever database it is.

``documents`` has every input in its order, also what could not be read; ``records`` and ``rejects`` have the rows of
the other formats; ``places`` has each place that a record is about once. Rows carry a running number as their key:
the same article read twice gives the same record ids twice, and neither row is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from taizhang.records import Document, Place, RectificationItem, Rejection
from taizhang.write.columns import (
    DOCUMENT_COLUMNS,
    RECORD_COLUMNS,
    REJECT_COLUMNS,
    Column,
    columns_of,
    digits,
    utf8,
)

NUMBER = Column("number", (), "integer", False, (), "Table")
DOCUMENT_NUMBER = Column("document_number", (), "integer", False, (), "Table")


def with_digits(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """``columns`` and, behind each that is a number of any size, one with all its digits as text."""
    made: list[Column] = []
    for column in columns:
        made.append(column)
        if column.type == "decimal":
            made.append(replace(column, name=f"{column.name}_exact", path=(), type="text", owner="Table"))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """One table: its columns, its key, what it is looked up by, and the columns that point into another table."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    indexes: tuple[str, ...] = ()
    points_to: dict[str, tuple[str, str]] = field(default_factory=dict)


_PLACE_COLUMNS = tuple(c for c in columns_of(Place) if c.name not in {"surface", "how", "candidates"})
_TO_DOCUMENTS = {"document_number": ("documents", "number")}
RECORD_TABLE_COLUMNS = with_digits(RECORD_COLUMNS)
_DECIMALS = tuple(column.name for column in RECORD_COLUMNS if column.type == "decimal")

TABLES = (
    LedgerTable("documents", (NUMBER, *DOCUMENT_COLUMNS), ("number",), ("id",)),
    LedgerTable("places", _PLACE_COLUMNS, ("code", "name")),
    LedgerTable(
        "records",
        (NUMBER, DOCUMENT_NUMBER, *RECORD_TABLE_COLUMNS),
        ("number",),
        (
            "id",
            "document_number",
            "place_code",
            "phase",
            "time",
            "part_of",
            "answers",
            "metric_indicator",
            "value",
        ),
        _TO_DOCUMENTS,
    ),
    LedgerTable(
        "rejects",
        (NUMBER, DOCUMENT_NUMBER, *REJECT_COLUMNS),
        ("number",),
        ("document_number", "reason"),
        _TO_DOCUMENTS,
    ),
)

Row = dict[str, Any]


def record_row(record: RectificationItem) -> Row:
    """One record with every column that tables have of it."""
    row = _row(record, RECORD_COLUMNS)
    return row | {f"{name}_exact": digits(row[name]) for name in _DECIMALS}


def reject_row(reject: Rejection) -> Row:
    """One rejection with every column that tables have of it."""
    return _row(reject, REJECT_COLUMNS)


def document_row(document: Document) -> Row:
    """One document with every column that its table has of it."""
    return _row(document, DOCUMENT_COLUMNS)


def place_row(place: Place) -> Row:
    """One place with every column that its table has of it."""
    return _row(place, _PLACE_COLUMNS)


def _row(model: Any, columns: tuple[Column, ...]) -> Row:
    return {column.name: _encodable(column.of(model)) for column in columns}


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return utf8(value)
    if isinstance(value, tuple):
        return [utf8(item) for item in value]
    if isinstance(value, dict):
        return {utf8(key): utf8(item) for key, item in value.items()}
    return value
