"""A run into the folder of an earlier one: nothing stale is left, and nothing that is somebody's own goes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from stub_pipeline import short_article
from typer.testing import CliRunner

from taizhang.article import Article
from taizhang.check import check_run
from taizhang.cli import app
from taizhang.errors import AllFailedError, OutputError
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document, Rejection
from taizhang.result import Result
from taizhang.run import write_ledger
from taizhang.write.beside import DUMP_FILES, REPORT_MARK
from taizhang.write.records_csv import CSV
from taizhang.write.records_jsonl import JSONL

ALWAYS = {"documents.jsonl", "manifest.json", "rejects.jsonl", "timings.json"}
EVERY = "jsonl,csv,parquet,xlsx,sqlite,duckdb"


def _taizhang(*words: object) -> None:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _news(folder: Path) -> Path:
    folder.mkdir()
    (folder / "a.txt").write_text("昆明市排查隐患12处，整改10处。\n", "utf-8")
    (folder / "b.txt").write_text("太原市修复桥梁7座。\n", "utf-8")
    return folder


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Two articles of our own."""
    return _news(tmp_path / "news")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that a run, a report and a merge write; tests take a copy."""
    folder = tmp_path_factory.mktemp("made")
    out = folder / "out"
    _taizhang("run", _news(folder / "news"), "--out", out, "--format", EVERY, "--debug")
    _taizhang("report", out)
    _taizhang("merge", out, "--format", "jsonl,csv,parquet")
    _taizhang("aggregate", out, "--format", "csv")
    _taizhang("export", out, "--to", "label-studio")
    assert _names(out) > {
        "ledger.duckdb",
        "report.html",
        "facts.csv",
        "fact_sources.parquet",
        "merge.json",
        "aggregate.csv",
    }
    return out


@pytest.fixture
def full(made: Path, tmp_path: Path) -> Path:
    """That folder, to be changed."""
    return shutil.copytree(made, tmp_path / "out")


def test_what_was_not_asked_for_goes(full: Path, news: Path) -> None:
    (full / "notes.txt").write_text("mine", "utf-8")
    (full / "debug" / "a" / "notes.txt").write_text("mine", "utf-8")
    _taizhang("run", news, "--out", full, "--format", "jsonl")
    assert _names(full) == {*ALWAYS, "records.jsonl", "notes.txt", "debug/a/notes.txt"}
    assert not (full / "debug" / "b").exists()
    assert not (full / "label-studio").exists()


def test_dumps_are_those_of_the_articles_of_the_run(full: Path, news: Path) -> None:
    (news / "a.txt").unlink()
    _taizhang("run", news, "--out", full, "--format", EVERY, "--debug")
    assert {path.name for path in (full / "debug").iterdir()} == {"b"}
    assert _names(full) & {"report.html", "merge.json", "facts.jsonl"} == set()
    assert "records.xlsx" in _names(full)


def test_shards_and_the_one_file_take_each_other_s_place(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = ("run", news, "--out", out, "--format", "parquet")
    _taizhang(*run, "--shard-records", "1")
    assert len(list(out.glob("records-*.parquet"))) == 3
    _taizhang(*run, "--shard-records", "2")
    assert len(list(out.glob("records-*.parquet"))) == 2
    _taizhang(*run)
    assert _names(out) == {*ALWAYS, "records.parquet"}
    _taizhang(*run, "--shard-records", "2")
    assert _names(out) == {*ALWAYS, "records-00000.parquet", "records-00001.parquet"}


@pytest.mark.parametrize("name", ["records.csv", "facts.csv", "label-studio/tasks.json"])
def test_what_was_changed_since_is_not_lost(name: str, full: Path, news: Path) -> None:
    with (full / name).open("a", encoding="utf-8") as file:
        file.write("a remark of mine\n")
    before = {name: (full / name).read_bytes() for name in _names(full)}
    result = CliRunner().invoke(app, ["run", str(news), "--out", str(full), "--format", "jsonl"])
    assert result.exit_code == 2
    assert f"{name}: expected the file that an earlier run wrote" in result.output
    assert {name: (full / name).read_bytes() for name in _names(full)} == before


def test_names_like_ours_are_let_be_where_no_run_was(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name in ("records.parquet", "facts.csv", "merge.json", "report.html"):
        (out / name).write_text("mine", "utf-8")
    _taizhang("run", news, "--out", out, "--format", "jsonl")
    assert _names(out) >= {"records.parquet", "facts.csv", "merge.json", "report.html"}


def test_a_page_that_is_no_report_is_let_be(full: Path, news: Path) -> None:
    assert REPORT_MARK in (full / "report.html").read_text("utf-8")
    (full / "report.html").write_text("<p>mine</p>", "utf-8")
    _taizhang("run", news, "--out", full, "--format", "jsonl")
    assert (full / "report.html").read_text("utf-8") == "<p>mine</p>"


def test_the_names_of_the_dumps_are_those_that_are_written(full: Path) -> None:
    assert {path.name for path in (full / "debug" / "a").iterdir()} == set(DUMP_FILES)


def test_check_knows_every_file(full: Path, news: Path) -> None:
    rules = shipped_pipeline().rules
    report = check_run(full, rules)
    assert report.good, [check.faults for check in report.checks.values()]
    assert report["files"].about.endswith("SHA-256")
    (full / "notes.txt").touch()
    assert check_run(full, rules)["files"].about.endswith("(not of the run: notes.txt)")

    kept = {
        name: (full / name).read_bytes()
        for name in ("ledger.duckdb", "report.html", "merge.json", "facts.csv")
    }
    (news / "b.txt").unlink()
    _taizhang("run", news, "--out", full, "--format", "jsonl")
    for name, content in kept.items():
        (full / name).write_bytes(content)
    faults = "\n".join(check_run(full, rules)["files"].faults)
    assert "ledger.duckdb: file: expected none, as in the manifest, got one" in faults
    assert "report.html: run: expected the report of this run, got one of another run" in faults
    assert "merge.json: records: expected" in faults
    assert "facts.jsonl: SHA-256: expected" in faults


def _unread(reason: str) -> Rejection:
    document = Document(id=reason, path=f"{reason}.txt")
    return Rejection(scope="article", document=document, reason=reason, detail="expected otherwise")


ALL_FAILED = [
    # what is read, whether the run ends without a ledger, what it proves
    (["broken", "broken"], True, "a fault of ours in every article"),
    (["broken"], True, "in the only one"),
    ([_unread("missing-extra"), _unread("missing-extra")], True, "a library that every file needs"),
    (["broken", "a1"], False, "one article was read"),
    (["broken", _unread("missing-extra")], False, "two causes"),
    ([_unread("binary"), _unread("binary")], False, "the cause lies in the files"),
    ([], False, "no article at all"),
]


@pytest.mark.parametrize(("found", "ends", "proves"), ALL_FAILED, ids=[case[2] for case in ALL_FAILED])
def test_a_run_in_which_everything_fails_for_one_cause(
    found: list[str | Rejection], ends: bool, proves: str, pipeline: object, tmp_path: Path
) -> None:
    write_ledger([short_article("a1")], pipeline, tmp_path, (JSONL, CSV))  # type: ignore[arg-type]
    before = {name: (tmp_path / name).read_bytes() for name in _names(tmp_path)}
    source = [short_article(item) if isinstance(item, str) else item for item in found]
    if ends:
        with pytest.raises(AllFailedError, match=f"for all {len(found)}, the first: "):
            write_ledger(source, pipeline, tmp_path, (JSONL,))  # type: ignore[arg-type]
        assert {name: (tmp_path / name).read_bytes() for name in _names(tmp_path)} == before
    else:
        write_ledger(source, pipeline, tmp_path, (JSONL,))  # type: ignore[arg-type]
        assert _names(tmp_path) == {*ALWAYS, "records.jsonl"}


def test_a_changed_file_ends_the_run_before_anything_is_read(
    result: Result, pipeline: object, tmp_path: Path
) -> None:
    write_ledger([short_article("a1")], pipeline, tmp_path, (JSONL, CSV))  # type: ignore[arg-type]
    (tmp_path / "records.csv").write_text("", "utf-8")

    def unread() -> Article:
        raise AssertionError("no article may be asked for")

    with pytest.raises(OutputError, match=r"records\.csv"):
        write_ledger((unread() for _ in "x"), pipeline, tmp_path, (JSONL,))  # type: ignore[arg-type]
