"""What befalls the process of a run: it is told to end, it meets another one, it gets no memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from own_process import Command, environment, reading

from taizhang.run.lock import LOCK
from taizhang.run.parts import PARTS

ONE_RUN = Path(__file__).parents[1] / "run" / "processes" / "one_run.py"
COUNT = 120


def _one_run(out: Path, log: Path, workers: int) -> subprocess.Popen[str]:
    words = [sys.executable, str(ONE_RUN), str(out), str(log), str(COUNT), str(workers)]
    # A session of its own: the signal goes to all of its processes, as a service manager sends it.
    return subprocess.Popen(words, env=environment(), stdout=-1, stderr=-1, text=True, start_new_session=True)


@pytest.mark.fault(
    "Processes",
    "the run is told to end",
    made="SIGTERM and SIGHUP to it and to its workers",
    guard="cli/process.py: _end; run/worker.py: serve",
)
@pytest.mark.parametrize(
    ("number", "workers"), [(signal.SIGTERM, 1), (signal.SIGTERM, 2), (signal.SIGHUP, 1)]
)
def test_a_run_that_is_told_to_end(
    number: signal.Signals, workers: int, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    out, log = tmp_path / "out", tmp_path / "log"
    ours = signal.signal(number, signal.SIG_DFL)  # under nohup a child would be born deaf to SIGHUP
    first = _one_run(out, log, workers)
    signal.signal(number, ours)
    for _ in range(30):
        first.stdout.readline()
    os.killpg(first.pid, number)
    shown, told = first.communicate()
    assert "written" not in shown
    assert first.returncode == 128 + number
    assert told == f"taizhang: ended by {number.name}; the same command continues a run\n"
    assert [path.name for path in out.iterdir()] == [PARTS], "no file is left half written"
    done = log.read_text().count("\n")
    last = _one_run(out, log, workers)
    last.communicate()
    assert last.returncode == 0
    rejects = [json.loads(line) for line in (out / "rejects.jsonl").read_text("utf-8").splitlines()]
    assert [reject["reason"] for reject in rejects] == ["ordinal"] * COUNT, "no article is to blame"
    if workers == 1:
        assert log.read_text().count("\n") <= COUNT + 1, f"what was done ({done}) is not done again"
    happened("it says so, keeps what is done, ends its workers and exits with 128 and the signal's number; the same "
             "command ends the work")  # fmt: skip


@pytest.mark.fault(
    "Processes",
    "two runs write to one folder",
    made="a second process while the first one reads its input",
    guard="run/lock.py: locked",
)
def test_two_runs_at_once(taizhang: Command, tmp_path: Path, happened: Callable[[str], None]) -> None:
    out = tmp_path / "out"
    with reading(out) as first:
        (tmp_path / "empty").mkdir()
        second = taizhang("run", tmp_path / "empty", "--out", out)
        assert second.returncode == 2
        assert "expected a folder that no other run writes to" in second.stderr
        assert not (out / "manifest.json").exists()
        first.communicate("")
        assert first.returncode == 1, "standard input was empty"
    assert (out / "manifest.json").exists()
    assert not (out / LOCK).exists()
    happened("the second one ends with exit code 2 and says so; the first one is not disturbed")


@pytest.mark.fault(
    "Processes",
    "a killed run left its lock",
    made="SIGKILL while it holds the lock",
    guard="run/lock.py: the lock is the system's, not the file",
)
def test_a_stale_lock(taizhang: Command, tmp_path: Path, happened: Callable[[str], None]) -> None:
    out = tmp_path / "out"
    with reading(out) as first:
        first.kill()
        first.wait()
    assert (out / LOCK).exists()
    (tmp_path / "empty").mkdir()
    assert taizhang("run", tmp_path / "empty", "--out", out).returncode == 0
    assert not (out / LOCK).exists()
    happened("the next run takes the folder as if there were none")


@pytest.mark.fault(
    "Processes",
    "the reader of the output goes away",
    made="`taizhang clean FILE | head -c 1` on a long file",
    guard="cli/process.py: _prepare_standard_output; typer",
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away(unbuffered: str, tmp_path: Path, happened: Callable[[str], None]) -> None:
    """Without a buffer Python takes a text for written of which the system took a part."""
    (tmp_path / "long.txt").write_text("".join(f"{n}户居民搬进新居。\n\n" for n in range(20_000)), "utf-8")
    words = [sys.executable, "-m", "taizhang.cli", "clean", str(tmp_path / "long.txt")]
    process = subprocess.Popen(words, env=environment(PYTHONUNBUFFERED=unbuffered), stdout=-1, stderr=-1)
    os.read(process.stdout.fileno(), 1)
    process.stdout.close()
    told = process.stderr.read()
    assert process.wait() == 1
    assert told == b""
    happened("it ends without a word, with exit code 1")


@pytest.mark.fault(
    "Processes",
    "there is no standard output, or no standard error",
    made="`>&-` and `2>&-`",
    guard="cli/process.py: _prepare_standard_output, _complain",
)
@pytest.mark.parametrize("stream", [1, 2])
def test_a_stream_that_is_not_there(stream: int, tmp_path: Path, happened: Callable[[str], None]) -> None:
    (tmp_path / "empty").mkdir()
    shell = f'exec "$@" {stream}>&-'
    words = [
        sys.executable,
        "-m",
        "taizhang.cli",
        "run",
        str(tmp_path / "empty"),
        "--out",
        str(tmp_path / "out"),
    ]
    done = subprocess.run(
        ["sh", "-c", shell, "sh", *words], check=False, env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out" / "manifest.json").exists()
    happened("the ledger is written")


@pytest.mark.fault(
    "Processes",
    "the main process is refused memory",
    made="more is asked for than there are addresses",
    guard="cli/process.py: guarded",
)
def test_no_memory(happened: Callable[[str], None]) -> None:
    code = "from taizhang.cli.process import guarded; guarded(lambda: bytearray(1 << 62))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 2
    assert (
        done.stderr
        == "taizhang: expected more memory, got none; fewer --workers and smaller --limits need less\n"
    )
    happened("one line that says what needs less, and exit code 2")
