"""A PostgreSQL server of the tests' own, a database for each test, and runs to load that are hard to write."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from taizhang.load import Target
from taizhang.records import Document, Metric, Place, Rejection
from taizhang.result import Result
from taizhang.run.folder import RunFolder

PASSWORD = "pa55-word"
NUMBERS = count(1)
ODD = "共3户\ud83d\x00\r\n\u2028\"'\\=1\t{},NULL\\N"


def _program(name: str) -> str:
    """Where a program of the server is: on the PATH, or where Debian puts those of each version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    found = shutil.which(name, path=os.pathsep.join([*map(str, reversed(folders)), os.environ["PATH"]]))
    if found is None:
        pytest.skip(f"PostgreSQL's {name} is not installed (Debian: apt-get install postgresql)")
    return found


@dataclass(frozen=True)
class Server:
    """A running server: a socket that trusts everyone, a port that wants the password."""

    folder: Path
    port: int

    def url(self, database: str = "postgres", user: str = "owner") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def database(self, name: str) -> Database:
        return Database(self, name)

    def by_port(self, database: str = "postgres", password: str = PASSWORD) -> str:
        return f"postgresql://owner:{password}@127.0.0.1:{self.port}/{database}"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    initdb, postgres = _program("initdb"), _program("postgres")
    # A socket's path has at most 107 bytes, so it is no folder of pytest's; and no server runs as root.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    as_user = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    secret = folder / "secret"
    secret.write_text(PASSWORD)
    if as_user:
        for path in (folder, secret):
            shutil.chown(path, "nobody", "nogroup")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    options = ["--username=owner", "--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={secret}"]
    making = [initdb, "-D", data, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", *options]
    subprocess.run(making, check=True, capture_output=True, cwd=folder, **as_user)
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
        "fsync": "off",
    }
    given = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([postgres, "-D", data, *given], stderr=log, cwd=folder, **as_user)
    made = Server(folder, port)
    try:
        _wait(made, process)
        yield made
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder)


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            psycopg.connect(server.url()).close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
    raise RuntimeError((server.folder / "log").read_text())


class Database:
    """One database of a test's own."""

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name = server, name
        self.url = server.url(name)
        self.target = Target.of(self.url)

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[arg-type]

    def do(self, *queries: str) -> None:
        with psycopg.connect(self.url) as connection:
            for query in queries:
                connection.execute(query)  # type: ignore[arg-type]

    def content(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table in it, with the row's place on disk: a row that is written anew has another."""
        tables = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        names = sorted(name for (name,) in self.ask(tables))
        return {name: self.ask(f'SELECT ctid::text, * FROM "{name}" ORDER BY 1') for name in names}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "made(how): how the test's database is made: CREATE DATABASE … how")


@pytest.fixture
def database(server: Server, request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database; a test may ask for how it is made: ``@pytest.mark.made("ENCODING …")``."""
    how = request.node.get_closest_marker("made")
    name = f"t{next(NUMBERS)}"
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {how.args[0] if how else ''}")
        yield Database(server, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def results(result: Result) -> tuple[Result, ...]:
    """An article with records that are hard to write, an input that was not read, an article without numbers."""
    changes: tuple[dict[str, object], ...] = (
        {"id": "small", "value": Decimal("0.10"), "kind": "ratio", "unit": "%"},
        {"id": "long", "value": Decimal("12345678901234567890.123456789012345678901234567890")},
        {"id": "tiny", "value": Decimal("1E-30"), "phase": "problem"},
        {"id": "range", "value": Decimal("9"), "value_max": Decimal("1.2E+9"), "bound": "range"},
        {"id": "sql", "metric": Metric(name="'); DROP TABLE records; --"), "agency": '$$"%s{}'},
        {"id": "odd", "sentence": ODD, "rules": {ODD: ODD}, "checks": (ODD, "", "a,b")},
        {"id": "county", "place": Place(name="某省某县';--", code="530125", level="county")},
    )
    more = tuple(result.records[0].model_copy(update=change) for change in changes)
    unread = Rejection(
        scope="article", document=Document(id="b", path="b.txt"), reason="binary", detail="zeros"
    )
    return (
        result.model_copy(update={"records": (*result.records, *more)}),
        Result(document=unread.document, rejects=(unread,)),
        Result(document=Document(id="'; DROP TABLE documents; --", path="c.txt", sha256="c" * 64)),
    )


@pytest.fixture
def run(make_run: Callable[..., RunFolder], results: tuple[Result, ...]) -> RunFolder:
    """The run folder with those results."""
    return make_run(*results)
