"""The aggregates' room: from records to a table that can be published, on DuckDB."""

from taizhang.aggregates.aggregate import aggregate
from taizhang.aggregates.rows import AggregateRow

__all__ = ["AggregateRow", "aggregate"]
