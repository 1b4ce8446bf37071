"""What a load refuses or cannot do: the message names it, and the database is as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from taizhang.errors import OutputError, RunFolderError
from taizhang.load import Target, layout, load
from taizhang.records import Document
from taizhang.result import Result
from taizhang.rules import shipped
from taizhang.run.folder import RunFolder

Database = Any
MakeRun = Callable[..., RunFolder]
SECRET = "s3cr3t"


def test_a_run_that_was_changed_afterwards_is_not_loaded(database: Database, run: RunFolder) -> None:
    path = run.path / "records.jsonl"
    path.write_text(path.read_text("utf-8").replace("排查", "检查", 1), "utf-8")
    with pytest.raises(RunFolderError, match="changed after the run"):
        load(run, database.target)
    assert database.content() == {}


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
