"""What a load refuses: the message names it, the database is as it was, and no message holds the password."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.errors import OutputError, RunFolderError
from taizhang.load import Target, layout, load
from taizhang.records import Document, Result
from taizhang.rules import shipped
from taizhang.run.folder import RunFolder

Database = Any
MakeRun = Callable[..., RunFolder]
SECRET = "s3cr3t"


@pytest.fixture
def run(make_run: MakeRun, results: tuple[Result, ...]) -> RunFolder:
    return make_run(*results)


URLS = [
    # a URL, what the message must say, what it proves
    ("mysql://u:s3cr3t@h/d", "mysql://", "another database"),
    ("host=h password=s3cr3t", "got no URL", "libpq's other form, which could hold anything"),
    ("s3cr3t", "got no URL", "nothing like a URL"),
    ("postgresql://u:s3@cr3t@h/d", "%40", "an @ in the password would make a host of its rest"),
    ("postgresql://u:s3/s3cr3t@h/d", "%2F", "a / in the password would make a port of its beginning"),
    ("postgresql://u:s3cr3t?x@h/d", "%3F", "a ? in it"),
    ("postgresql://u:s3cr3t#x@h/d", "%23", "a # in it"),
    ("postgresql://u:a:s3cr3t@h/d", "%3A", "a : in it"),
    ("postgresql://u:s3cr3t/d", "HOST:PORT", "the host forgotten: the password in the port's place"),
    ("postgresql://u:%zzs3cr3t@h/d", "wrong %", "a percent sign that is not written as %25"),
    ("postgresql://h/d?password=a&s3cr3t", "unknown to libpq", "an & in a password among the parameters"),
    ("postgresql://h/d?pasword=s3cr3t", "unknown to libpq", "a parameter that there is not"),
]


@pytest.mark.parametrize(("url", "says", "proves"), URLS, ids=[case[2] for case in URLS])
def test_a_wrong_url_is_refused_without_its_password(url: str, says: str, proves: str) -> None:
    with pytest.raises(OutputError, match=f"expected postgresql://.*{says}") as caught:
        Target.of(url)
    told = repr(caught.value) + repr(caught.value.__cause__)
    assert not any(part in told for part in (SECRET, "s3", "zz", "pasword"))


NAMES = [
    ("postgresql://u:s3cr3t@db.example:5433/d", "db.example:5433/d"),
    ("postgres://u:s3cr3t@[::1]:5433/d?sslmode=disable", "::1:5433/d"),
    ("postgresql://u:s3cr3t@a:1,b:2/d", "a,b:1,2/d"),
    ("postgresql:///d?host=/run/pg&password=s3cr3t", "/run/pg/d"),
    ("postgresql://%75:s3%40cr3t@h/d%20e", "h/d e"),
]


@pytest.mark.parametrize(("url", "name"), NAMES)
def test_a_database_is_called_by_host_and_name(url: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("PGHOST", "PGPORT", "PGDATABASE"):
        monkeypatch.delenv(variable, raising=False)
    assert Target.of(url).name == name


def _cli(*words: object) -> Any:
    return CliRunner().invoke(app, ["load", *map(str, words)])


def test_the_command_loads_and_says_what_it_did(database: Database, run: RunFolder) -> None:
    url = database.server.by_port(database.name)
    first, second = _cli(run.path, url), _cli(run.path, url)
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert "tables made" in first.output and "tables made" not in second.output
    assert f"127.0.0.1:{database.server.port}/{database.name}" in first.output
    assert "pa55" not in first.output + second.output
    lines = {line.split()[0]: line.split()[1:] for line in second.output.splitlines() if line.split()}
    assert lines["records"] == ["0", "0", "0", "9"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (lambda s: s.by_port("postgres", SECRET), "password authentication failed"),
        (lambda s: s.by_port("nowhere"), 'database "nowhere" does not exist'),
        (lambda s: f"postgresql://owner:{SECRET}@127.0.0.1:1/d", "refused"),
        (lambda s: f"postgresql://owner:{SECRET}@host.invalid/d", "host.invalid"),
        (lambda s: f"postgresql://owner:{SECRET}@127.0.0.1:{s.port}/d?sslmode=require", "SSL"),
    ],
    ids=["password", "database", "port", "host", "ssl"],
)
def test_a_server_that_cannot_be_reached_is_named(
    url: Callable[[Any], str], says: str, server: Any, run: RunFolder
) -> None:
    done = _cli(run.path, url(server))
    assert done.exit_code == 2
    told = " ".join(done.output.split())
    assert "expected a PostgreSQL server to answer" in told and says in told
    assert SECRET not in told and "pa55" not in told


def test_a_missing_extra_is_named(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # type: ignore[arg-type]
    done = _cli(run.path, "postgresql://h/d")
    assert done.exit_code == 2 and "pip install 'taizhang[postgres]'" in done.output


def test_no_run_folder_no_connection(tmp_path: Path) -> None:
    done = _cli(tmp_path, "postgresql://127.0.0.1:1/d")
    assert done.exit_code == 2 and "manifest.json" in done.output


def test_a_run_that_was_changed_afterwards_is_not_loaded(database: Database, run: RunFolder) -> None:
    path = run.path / "records.jsonl"
    path.write_text(path.read_text("utf-8").replace("排查", "检查", 1), "utf-8")
    with pytest.raises(RunFolderError, match="changed after the run"):
        load(run, database.target)
    assert database.content() == {}


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


def test_force_keeps_a_ledger_of_this_layout(database: Database, run: RunFolder, make_run: MakeRun) -> None:
    load(run, database.target)
    later = Result(document=Document(id="later", path="later.txt", sha256="d" * 64))
    assert not load(make_run(later), database.target, force=True).made
    assert database.ask("SELECT COUNT(*) FROM documents") == [(4,)]


def test_another_article_of_the_same_id_takes_no_place_without_force(
    database: Database, make_run: MakeRun, result: Result
) -> None:
    load(make_run(result), database.target)
    before = database.content()
    document = result.document.model_copy(update={"path": "other/a1.txt", "sha256": "6" * 64})
    other = make_run(Result(document=document))
    with pytest.raises(OutputError, match=r"'a1' is of news/a1.txt there and of other/a1.txt in the run"):
        load(other, database.target)
    assert database.content() == before
    load(other, database.target, force=True)
    assert database.ask("SELECT path, (SELECT COUNT(*) FROM records) FROM documents") == [("other/a1.txt", 0)]


@pytest.mark.parametrize("change", [{"path": "moved/a1.txt"}, {"sha256": "6" * 64}], ids=["moved", "edited"])
def test_an_article_that_was_moved_or_edited_is_the_same_article(
    change: dict[str, str], database: Database, make_run: MakeRun, result: Result
) -> None:
    load(make_run(result), database.target)
    done = load(make_run(Result(document=result.document.model_copy(update=change))), database.target)
    assert done.tables["documents"].changed == 1


@pytest.fixture
def user(database: Database) -> Iterator[str]:
    """The URL of a user who may connect to the database and nothing else."""
    name = f"user_{database.name}"
    database.do(f"CREATE USER {name}", f"REVOKE ALL ON DATABASE {database.name} FROM PUBLIC")
    database.do(f"GRANT CONNECT ON DATABASE {database.name} TO {name}")
    yield database.server.url(database.name, name)
    database.do(f"DROP OWNED BY {name}", f"DROP USER {name}")


def test_a_user_without_permission_is_told_which(user: str, database: Database, run: RunFolder) -> None:
    with pytest.raises(
        OutputError, match=r"permission denied for schema public; nothing was changed\. The user needs"
    ):
        load(run, Target.of(user))
    assert database.content() == {}


def test_a_user_without_trigrams_has_a_ledger_without_the_index(
    user: str, database: Database, run: RunFolder
) -> None:
    name = f"user_{database.name}"
    database.do(f"GRANT TEMPORARY ON DATABASE {database.name} TO {name}")
    database.do(f"CREATE SCHEMA ledger AUTHORIZATION {name}")
    done = load(run, Target.of(user + "&options=-csearch_path%3Dledger"))
    assert done.search == 'permission denied to create extension "pg_trgm"'
    assert database.ask("SELECT COUNT(*) FROM ledger.records") == [(9,)]
    assert database.ask("SELECT to_regclass('ledger.records_sentence')") == [(None,)]
    database.do(
        "CREATE SCHEMA tools",
        "CREATE EXTENSION pg_trgm SCHEMA tools",
        f"GRANT USAGE ON SCHEMA tools TO {name}",
    )
    assert load(run, Target.of(user + "&options=-csearch_path%3Dledger")).search == ""
    assert database.ask("SELECT to_regclass('ledger.records_sentence') IS NULL") == [(False,)]


@pytest.mark.made("TEMPLATE template0 LOCALE 'C'")
def test_a_locale_without_trigrams_of_chinese_is_told(database: Database, run: RunFolder) -> None:
    assert load(run, database.target).search == "its locale has no trigrams of Chinese"
    assert database.ask("SELECT COUNT(*) FROM records WHERE strpos(sentence, '排查') > 0")[0][0] > 0
    assert database.ask("SELECT extname FROM pg_extension WHERE extname = 'pg_trgm'") == []


@pytest.mark.made("TEMPLATE template0 LOCALE 'C' ENCODING 'SQL_ASCII'")
def test_a_database_in_another_encoding_is_refused(database: Database, run: RunFolder) -> None:
    with pytest.raises(OutputError, match="expected a database in UTF8, got one in SQL_ASCII"):
        load(run, database.target)


def test_a_schema_that_is_not_there_is_told(database: Database, run: RunFolder) -> None:
    with pytest.raises(OutputError, match="none of the search_path is there"):
        load(run, Target.of(database.url + "&options=-csearch_path%3Dnowhere"))


def test_two_ledgers_in_two_schemas(database: Database, run: RunFolder, make_run: MakeRun) -> None:
    database.do("CREATE SCHEMA other")
    load(run, database.target)
    load(make_run(), Target.of(database.url + "&options=-csearch_path%3Dother"))
    assert database.ask(
        "SELECT (SELECT COUNT(*) FROM public.records), (SELECT COUNT(*) FROM other.records)"
    ) == [(9, 0)]


def test_a_ledger_in_use_is_told(database: Database, run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    load(run, database.target)
    monkeypatch.setattr(layout, "LOCK_TIMEOUT", "50ms")
    with psycopg.connect(database.url) as other:
        other.execute("UPDATE records SET unit = 'x' WHERE id = 'small'")
        with pytest.raises(OutputError, match="it is in use; nothing was changed"):
            load(run, database.target)


def test_one_load_at_a_time(database: Database, run: RunFolder) -> None:
    second: list[str] = []

    def during(rows: int) -> None:
        if rows == 1:
            with pytest.raises(OutputError, match="one is writing there now") as caught:
                load(run, database.target)
            second.append(str(caught.value))

    load(run, database.target, progress=during)
    assert second
    assert database.ask("SELECT COUNT(*) FROM records") == [(9,)]


def test_a_connection_that_is_lost_changes_nothing(database: Database, run: RunFolder) -> None:
    def cut(rows: int) -> None:
        if rows == 5:
            others = "FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
            database.ask(f"SELECT pg_terminate_backend(pid) {others}", database.name)

    with pytest.raises(OutputError, match="nothing was changed"):
        load(run, database.target, progress=cut)
    assert database.content() == {}


def test_a_fault_half_way_changes_nothing(
    database: Database, run: RunFolder, make_run: MakeRun, result: Result
) -> None:
    load(run, database.target)
    before = database.content()
    twice = result.records[0].model_copy(update={"unit": "other"})
    with pytest.raises(OutputError, match="duplicate key"):
        load(
            make_run(
                result.model_copy(
                    update={
                        "records": (
                            twice,
                            twice.model_copy(update={"id": "n"}),
                            twice.model_copy(update={"id": "n"}),
                        )
                    }
                )
            ),
            database.target,
        )
    assert database.content() == before


def test_a_document_that_is_twice_in_a_run_is_refused(
    database: Database, make_run: MakeRun, result: Result
) -> None:
    with pytest.raises(RunFolderError, match="expected each document id once, got 'a1' again"):
        load(make_run(result, result), database.target)


def test_the_shipped_sql_makes_the_ledger_that_a_load_expects(database: Database, run: RunFolder) -> None:
    database.do((shipped("schemas") / "ledger.postgres.sql").read_text("utf-8"))
    done = load(run, database.target)
    assert (done.made, done.search) == (False, "")
    comment = "SELECT col_description('records'::regclass, 1)"
    ((made_by_hand,),) = database.ask(comment)
    assert "序号" in made_by_hand


def test_columns_that_others_added_stay(database: Database, run: RunFolder) -> None:
    load(run, database.target)
    database.do(
        "ALTER TABLE records ADD COLUMN note text", "UPDATE records SET note = 'mine' WHERE id = 'small'"
    )
    before = database.content()
    load(run, database.target)
    assert database.content() == before
