"""The write room's metadata for Datasette, which shows the SQLite database in a browser (``make browse``)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from taizhang.write.fields import fields
from taizhang.write.tables import TABLES

FILE = Path(__file__).with_name("browse.toml")
DATABASE = "ledger"  # Datasette calls a database by its file's stem


class _Shown(BaseModel):
    """What a page is called and what it shows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str
    about_zh: str
    about_en: str

    def shown(self) -> dict[str, Any]:
        """Title and description in both languages."""
        return {"title": f"{self.zh} / {self.en}", "description": f"{self.about_zh}。 {self.about_en}."}


class _ShownTable(_Shown):
    """A table or view; ``search`` is its full-text index, ``label`` the column that stands for a row."""

    facets: tuple[str, ...]
    label: str = ""
    search: str = ""

    def shown(self) -> dict[str, Any]:
        """The same with facets, label and search."""
        made = super().shown() | {"facets": list(self.facets)}
        made |= {"label_column": self.label} if self.label else {}
        return made | ({"fts_table": self.search, "fts_pk": "number"} if self.search else {})


class _Query(_Shown):
    """A question that is asked often."""

    sql: str

    def shown(self) -> dict[str, Any]:
        """The same with its SQL."""
        return super().shown() | {"sql": self.sql.strip()}


class Pages(BaseModel):
    """``browse.toml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ledger: _Shown
    tables: dict[str, _ShownTable]
    queries: dict[str, _Query]


def metadata() -> dict[str, Any]:
    """Datasette's metadata for a ``ledger.sqlite``.

    >>> metadata()["databases"]["ledger"]["tables"]["rejects"]["title"]
    '不成记录者 / Rejects'
    """
    pages = Pages.model_validate(tomllib.loads(FILE.read_text("utf-8")))
    tables = {name: table.shown() for name, table in pages.tables.items()}
    for table in TABLES:
        texts = {column.name: fields().of(column) for column in table.columns}
        tables[table.name]["columns"] = {name: f"{text.title}: {text.about}" for name, text in texts.items()}
    queries = {name: query.shown() for name, query in pages.queries.items()}
    shown = pages.ledger.shown()
    return shown | {"databases": {DATABASE: shown | {"tables": tables, "queries": queries}}}
