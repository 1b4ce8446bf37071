"""Which database a load goes to: wrong URLs and servers out of reach are told, the password never is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.errors import OutputError
from taizhang.load import Target
from taizhang.run.folder import RunFolder

Database = Any
MakeRun = Callable[..., RunFolder]
SECRET = "s3cr3t"


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
    assert done.exit_code == 2 and "pip install '.[postgres]'" in done.output


def test_no_run_folder_no_connection(tmp_path: Path) -> None:
    done = _cli(tmp_path, "postgresql://127.0.0.1:1/d")
    assert done.exit_code == 2 and "manifest.json" in done.output
