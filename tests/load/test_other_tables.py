"""Tables of others, and ledgers of another layout: never touched, or only with --force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from taizhang.errors import OutputError
from taizhang.load import layout, load
from taizhang.run.folder import RunFolder

Database = Any
MakeRun = Callable[..., RunFolder]
SECRET = "s3cr3t"


STRANGERS = [
    ("CREATE TABLE records (id integer)", "records"),
    ("CREATE VIEW by_month AS SELECT 1 AS month", "by_month"),
    ("CREATE TABLE taizhang_ledger (layout text)", "taizhang_ledger"),
    ("CREATE SEQUENCE documents", "documents"),
]


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(("made", "name"), STRANGERS)
def test_tables_of_others_are_never_touched(
    made: str, name: str, force: bool, database: Database, run: RunFolder
) -> None:
    database.do(made)
    before = database.ask("SELECT relname, oid FROM pg_class WHERE relnamespace = 'public'::regnamespace")
    with pytest.raises(OutputError, match=f"got {name}, which taizhang did not make"):
        load(run, database.target, force=force)
    assert (
        database.ask("SELECT relname, oid FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        == before
    )


def test_a_table_of_others_in_the_place_of_one_of_the_ledger(database: Database, run: RunFolder) -> None:
    load(run, database.target)
    database.do("DROP TABLE places", "CREATE TABLE places (name text)", "INSERT INTO places VALUES ('mine')")
    with pytest.raises(OutputError, match="got places, which"):
        load(run, database.target, force=True)
    assert database.ask("SELECT * FROM places") == [("mine",)]
    assert database.ask("SELECT COUNT(*) FROM records") == [(9,)]


def test_an_index_of_others_with_a_name_of_the_ledger(database: Database, run: RunFolder) -> None:
    database.do("CREATE TABLE notes (id text)", "CREATE INDEX documents_id ON notes (id)")
    with pytest.raises(OutputError, match='"documents_id" already exists; nothing was changed'):
        load(run, database.target)
    assert set(database.content()) == {"notes"}


OTHER_LAYOUTS = [
    ("UPDATE taizhang_ledger SET layout = 'old'", "got old"),
    ("DELETE FROM taizhang_ledger", "got none"),
    ("DROP VIEW by_month", "got one without by_month"),
]


@pytest.mark.parametrize(("change", "says"), OTHER_LAYOUTS)
def test_a_ledger_of_another_layout_is_made_anew_only_with_force(
    change: str, says: str, database: Database, run: RunFolder
) -> None:
    load(run, database.target)
    database.do(change, "CREATE TABLE notes AS SELECT 1 AS mine", "DELETE FROM rejects")
    before = database.content()
    with pytest.raises(OutputError, match=f"expected a ledger of layout {layout.LAYOUT}, {says}"):
        load(run, database.target)
    assert database.content() == before
    assert load(run, database.target, force=True).made
    assert database.ask("SELECT layout FROM taizhang_ledger") == [(layout.LAYOUT,)]
    assert database.ask("SELECT (SELECT COUNT(*) FROM rejects), (SELECT mine FROM notes)") == [(2, 1)]


def test_what_others_built_on_the_ledger_is_not_dropped(database: Database, run: RunFolder) -> None:
    load(run, database.target)
    database.do("CREATE VIEW mine AS SELECT * FROM by_place", "UPDATE taizhang_ledger SET layout = 'old'")
    before = database.content()
    with pytest.raises(OutputError, match="view mine depends on view by_place"):
        load(run, database.target, force=True)
    assert database.content() == before
