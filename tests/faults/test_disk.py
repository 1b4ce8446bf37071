"""What a disk does to a run: no room, a limit on a file, no leave to write, a folder that goes away."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from own_process import Command

from taizhang.article import Article
from taizhang.errors import OutputError
from taizhang.records import Document, Rejection
from taizhang.run import Tally, write_ledger
from taizhang.run.parts import PARTS
from taizhang.write import FORMATS
from taizhang.write.format import Format

ALWAYS = {"documents.jsonl", "manifest.json", "rejects.jsonl", "timings.json"}


def _articles(count: int) -> list[Article]:
    return [Article.of("排查12处。", Document(id=f"a{n}", path=f"a{n}.txt")) for n in range(count)]


def _bytes(folder: Path, format_: Format) -> dict[str, bytes]:
    differ = {"timings.json"} | (set() if format_.repeatable else {format_.filename})
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in differ}


@pytest.mark.fault(
    "Disk",
    "the disk is full",
    made="a tmpfs that is too small for the ledger, with each format",
    guard="run/ledger.py: _faults_of; write/whole.py: abort",
)
@pytest.mark.parametrize("format_", FORMATS, ids=[format_.name for format_ in FORMATS])
def test_a_full_disk(
    format_: Format,
    pipeline: object,
    small_disk: Callable[[str], Path],
    tmp_path: Path,
    happened: Callable[[str], None],
) -> None:
    out = small_disk("size=24m") / "out"
    write_ledger(_articles(1), pipeline, out, [format_])
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    filler = out.parent / "filler"
    free = shutil.disk_usage(out).free
    filler.write_bytes(bytes(free - 64 * 1024))
    with pytest.raises(OutputError, match=r"(?i)no space left|disk is full") as error:
        write_ledger(_articles(300), pipeline, out, [format_])
    assert str(out) in str(error.value)
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != PARTS} == before
    filler.unlink()
    write_ledger(_articles(300), pipeline, out, [format_])
    write_ledger(_articles(300), pipeline, tmp_path / "elsewhere", [format_])
    assert _bytes(out, format_) == _bytes(tmp_path / "elsewhere", format_)
    assert {path.name for path in out.iterdir()} == ALWAYS | {format_.filename}
    happened(
        "an error that names the folder and says that there is no room; no half file stays, the ledger before is as it "
        "was, and once there is room the same command ends with the same bytes"
    )


@pytest.mark.fault(
    "Disk",
    "the folder for temporary files is full",
    made="`TMPDIR` on a tmpfs without room, with `--format xlsx`",
    guard="run/ledger.py: _faults_of",
)
def test_no_room_for_temporary_files(
    pipeline: object,
    small_disk: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    happened: Callable[[str], None],
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk("size=4k")))
    formats = [format_ for format_ in FORMATS if format_.name == "xlsx"]
    with pytest.raises(OutputError, match="No space left"):
        write_ledger(_articles(300), pipeline, tmp_path / "out", formats)
    assert [path.name for path in (tmp_path / "out").iterdir()] in ([], [PARTS])
    happened("an error that says that there is no room; no file of the ledger is there")


@pytest.fixture
def many_unread(tmp_path: Path) -> Path:
    """A file of 400 rows that are no articles: what is written of them needs no rules."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"n": 1}\n' * 400)
    return path


@pytest.mark.fault(
    "Disk",
    "a file may not grow further",
    made="`ulimit -f`: the ledger's files may have 16 KiB",
    guard="run/ledger.py: _faults_of",
)
def test_a_limit_on_the_size_of_files(
    taizhang: Command, many_unread: Path, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (16 * 1024, 16 * 1024))

    done = taizhang("run", many_unread, "--out", tmp_path / "out", preexec_fn=limited)
    assert done.returncode == 2
    assert f"[Errno {errno.EFBIG}]" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "out").iterdir()) == []
    happened(f"exit code {done.returncode}, “File too large”; no file of the ledger is there")


