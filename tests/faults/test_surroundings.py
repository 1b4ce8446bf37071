"""What the machine around a run may be like: its clock, its names of files, what is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from own_process import environment, reading
from rich.console import Console

from taizhang.read import articles
from taizhang.records import Rejection
from taizhang.rules import RuleSet
from taizhang.run import Tally, write_ledger
from taizhang.run.progress import progress
from taizhang.run.share import Share
from taizhang.write import FORMATS


def faked_clock(times: Path) -> dict[str, str]:
    """The environment in which ``times`` says what time it is, whatever the machine's clock says."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if library is None:
        pytest.skip("needs libfaketime: apt-get install faketime")
    return environment(
        LD_PRELOAD=str(library),
        FAKETIME_TIMESTAMP_FILE=str(times),
        FAKETIME_NO_CACHE="1",
        FAKETIME_DONT_FAKE_MONOTONIC="1",  # no system sets that clock back; DuckDB's own scheduler counts on it
    )


@pytest.mark.fault(
    "Surroundings",
    "the clock is set back",
    made="libfaketime: from 2031 to 1975 while a run goes",
    guard="write/records_xlsx.py: _EPOCH; run/progress.py: Pace",
)
def test_a_clock_that_is_set_back(tmp_path: Path, happened: Callable[[str], None]) -> None:
    times, ledgers = tmp_path / "time", []
    for later in ("2031-05-01", "1975-01-01"):
        times.write_text("@2031-05-01 00:00:00\n")
        out = tmp_path / later
        with reading(out, "--format", "jsonl,xlsx,sqlite", env=faked_clock(times)) as process:
            process.stdin.write('{"n": 1}\n' * 150)
            process.stdin.flush()
            times.write_text(f"@{later} 00:00:00\n")
            _, told = process.communicate('{"n": 2}\n' * 150)
        assert process.returncode == 1, "none of the rows is an article"
        assert "Traceback" not in told
        assert "0 articles, 0 records, 300 not read, " in told
        ledgers.append(
            {path.name: path.read_bytes() for path in out.iterdir() if path.name != "timings.json"}
        )
    assert len(ledgers[0]) == 6
    assert ledgers[0] == ledgers[1]
    happened("the run tells its progress as ever, and the bytes of the ledger are the same")


def test_a_clock_that_goes_back_harms_no_progress(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No system does so with this clock; were it to, the run would go on."""
    seconds = iter(range(1000, 0, -1))
    monkeypatch.setattr("taizhang.run.progress.monotonic", lambda: float(next(seconds)))
    unread = Rejection(scope="article", document={"id": "b", "path": "b.txt"}, reason="empty")
    with progress(Console(stderr=True), Share({})) as report:
        for count in range(200):
            report(Tally(articles=count), unread)
    assert capsys.readouterr().err.count("not read: b.txt") == 200


@pytest.mark.fault(
    "Surroundings",
    "the name of a file is no UTF-8",
    made="a file whose name is in GBK, written with every format",
    guard="read/origin.py: path_text",
)
def test_a_file_name_in_another_encoding(
    pipeline: object, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    folder = os.fsencode(tmp_path / "news")
    os.mkdir(folder)
    name = "整改".encode("gbk")
    try:
        Path(os.fsdecode(folder + b"/" + name + b".txt")).write_text("排查12处。", "utf-8")
    except OSError as error:
        pytest.skip(f"needs a file system that takes any name: {error}")
    tally = write_ledger(articles([tmp_path / "news"], RuleSet()), pipeline, tmp_path / "out", FORMATS)
    assert (tally.articles, tally.unread) == (1, 0)
    shown = "".join(f"\\\\x{byte:02x}" for byte in name)
    assert f'"id": "{shown}"' in (tmp_path / "out" / "manifest.json").read_text("utf-8")
    happened("the article is read; the bytes that are no UTF-8 are shown as `\\xNN` in its path and id")


@pytest.mark.fault(
    "Surroundings",
    "an id holds half of a surrogate pair",
    made='a JSON row with `"id": "\\ud83d"`, written with every format',
    guard="write/columns.py: utf8",
)
def test_half_a_surrogate_pair_in_an_id(
    pipeline: object, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": "\\ud83d", "title": "\\udc00", "text": "排查12处。"}\n' * 2, "utf-8")
    tally = write_ledger(articles([rows], RuleSet()), pipeline, tmp_path / "out", FORMATS)
    assert (tally.articles, tally.unread) == (2, 0)
    happened("the article is read; JSON keeps the half as its escape, the other formats show it")


@pytest.mark.fault(
    "Surroundings",
    "somebody put another dictionary where jieba keeps its own",
    made="a `jieba.cache` with other words in the folder for temporary files",
    guard="segment/dictionary.py: dictionary",
)
def test_a_planted_dictionary(tmp_path: Path, happened: Callable[[str], None]) -> None:
    code = (
        "import marshal, os, tempfile\n"
        "planted = os.path.join(tempfile.gettempdir(), 'jieba.cache')\n"
        "marshal.dump(({'率改': 10**9, '率': 0}, 10**9), open(planted, 'wb'))\n"
        "before = open(planted, 'rb').read()\n"
        "from taizhang.segment.dictionary import dictionary\n"
        "assert len(dictionary().counts) > 100_000 and dictionary().count('率改') is None\n"
        "assert open(planted, 'rb').read() == before\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        env=environment(TMPDIR=str(tmp_path)),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    happened("it is neither read nor written: the words come from jieba's own file")
