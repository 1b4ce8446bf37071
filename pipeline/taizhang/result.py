"""What one article gave: its records, its rejections and its clean text, and the same as rows and data frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import Field

from taizhang.records import Document, Model, RectificationItem, Rejection


class Result(Model):
    """All that one article gave: every numeral in it is in one of the two."""

    document: Document
    records: tuple[RectificationItem, ...] = ()
    rejects: tuple[Rejection, ...] = ()
    text: str = Field("", description="the clean text, in which spans count; empty for what is no article")

    def to_rows(self) -> list[dict[str, Any]]:
        """The records as flat rows, nested names joined by ``_``: the columns of every format that has rows.

        >>> Result(document=Document(id="a")).to_rows()
        []
        """
        from taizhang.write.columns import RECORD_COLUMNS  # noqa: PLC0415 - writers take results

        return [{column.name: column.of(record) for column in RECORD_COLUMNS} for record in self.records]

    def to_pandas(self) -> Any:
        """The records as a pandas DataFrame, a row each; numbers are Decimals, so that no digit is lost.

        Raises:
            OutputError: pandas is not installed.
        """
        from taizhang.write.frames import pandas_frame  # noqa: PLC0415

        return pandas_frame(self.records)

    def to_polars(self) -> Any:
        """The records as a polars DataFrame, a row each, with the types of ``records.parquet``.

        Raises:
            OutputError: polars or pyarrow is not installed.
        """
        from taizhang.write.frames import polars_frame  # noqa: PLC0415

        return polars_frame(self.records)


class Continued(Result):
    """What follows the first part of a result that comes in parts: the same article, but no text."""


def joined(parts: Iterable[Result]) -> Result:
    """The parts of a result as one; document and text are those of the first."""
    first, *rest = parts
    if not rest:
        return first
    records = tuple(record for part in (first, *rest) for record in part.records)
    rejects = tuple(reject for part in (first, *rest) for reject in part.rejects)
    return Result(document=first.document, records=records, rejects=rejects, text=first.text)


def parted(result: Result, size: int) -> Iterator[Result]:
    """A result in parts of at most ``size`` records and as many rejections; the text is in the first."""
    for at in range(0, max(1, len(result.records), len(result.rejects)), size):
        made = Continued if at else Result
        yield made(
            document=result.document,
            records=result.records[at : at + size],
            rejects=result.rejects[at : at + size],
            text="" if at else result.text,
        )
