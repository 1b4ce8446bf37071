"""The run's loop: what is written, whole or not at all, and that no article stops the others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from stub_pipeline import short_article

from taizhang.article import Article
from taizhang.errors import OutputError, RuleError
from taizhang.records import Document, Rejection
from taizhang.run import Tally, write_ledger
from taizhang.run.parts import PARTS
from taizhang.write.records_csv import CSV
from taizhang.write.records_jsonl import JSONL

FORMATS = (JSONL, CSV)
FILES = sorted(
    [*(f.filename for f in FORMATS), "documents.jsonl", "manifest.json", "rejects.jsonl", "timings.json"]
)


def _unread(name: str) -> Rejection:
    document = Document(id=name, path=f"{name}.txt")
    return Rejection(scope="article", document=document, reason="binary", detail="expected text, got zeros")


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_file_is_written_and_counts_agree(pipeline: object, tmp_path: Path) -> None:
    seen = []
    source = [short_article("a1"), _unread("b"), short_article("a2")]
    tally = write_ledger(source, pipeline, tmp_path, FORMATS, progress=lambda t, _: seen.append(t.articles))
    assert sorted(p.name for p in tmp_path.iterdir()) == FILES
    assert (tally.articles, tally.unread, tally.records) == (2, 1, 4)
    assert seen == [1, 1, 2]
    assert [r["document"]["id"] for r in _lines(tmp_path / "records.jsonl")] == ["a1", "a1", "a2", "a2"]
    rejects = _lines(tmp_path / "rejects.jsonl")
    assert [(r["scope"], r["reason"]) for r in rejects] == [
        ("number", "ordinal"),
        ("article", "binary"),
        ("number", "ordinal"),
    ]


def test_the_manifest_says_what_was_read_and_what_came_of_it(pipeline: object, tmp_path: Path) -> None:
    write_ledger([short_article("a1"), _unread("b")], pipeline, tmp_path, FORMATS)
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest["inputs"] == [
        {
            **{"path": "a1.txt", "id": "a1", "sha256": "0" * 64, "records": 2, "rejects": 1},
            "numerals": {"seen": 3, "in_records": 2, "in_rejects": 1},
        },
        {"path": "b.txt", "id": "b", "unread": "binary"},
    ]
    assert manifest["counts"]["articles"] == {"read": 1, "unread": 1}
    assert manifest["counts"]["numerals"] == {"seen": 3, "in_records": 2, "in_rejects": 1}
    assert manifest["counts"]["stages"]["validate"] == {"records": 2, "rejects": 1}
    assert manifest["counts"]["rejected_numbers"] == {"ordinal": 1}
    assert manifest["ruleset"] == "f" * 64
    differ = {"manifest.json", "timings.json", "ledger.duckdb"}
    assert sorted(manifest["outputs"]) == [name for name in FILES if name not in differ]
    assert "spacy" in manifest["dependencies"]


def test_two_runs_give_the_same_bytes_but_for_the_timings_and_what_says_so(
    pipeline: object, tmp_path: Path
) -> None:
    for folder in ("one", "two"):
        write_ledger([short_article("a1"), _unread("b")], pipeline, tmp_path / folder, FORMATS)
    differ = {"timings.json", *(f.filename for f in FORMATS if not f.repeatable)}
    for name in set(FILES) - differ:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_no_article_at_all_still_gives_whole_files(pipeline: object, tmp_path: Path) -> None:
    tally = write_ledger([], pipeline, tmp_path / "deep" / "er", FORMATS)
    assert (tally.articles, tally.records) == (0, 0)
    assert json.loads((tmp_path / "deep" / "er" / "manifest.json").read_text())["inputs"] == []
    assert (tmp_path / "deep" / "er" / "records.jsonl").read_bytes() == b""


def test_a_fault_of_ours_in_one_article_is_a_reject_and_the_others_go_on(
    pipeline: object, tmp_path: Path
) -> None:
    tally = write_ledger([short_article("broken"), short_article("a2")], pipeline, tmp_path, FORMATS)
    assert (tally.articles, tally.unread) == (1, 1)
    first = _lines(tmp_path / "rejects.jsonl")[0]
    assert first["reason"] == "internal-error"
    assert "ArithmeticError" in first["detail"]
    assert first["document"]["id"] == "broken"


def test_a_wrong_rule_file_ends_the_run(pipeline: object, tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        write_ledger([short_article("wrong-rules")], pipeline, tmp_path, FORMATS)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_broken_off_changes_no_file(pipeline: object, tmp_path: Path) -> None:
    write_ledger([short_article("a1")], pipeline, tmp_path, FORMATS)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def interrupted() -> Iterator[Article]:
        yield short_article("a2")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_ledger(interrupted(), pipeline, tmp_path, FORMATS)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.name != PARTS} == before


def test_an_output_folder_that_is_a_file_is_a_fault_of_use(pipeline: object, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="expected a folder"):
        write_ledger([], pipeline, tmp_path / "out", FORMATS)


def test_articles_are_taken_one_at_a_time(pipeline: object, tmp_path: Path) -> None:
    """An article is asked for only when the one before it has been written."""
    events: list[str] = []

    def source() -> Iterator[Article]:
        for name in ("a1", "a2"):
            events.append(f"read {name}")
            yield short_article(name)

    def progress(tally: Tally, item: Article | Rejection) -> None:
        events.append(f"done {item.document.id}")

    write_ledger(source(), pipeline, tmp_path, FORMATS, progress=progress)
    assert events == ["read a1", "done a1", "read a2", "done a2"]
