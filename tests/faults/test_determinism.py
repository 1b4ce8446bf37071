"""The same bytes whatever is around the run, and nothing done that the program never does."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from own_process import environment
from test_surroundings import faked_clock

from taizhang import cache
from taizhang.pipeline import shipped_pipeline
from taizhang.read import articles
from taizhang.run import write_ledger
from taizhang.write import FORMATS
from taizhang.write.records_jsonl import JSONL

TOP = Path(__file__).parents[2]
SEALED = Path(__file__).with_name("sealed.py")
ALL = ",".join(format_.name for format_ in FORMATS)
DIFFER = {"timings.json", *(format_.filename for format_ in FORMATS if not format_.repeatable)}


def _sealed(folder: Path, *words: str | Path, before: Iterable[str] = (), **how: Any) -> str:
    command = [*before, sys.executable, str(SEALED), str(folder), *map(str, words)]
    how = {"env": environment()} | how
    how["env"] |= {"TAIZHANG_CACHE": str(folder / "cache")}  # where it may write; empty unless _filled()
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", **how)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _filled(folder: Path) -> None:
    """Give the sealed process the tables that this one keeps: it reads them as every run but the first does."""
    (folder / "cache").mkdir(mode=0o700)
    kept = cache._folder()
    for path in kept.iterdir() if kept else ():
        with suppress(FileNotFoundError):  # an old one that another process has just cleared away
            shutil.copy2(path, folder / "cache")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in DIFFER}


@pytest.fixture(scope="session")
def ledger(news: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bytes of the ledger of ``news`` in all formats, made in this process."""
    out = tmp_path_factory.mktemp("ledger")
    write_ledger(articles([news], shipped_pipeline().rules), shipped_pipeline(), out, FORMATS)
    assert (out / "records.jsonl").read_text("utf-8").count("\n") == 8
    return _bytes(out)


AROUND = [
    pytest.param(
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
        marks=pytest.mark.fault(
            "Determinism",
            "a locale that has no Chinese",
            made="`LC_ALL=C` with an encoding of ASCII, files with Chinese names",
            guard="read/origin.py: path_text; encoding= wherever a file is opened",
        ),
    ),
    pytest.param(
        {
            "LC_ALL": "xx_XX.nonsense",
            "LANG": "",
            "PYTHONUTF8": "0",
            "TZ": "Pacific/Chatham",
            "PYTHONHASHSEED": "1",
        },
        marks=pytest.mark.fault(
            "Determinism",
            "a locale that there is not, another time zone and hash seed",
            made="`LC_ALL=xx_XX.nonsense TZ=Pacific/Chatham PYTHONHASHSEED=1`",
            guard="no locale, clock or hash order in any stage",
        ),
    ),
    pytest.param(
        {"TZ": "America/Caracas", "PYTHONHASHSEED": "4711", "PYTHONOPTIMIZE": "1"},
        marks=pytest.mark.fault(
            "Determinism",
            "another time zone and hash seed, and Python without assertions",
            made="`TZ=America/Caracas PYTHONHASHSEED=4711 PYTHONOPTIMIZE=1`",
            guard="no locale, clock or hash order in any stage",
        ),
    ),
    pytest.param(
        {"clock": "@1975-01-01 00:00:00"},
        marks=pytest.mark.fault(
            "Determinism",
            "a clock that is wrong by half a century",
            made="libfaketime: 1975, with every format",
            guard="write/records_xlsx.py: _EPOCH; read/dates.py: no date is filled in",
        ),
    ),
]


