"""A rejection's line leaves out what stands elsewhere: put together again it is what the pipeline gave."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from taizhang.article import Article
from taizhang.check import check_run
from taizhang.cli import app
from taizhang.errors import RunFolderError
from taizhang.pipeline import shipped_pipeline
from taizhang.records import CleanText, Document, Rejection
from taizhang.result import Result
from taizhang.rules import RuleSet
from taizhang.run import write_ledger
from taizhang.run.folder import RunFolder
from taizhang.run.whole import title_end, whole_rejects
from taizhang.write.records_jsonl import JSONL, Kept

TEXTS = {
    "a": "整改快讯\n据2019年3月通报，青禾县第二批排查隐患12处。上述三地已整改。",
    "b": "阅读 1024 次\n60岁以上老人可免费乘车，惠及2万人。",
    "c": "群众十分满意",
}


@pytest.fixture
def found() -> list[Article | Rejection]:
    articles: list[Article | Rejection] = [
        Article.of(text, Document(id=name, title="整改快讯" if name == "a" else None, path=f"{name}.txt"))
        for name, text in TEXTS.items()
    ]
    unread = Rejection(
        scope="article", document=Document(id="d", path="d.txt"), reason="empty", detail="no text"
    )
    return [*articles[:2], unread, articles[2]]


def test_put_together_they_are_what_the_pipeline_gave(
    found: list[Article | Rejection], tmp_path: Path
) -> None:
    pipeline = shipped_pipeline()
    write_ledger(found, pipeline, tmp_path, (JSONL,))
    expected: list[Rejection] = []
    for item in found:
        expected += [item] if isinstance(item, Rejection) else pipeline.run(item).result.rejects
    assert list(whole_rejects(RunFolder.open(tmp_path), RuleSet())) == expected
    assert len({reject.reason for reject in expected}) >= 4
    assert all(
        set(json.loads(line)["document"]) == {"id"}
        for line in (tmp_path / "rejects.jsonl").read_text("utf-8").splitlines()
        if '"number"' in line
    )


def test_an_article_that_is_not_there_is_told(make_run: Callable[..., RunFolder], result: Result) -> None:
    run = make_run(result)
    (run.path / "documents.jsonl").write_text("", "utf-8")
    with pytest.raises(
        RunFolderError, match=r"expected the articles of documents\.jsonl in their order, got 'a1'"
    ):
        list(whole_rejects(run, RuleSet()))


@pytest.mark.parametrize(("kept", "left"), [("all", True), ("important", True), ("counts", False)])
def test_a_run_that_keeps_fewer_is_sound_and_counts_all(kept: Kept, left: bool, tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    out = tmp_path / "out"
    command = ["run", *(str(tmp_path / f"{name}.txt") for name in TEXTS), "--out", str(out), "--debug"]
    done = CliRunner().invoke(app, [*command, "--rejects", kept])
    assert done.exit_code == 0, done.output
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    lines = (out / "rejects.jsonl").read_text("utf-8").splitlines()
    assert manifest["rejects"] == kept
    assert bool(lines) is left
    assert (len(lines) == sum(manifest["counts"]["rejected_numbers"].values())) is (kept == "all")
    assert check_run(out, RuleSet()).good
    if lines:
        (out / "rejects.jsonl").write_text("".join(f"{line}\n" for line in lines[1:]), "utf-8")
        assert any("reasons: expected" in fault for fault in check_run(out, RuleSet())["counts"].faults)


@pytest.mark.parametrize(
    ("title", "text", "end", "proves"),
    [
        ("整改快讯", "整改快讯\n排查12处。", 4, "the title is the first line"),
        ("整改——快讯", "整改——\n快讯\n排查12处。", 7, "it stands on two lines"),
        ("整改快讯", "整改通报\n排查12处。", 0, "the text begins otherwise"),
        (None, "整改快讯", 0, "there is no title"),
        ("整改快讯", "整改快讯", 4, "there is nothing else"),
        ("整改快讯", "整改", 0, "there is not even all of it"),
    ],
)
def test_the_title_in_the_text_is_found(title: str | None, text: str, end: int, proves: str) -> None:
    assert title_end(CleanText(document=Document(id="a", title=title), text=text)) == end, proves
