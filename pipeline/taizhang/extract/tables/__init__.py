"""Tables: the figures of their cells as candidates, each with what its row, its column and the caption say of it."""

from taizhang.extract.tables.joined import with_tables

__all__ = ["with_tables"]