@pytest.mark.parametrize("around", AROUND)
def test_the_same_bytes_whatever_is_around(
    around: dict[str, str],
    ledger: dict[str, bytes],
    news: Path,
    tmp_path: Path,
    happened: Callable[[str], None],
) -> None:
    more = environment(**around)
    if "clock" in around:
        times = tmp_path / "time"
        times.write_text(f"{around['clock']}\n")
        _filled(tmp_path)
        more = faked_clock(times)
    _sealed(tmp_path, "run", news, "--out", tmp_path / "out", "--format", ALL, "--workers", "1", env=more)
    found = _bytes(tmp_path / "out")
    assert found.keys() == ledger.keys()
    assert [name for name in found if found[name] != ledger[name]] == []
    happened("the same bytes in every format (DuckDB: the same rows)")


@pytest.mark.fault(
    "Determinism",
    "the files in another order",
    made="the inputs named backwards",
    guard="read/files.py: articles are read in the order given, a folder's by sorted path",
)
def test_the_order_of_files_is_the_order_of_records(
    ledger: dict[str, bytes], news: Path, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    backwards = sorted(news.iterdir(), reverse=True)
    source = articles(backwards, shipped_pipeline().rules)
    write_ledger(source, shipped_pipeline(), tmp_path, [JSONL])
    lines = ledger["records.jsonl"].decode().splitlines()
    found = (tmp_path / "records.jsonl").read_text("utf-8").splitlines()
    assert found != lines
    assert sorted(found) == sorted(lines)
    came = list(dict.fromkeys(json.loads(line)["document"]["path"] for line in found))
    assert came == [str(path) for path in backwards]
    happened("records come in the order of the inputs; each line is the same bytes as before")


def _no_network() -> list[str]:
    """What starts a program in a network without any device, where the system lets us."""
    words = ["unshare", "--net"]
    allowed = shutil.which("unshare") and not subprocess.run([*words, "true"], check=False).returncode
    return words if allowed else []


@pytest.mark.fault(
    "Surroundings",
    "there is no network",
    made="a network namespace without devices, and Python ended at the first socket, program, pickle or foreign file",
    guard="tests/faults/sealed.py: no code opens one; segment/dictionary.py: dictionary",
)
def test_nothing_is_asked_of_the_network_or_of_other_programs(
    ledger: dict[str, bytes], tmp_path: Path, happened: Callable[[str], None]
) -> None:
    """With tables that are kept; that none is asked where they are made the tests before show, sealed as well."""
    _filled(tmp_path)
    seeds, out = TOP / "seeds", tmp_path / "out"
    first = min(seeds.iterdir())
    words: list[str | Path] = ["run", seeds, "--out", out, "--format", ALL, "--debug", "--and--"]
    words += ["clean", first, "--explain", "--and--", "explain", first, "--number", "2", "--and--"]
    words += ["evaluate", TOP / "tests" / "gold", out / "records.jsonl"]
    shown = _sealed(tmp_path, *words, before=_no_network())
    assert "gold records" in shown
    assert len(list(out.iterdir())) == len(FORMATS) + 5
    happened("run, clean, explain and evaluate do all as ever, in all formats; nothing is written outside `--out` but "
             "temporary files")  # fmt: skip


FORBIDDEN = [
    # what is tried, what it proves
    ("import socket; socket.socket()", "a socket"),
    ("import socket; socket.getaddrinfo('localhost', 80)", "a name looked up"),
    ("import subprocess; subprocess.run(['true'])", "another program"),
    ("import pickle; pickle.loads(pickle.dumps(len))", "a pickle of code"),
    ("open('{outside}', 'w')", "a file elsewhere"),
]


@pytest.mark.parametrize(("code", "proves"), FORBIDDEN, ids=[case[1] for case in FORBIDDEN])
def test_the_seal_holds(code: str, proves: str, tmp_path: Path) -> None:
    """Else the test before would show nothing."""
    inside = tmp_path / "inside"
    inside.mkdir()
    script = (
        f"import sys; sys.path.insert(0, {str(SEALED.parent)!r}); from sealed import seal; seal(({str(inside)!r},))\n"
        + code.format(outside=tmp_path / "outside")
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr.split()[0]) == (99, "forbidden:")
