"""The write room's rows: what one article gave as rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.result import Continued, Result
from taizhang.write.tables import TABLES, Row, document_row, place_row, record_row, reject_row


def record_rows(result: Result) -> Iterator[Row]:
    """The rows of one article's records."""
    return map(record_row, result.records)


def reject_rows(result: Result) -> Iterator[Row]:
    """The rows of what one article gave that is no record."""
    return map(reject_row, result.rejects)


class Rows:
    """Numbers the rows of one run and keeps which places it has had."""

    def __init__(self) -> None:
        self._numbers = {table.name: 0 for table in TABLES}
        self._places: set[tuple[str, str]] = set()

    def of(self, result: Result) -> dict[str, list[Row]]:
        """The new rows of each table that one article gives, in the order of ``TABLES``."""
        first = () if isinstance(result, Continued) else (document_row(result.document),)
        documents = self._numbered("documents", iter(first), {})
        owner = {"document_number": self._numbers["documents"]}
        return {
            "documents": documents,
            "places": list(self._new_places(result)),
            "records": self._numbered("records", record_rows(result), owner),
            "rejects": self._numbered("rejects", reject_rows(result), owner),
        }

    def _numbered(self, table: str, rows: Iterator[Row], more: Row) -> list[Row]:
        made = [
            {"number": number, **more, **row} for number, row in enumerate(rows, self._numbers[table] + 1)
        ]
        self._numbers[table] += len(made)
        return made

    def _new_places(self, result: Result) -> Iterator[Row]:
        for record in result.records:
            key = (record.place.code, record.place.name)
            if any(key) and key not in self._places:
                self._places.add(key)
                yield place_row(record.place)
