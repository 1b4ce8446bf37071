"""The merge room's links: the identities of a run go into DuckDB, and pairs that tell the same fact come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from taizhang.errors import OutputError
from taizhang.merge.part import RecordLines
from taizhang.merge.shapes import MergeRules
from taizhang.write.extras import needed

EXTRA = "duckdb"
TOLD, LINKS = (Path(__file__).with_name(name) for name in ("told.sql", "links.sql"))
_ROWS_AT_ONCE = 10_000


@contextmanager
def database_faults(folder: Path) -> Iterator[None]:
    """A fault of the database, such as a full disk, is told as one of ours.

    Raises:
        OutputError: names what was expected and what was got.
    """
    try:
        yield
    except needed("duckdb", EXTRA).Error as error:
        raise OutputError(f"{folder}: expected to merge in a database of its own, got {error}") from error


class ToldTable:
    """The table ``told`` in a DuckDB database of its own, of the identities that parts have written.

    Raises:
        OutputError: duckdb or pyarrow is not installed.
    """

    def __init__(self, rules: MergeRules, scratch: Path) -> None:
        self._arrow: Any = needed("pyarrow", EXTRA)
        self.database: Any = needed("duckdb", EXTRA).connect(str(scratch / "merge.duckdb"))
        self._write_rules(rules)

    def load(self, parts: Sequence[RecordLines]) -> None:
        """Make the table of what the parts have written, in their order."""
        self.database.execute(f"SET VARIABLE tables = {[part.table for part in parts]}")
        self.database.execute(TOLD.read_text("utf-8"))

    def link(self) -> Iterator[tuple[int, int, int]]:
        """Pairs of records that tell the same fact, with the rank of the rule: the strongest first."""
        self.database.execute(LINKS.read_text("utf-8"))
        yield from self.rows("SELECT rank, a, b FROM link GROUP BY ALL ORDER BY rank, a, b")

    def rows(self, query: str) -> Iterator[Any]:
        """The rows of a query, some thousand in memory at a time."""
        cursor = self.database.cursor().execute(query)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from rows

    def insert(self, table: str, columns: dict[str, list[Any]]) -> None:
        """Append rows, given by column, to a table."""
        self.database.register("waiting", self._arrow.table(columns))
        self.database.execute(f"INSERT INTO {table} FROM waiting")
        self.database.unregister("waiting")

    def close(self) -> None:
        """Close the database; its file goes with the folder it is in."""
        self.database.close()

    def _write_rules(self, rules: MergeRules) -> None:
        for name, value in rules.limits:
            if isinstance(value, int | float):
                self.database.execute(f"SET VARIABLE {name} = {value}")
        self.database.execute(
            "CREATE TABLE rule (rank INTEGER, kind VARCHAR, places VARCHAR[], metrics VARCHAR[], times VARCHAR[], "
            "digits INTEGER, local BOOLEAN, kinds VARCHAR[])"
        )
        for rank, rule in enumerate(rules.link):
            self.database.execute(
                "INSERT INTO rule VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [rank, rule.by, list(rule.places), list(rule.metrics), list(rule.times), rule.digits, rule.local,
                 list(rule.kinds)],
            )  # fmt: skip
