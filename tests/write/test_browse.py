"""The ledger in a browser: Datasette really started on a free port, each page and each query asked for as JSON."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from taizhang.rules import shipped
from taizhang.write.browse import metadata
from taizhang.write.tables import TABLES

pytest.importorskip("datasette", reason="datasette is not installed: pip install '.[browse]'")

SHOWN = metadata()["databases"]["ledger"]
MAKEFILE = Path(__file__).parents[2] / "Makefile"
# What each query is asked for, and whether the seeds' ledger has an answer.
ASKED = {
    "place": {"place": "宜良县"},
    "phase": {"phase": "problem"},
    "month": {"month": "2019"},
    "compare": {"place": "合肥市"},
    "search": {"words": "走访农户"},
    "short_search": {"word": "农户"},
    "refused": {},
}


@pytest.fixture(scope="module")
def database(every_format: Path) -> Path:
    """The seeds' ledger as SQLite."""
    return every_format / "ledger.sqlite"


def _options() -> list[str]:
    """The options that `make browse` gives, from the Makefile itself."""
    _, _, recipe = MAKEFILE.read_text("utf-8").partition("/datasette ")
    words = recipe.partition("\n\n")[0].replace("\\\n", " ").split()
    return [word for word in words if word not in {"$(SHOWN)", "$(PORT)", "--port", "--immutable"}]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _serving(database: Path) -> Iterator[str]:
    """Datasette with the options of `make browse`; gives its address."""
    port = _free_port()
    options = [str(shipped("schemas") / "datasette.json") if "datasette.json" in w else w for w in _options()]
    program = [sys.executable, "-m", "datasette", "--immutable", str(database), "--port", str(port)]
    # Its own group of processes: with --reload one process watches the file, and another one serves.
    process = subprocess.Popen(
        [*program, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def server(database: Path) -> Iterator[str]:
    """The seeds' ledger, served."""
    with _serving(database) as address:
        yield address


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    until = monotonic() + 120
    while monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"datasette ended: {process.communicate()[0].decode()}")
        try:
            urllib.request.urlopen(f"{address}/-/versions.json", timeout=10).close()
        except OSError:
            sleep(0.2)
        else:
            return
    raise AssertionError("datasette did not answer")


def _get(server: str, path: str, **asked: str) -> Any:
    query = urllib.parse.urlencode({"_shape": "objects", **asked})
    with urllib.request.urlopen(f"{server}/{path}.json?{query}", timeout=60) as answer:
        return json.load(answer)


def test_every_table_and_view_has_a_title_in_both_languages(database: Path) -> None:
    connection = sqlite3.connect(database)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    connection.close()
    assert {name for (name,) in names if not name.startswith("sentences")} == set(SHOWN["tables"])
    assert all(" / " in page["title"] for page in (*SHOWN["tables"].values(), *SHOWN["queries"].values()))


@pytest.mark.parametrize("name", SHOWN["tables"])
def test_each_table_page_answers_with_its_facets(server: str, name: str) -> None:
    answer = _get(server, f"ledger/{name}")
    assert answer["rows"]
    assert set(answer["facet_results"]) == set(SHOWN["tables"][name]["facets"])


def test_every_query_is_asked() -> None:
    assert set(ASKED) == set(SHOWN["queries"])


@pytest.mark.parametrize("name", SHOWN["queries"])
def test_each_query_answers(server: str, name: str) -> None:
    answer = _get(server, f"ledger/{name}", **ASKED[name])
    assert answer["rows"]
    assert not answer.get("error")


def test_the_queries_find_what_they_say(server: str) -> None:
    assert {row["quote"] for row in _get(server, "ledger/search", words="走访农户")["rows"]} >= {"18013户"}
    places = [row["place_name"] for row in _get(server, "ledger/place", place="宜良县")["rows"]]
    times = [row["time"] for row in _get(server, "ledger/month", month="2019")["rows"]]
    assert places and [place for place in places if "宜良县" not in place] == []
    assert times and [time for time in times if not time.startswith("2019")] == []
    assert _get(server, "ledger/search", words='没有"这个词')["rows"] == []


def test_the_search_box_of_the_records_works(server: str) -> None:
    assert {row["quote"] for row in _get(server, "ledger/records", _search="走访农户")["rows"]} >= {"18013户"}


def test_columns_are_described(server: str) -> None:
    with urllib.request.urlopen(f"{server}/ledger/records", timeout=60) as page:
        html = page.read().decode("utf-8")
    assert "记录 / Records" in html
    assert "数值 / Value" in html
    assert set(SHOWN["tables"]["records"]["columns"]) == {column.name for column in TABLES[2].columns}


def test_the_database_cannot_be_written(server: str, database: Path) -> None:
    before = database.read_bytes()
    with pytest.raises(urllib.error.HTTPError, match="400"):
        _get(server, "ledger", sql="DELETE FROM records")
    (found,) = [entry for entry in _databases(server) if entry["name"] == "ledger"]
    assert found["is_mutable"] is False
    assert database.read_bytes() == before


def _databases(server: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{server}/-/databases.json", timeout=60) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/net/tcp, which Linux alone has")
def test_only_this_machine_can_reach_it(server: str) -> None:
    port = int(server.rpartition(":")[2])
    lines = [line.split() for name in ("tcp", "tcp6") for line in _listening(name)]
    local = [
        fields[1] for fields in lines if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port
    ]
    assert local == [f"0100007F:{port:04X}"]


def _listening(name: str) -> list[str]:
    path = Path("/proc/net") / name
    return path.read_text("ascii").splitlines()[1:] if path.exists() else []


def test_no_query_hides_a_table() -> None:
    assert not set(SHOWN["queries"]) & set(SHOWN["tables"])


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_browse_makes_the_ledger_of_today_first(tmp_path: Path) -> None:
    command = ["make", "--dry-run", "browse", f"OUT={tmp_path}"]
    shown = subprocess.run(command, cwd=MAKEFILE.parent, check=True, capture_output=True, text=True).stdout
    assert -1 < shown.find("taizhang run seeds") < shown.find("datasette --immutable")


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_browse_shows_a_ledger_of_ones_own(tmp_path: Path) -> None:
    command = ["make", "--dry-run", "browse", f"LEDGER={tmp_path}/ledger.sqlite"]
    shown = subprocess.run(command, cwd=MAKEFILE.parent, check=True, capture_output=True, text=True).stdout
    assert f"datasette --immutable {tmp_path}/ledger.sqlite" in shown
    assert "taizhang run" not in shown


def test_a_ledger_that_is_written_anew_is_shown_anew(database: Path, tmp_path: Path) -> None:
    ledger, other = tmp_path / "ledger.sqlite", tmp_path / "other.sqlite"
    shutil.copy(database, ledger)
    shutil.copy(database, other)
    with sqlite3.connect(other) as connection:
        (before,) = connection.execute("SELECT count(*) FROM rejects").fetchone()
        connection.execute("DELETE FROM rejects")
    connection.close()
    with _serving(ledger) as address:
        assert _get(address, "ledger", sql="SELECT count(*) AS n FROM rejects")["rows"] == [{"n": before}]
        other.replace(ledger)  # as a run puts its file in place
        until = monotonic() + 120
        while _count(address) != 0 and monotonic() < until:
            sleep(4)
            ledger.touch()  # the watch may have begun only after the file was replaced: as if by one run more
        assert _count(address) == 0


def _count(address: str) -> int | None:
    """The rejects that are shown; None while the server starts anew."""
    try:
        (row,) = _get(address, "ledger", sql="SELECT count(*) AS n FROM rejects")["rows"]
    except OSError:
        return None
    return int(row["n"])
