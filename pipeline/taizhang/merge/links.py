"""The merge room's links: the identities of a run go into DuckDB, and pairs that tell the same fact come out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_type_hints

from taizhang.errors import OutputError
from taizhang.merge.identity import Identity
from taizhang.merge.shapes import MergeRules
from taizhang.write.extras import needed

EXTRA = "duckdb"
LINKS = Path(__file__).with_name("links.sql")
_ROWS_AT_ONCE = 10_000
_SQL_TYPES: dict[object, str] = {
    int: "INTEGER",
    int | None: "INTEGER",
    str: "VARCHAR",
    str | None: "VARCHAR",
    float: "DOUBLE",
    bool: "BOOLEAN",
    list[str]: "VARCHAR[]",
}


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


class Told:
    """The table ``told`` in a DuckDB database of its own; ``core`` is what a fact keeps of a record, as JSON.

    Raises:
        OutputError: duckdb or pyarrow is not installed.
    """

    def __init__(self, rules: MergeRules, scratch: Path) -> None:
        self._arrow: Any = needed("pyarrow", EXTRA)
        self.database: Any = needed("duckdb", EXTRA).connect(str(scratch / "merge.duckdb"))
        self._waiting: list[tuple[object, ...]] = []
        fields = [(name, _SQL_TYPES[kind]) for name, kind in get_type_hints(Identity).items()]
        self._names = [*(name for name, _ in fields), "core"]
        columns = ", ".join(f"{name} {kind}" for name, kind in (*fields, ("core", "VARCHAR")))
        self.database.execute(f"CREATE TABLE told ({columns})")
        self._write_rules(rules)

    def add(self, identity: Identity, core: str) -> None:
        """Add one record."""
        self._waiting.append((*identity, core))
        if len(self._waiting) >= _ROWS_AT_ONCE:
            self._flush()

    def link(self) -> Iterator[tuple[int, int, int]]:
        """Pairs of records that tell the same fact, with the rank of the rule: the strongest first."""
        self._flush()
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

    def _flush(self) -> None:
        if not self._waiting:
            return
        columns = map(list, zip(*self._waiting, strict=True))
        self.insert("told", dict(zip(self._names, columns, strict=True)))
        self._waiting.clear()

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