@pytest.mark.fault(
    "Disk",
    "the output folder takes no files",
    made="a disk that is mounted read-only",
    guard="run/ledger.py: _faults_of",
)
def test_a_read_only_folder(
    taizhang: Command, many_unread: Path, small_disk: Callable[[str], Path], happened: Callable[[str], None]
) -> None:
    out = small_disk("size=1m")
    small_disk("ro")
    done = taizhang("run", many_unread, "--out", out)
    assert done.returncode == 2
    assert f"{out}: expected a folder to write to" in done.stderr
    assert "Read-only" in done.stderr
    assert "Traceback" not in done.stderr
    happened(f"exit code {done.returncode}, “expected a folder to write to”, before an article is read")


@pytest.mark.fault(
    "Disk",
    "the output folder belongs to another user",
    made="a process of the user 65534 writes to a folder of mode 755",
    guard="run/ledger.py: _faults_of",
)
def test_a_folder_of_another_user(pipeline: object, tmp_path: Path, happened: Callable[[str], None]) -> None:
    if os.getuid() != 0:
        pytest.skip("needs root to become another user")
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        out = Path(name)
        out.chmod(0o755)
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            os.setgid(65534)
            os.setuid(65534)
            try:
                write_ledger(_articles(1), pipeline, out, [])
            except OutputError as error:
                os.write(tell, str(error).encode())
            finally:
                os._exit(0)
        os.close(tell)
        os.waitpid(child, 0)
        with os.fdopen(told, "r") as message:
            said = message.read()
        assert said.startswith(f"{out}: expected a folder to write to")
        assert "Permission denied" in said
        assert list(out.iterdir()) == []
    happened("an error, “expected a folder to write to, got Permission denied”")


@pytest.mark.fault(
    "Disk",
    "the output folder is removed while the run goes",
    made="`rm -r` between two articles",
    guard="run/ledger.py: _faults_of",
)
def test_a_folder_that_goes_away(pipeline: object, tmp_path: Path, happened: Callable[[str], None]) -> None:
    out = tmp_path / "out"

    def removed(tally: Tally, item: Article | Rejection) -> None:
        if tally.articles == 2:
            shutil.rmtree(out)

    with pytest.raises(OutputError, match="No such file"):
        write_ledger(_articles(5), pipeline, out, FORMATS[:1], progress=removed)
    happened("an error that names what is gone")


FULL = [
    # words of the command, exit code, what it proves
    (("clean", "{file}"), 2, "a text that cannot be printed"),
    (("run", "{empty}", "--out", "{out}"), 0, "a run whose ledger is written, but not its summary"),
]


@pytest.mark.fault(
    "Disk",
    "standard output takes nothing",
    made="`> /dev/full`",
    guard="cli/process.py: guarded; cli/run.py: OSError at the summary",
)
@pytest.mark.parametrize(("words", "code", "proves"), FULL, ids=[case[2] for case in FULL])
def test_a_standard_output_that_is_full(  # noqa: PLR0913, PLR0917
    words: tuple[str, ...],
    code: int,
    proves: str,
    taizhang: Command,
    news: Path,
    tmp_path: Path,
    happened: Callable[[str], None],
) -> None:
    (tmp_path / "empty").mkdir()
    places = {"file": news / "甲.txt", "empty": tmp_path / "empty", "out": tmp_path / "out"}
    with Path("/dev/full").open("w") as full:
        done = taizhang(
            *(word.format(**places) for word in words), stdout=full, stderr=-1, capture_output=False
        )
    assert done.returncode == code
    assert "No space left on device" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert words[0] != "run" or (tmp_path / "out" / "manifest.json").exists()
    happened("one line on standard error; exit code 2, but that of the run where it is only the summary")


@pytest.mark.fault(
    "Disk",
    "standard error takes nothing",
    made="`2> /dev/full`, with an input that is told to be unreadable",
    guard="run/progress.py: tell",
)
def test_a_standard_error_that_is_full(
    taizhang: Command, many_unread: Path, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    with Path("/dev/full").open("w") as full:
        done = taizhang(
            "run", many_unread, "--out", tmp_path / "out", stderr=full, stdout=-1, capture_output=False
        )
    assert done.returncode == 1, "some could not be read"
    rejects = (tmp_path / "out" / "rejects.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["reason"] for line in rejects] == ["no-text"] * 400
    happened(
        "the run goes on without telling; the ledger is written, with the exit code that it has otherwise"
    )
