"""An outcome in parts: what is written does not depend on their size, and of one that fails nothing else counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.article import Article
from taizhang.pipeline import shipped_pipeline
from taizhang.read.assemble import body_of
from taizhang.read.shapes import reading
from taizhang.records import Document, Rejection
from taizhang.result import Result, parted
from taizhang.run import write_ledger
from taizhang.run.line import Line
from taizhang.run.outcome import Outcome
from taizhang.validate import stage
from taizhang.write.ledger_sqlite import SQLITE_LEDGER
from taizhang.write.records_csv import CSV
from taizhang.write.records_jsonl import JSONL

ROWS = "".join(f"小店区{n}村|{n}|{2 * n}|{n}%\n" for n in range(10, 30))
TEXT = f"县区|问题数（个）|整改数（个）|整改率\n-|-|-|-\n{ROWS}合计|390|780|\n"
FILES = ("records.jsonl", "records.csv", "rejects.jsonl", "documents.jsonl", "manifest.json")


def articles() -> Iterator[Article]:
    """A table, and a copy of it."""
    for name in ("a", "b"):
        body = body_of(TEXT, reading(shipped_pipeline().rules))
        yield Article(Document(id=name), body.text, TEXT, tables=body.tables)


def written(folder: Path) -> dict[str, bytes]:
    write_ledger(articles(), shipped_pipeline(), folder, (JSONL, CSV, SQLITE_LEDGER))
    return {name: (folder / name).read_bytes() for name in (*FILES, "ledger.sqlite")}


@pytest.mark.parametrize("size", [1, 7, 63])
def test_the_files_are_the_same_in_parts_of_any_size(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = written(tmp_path / "whole")
    assert whole["records.jsonl"].count(b"\n") > 100
    monkeypatch.setattr(stage, "PART", size)
    assert written(tmp_path / "parts") == whole


def test_of_an_outcome_that_fails_no_part_is_left() -> None:
    document = Document(id="a")
    failure = Outcome.failure(document, "out-of-memory", "")
    line = Line.of([Outcome(Result(document=document)), Outcome(Result(document=document)), failure])
    assert list(line.parts()) == [failure]


@pytest.mark.parametrize("length", [1, 2_000_000])
def test_a_line_gives_its_parts_back_be_it_in_memory_or_not(length: int, tmp_path: Path) -> None:
    document = Document(id="a")
    rejects = tuple(Rejection(document=document, reason="date", quote="3\t月\n" * length) for _ in range(2))
    parts = [Outcome(part) for part in parted(Result(document=document, rejects=rejects, text="3月"), 1)]
    line = Line.of(parts)
    assert [dict(part.result) for part in line.parts()] == [dict(part.result) for part in parts]
    (tmp_path / "lines").write_text("".join([*line.in_file(), *line.in_file()]), "ascii")
    with (tmp_path / "lines").open("rb") as file:
        assert [list(Line.read(file)) for _ in range(1)] == [list(line)]
