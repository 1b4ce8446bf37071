"""Runs that are broken off: the same command ends with the same bytes, and does nothing done a second time."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from compared import COUNT, SAME, done
from stub_pipeline import StubPipeline, articles

from taizhang.article import Article
from taizhang.errors import OutputError
from taizhang.records import Rejection
from taizhang.result import Result
from taizhang.run import Tally, Workers, write_ledger
from taizhang.run.line import Line
from taizhang.run.lock import LOCK
from taizhang.run.parts import PARTS, RunParts
from taizhang.write.format import Format, Writer
from taizhang.write.records_jsonl import JSONL


class Breaks(Exception):
    """What breaks a run off."""


def _broken_off(out: Path, after: int, pipeline: StubPipeline, workers: Workers | None = None) -> None:
    def stops(tally: Tally, item: Article | Rejection) -> None:
        if tally.articles == after:
            raise Breaks

    with pytest.raises(Breaks):
        write_ledger(articles(COUNT), pipeline, out, [JSONL], workers=workers, progress=stops)


def test_what_is_done_is_told_and_not_done_again(tmp_path: Path) -> None:
    log, told = tmp_path / "log", []
    pipeline = StubPipeline(log=log)
    _broken_off(tmp_path / "out", 110, pipeline)
    assert len(done(log)) == 110
    write_ledger(articles(COUNT), pipeline, tmp_path / "out", [JSONL], say=told.append)
    assert told == ["continuing a run that was broken off: 110 articles are done"]
    assert done(log) == [article.document.id for article in articles(COUNT)]


@pytest.mark.parametrize("ordered", [True, False])
def test_a_run_may_be_continued_with_other_workers(ordered: bool, tmp_path: Path) -> None:
    _broken_off(tmp_path / "out", 70, StubPipeline(), Workers(StubPipeline, 2, ordered=ordered))
    write_ledger(articles(COUNT), StubPipeline(), tmp_path / "out", [JSONL])
    write_ledger(articles(COUNT), StubPipeline(), tmp_path / "whole", [JSONL])
    for name in SAME:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name


def test_a_finished_run_is_done_anew(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for _ in range(2):
        write_ledger(articles(COUNT), StubPipeline(log=log), tmp_path / "out", [JSONL])
    assert len(done(log)) == 2 * COUNT


OTHER = [
    # another pipeline, what it proves
    (StubPipeline(ruleset="e" * 64), "another ruleset"),
    (StubPipeline(min_confidence=0.5), "another setting"),
]


@pytest.mark.parametrize(("other", "proves"), OTHER, ids=[case[1] for case in OTHER])
def test_another_ruleset_or_setting_starts_anew_and_says_so(
    other: StubPipeline, proves: str, tmp_path: Path
) -> None:
    log, told = tmp_path / "log", []
    _broken_off(tmp_path / "out", 50, StubPipeline())
    write_ledger(articles(COUNT), replace_log(other, log), tmp_path / "out", [JSONL], say=told.append)
    assert told == ["a run with other rules, versions or settings was broken off here: starting anew"]
    assert len(done(log)) == COUNT


def replace_log(pipeline: StubPipeline, log: Path) -> StubPipeline:
    """The same pipeline, with a log."""
    return StubPipeline(ruleset=pipeline.ruleset, log=log, min_confidence=pipeline.min_confidence)


def _flipped(content: bytes) -> bytes:
    return content[:-20] + bytes([content[-20] ^ 1]) + content[-19:]


DAMAGE = [
    # what becomes of the part's bytes, what it proves
    (_flipped, "one bit is another"),
    (lambda content: content[:-1], "its last byte is missing"),
    (lambda content: content[: len(content) // 2], "its second half is missing"),
    (lambda content: content[:100], "its head is cut"),
    (lambda content: b"", "it is empty"),
    (lambda content: bytes(len(content)), "it is zeros, as after a power cut"),
    (lambda content: content + content, "it stands there twice"),
]


@pytest.mark.fault(
    "Processes",
    "a kept part of a broken-off run is damaged",
    made="a bit flipped, bytes cut off, an empty file, zeros, bytes too many",
    guard="run/parts.py: the digest in _index",
)
@pytest.mark.parametrize(("damage", "proves"), DAMAGE, ids=[case[1] for case in DAMAGE])
def test_a_damaged_part_is_done_again(
    damage: Callable[[bytes], bytes], proves: str, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    log, told = tmp_path / "log", []
    _broken_off(tmp_path / "out", 50, StubPipeline())
    (part,) = (tmp_path / "out" / PARTS).iterdir()
    (part.parent / f".{part.name}.4711.part").touch()  # and one that was being written
    part.write_bytes(damage(part.read_bytes()))
    write_ledger(articles(COUNT), StubPipeline(log=log), tmp_path / "out", [JSONL], say=told.append)
    assert len(told) == 1
    assert len(done(log)) == COUNT
    assert not (tmp_path / "out" / PARTS).exists()
    happened(f"the run says “{told[0]}” and does these articles again")


def test_a_file_in_the_parts_that_is_none_is_left_unread(tmp_path: Path) -> None:
    log = tmp_path / "log"
    _broken_off(tmp_path / "out", 50, StubPipeline())
    (tmp_path / "out" / PARTS / "mine.outcomes").write_text("x")
    write_ledger(articles(COUNT), StubPipeline(log=log), tmp_path / "out", [JSONL])
    assert len(done(log)) == COUNT - 50


def test_of_other_inputs_only_the_same_articles_are_taken_over(tmp_path: Path) -> None:
    """One article has changed by a character, one has gone, one has come, and the order is another."""
    log, told = tmp_path / "log", []
    _broken_off(tmp_path / "out", 50, StubPipeline())
    now = list(articles(53))
    now[7] = Article.of("第七批", now[7].document)
    now = list(reversed(now[:9] + now[10:51]))
    write_ledger(now, StubPipeline(log=log), tmp_path / "out", [JSONL], say=told.append)
    write_ledger(now, StubPipeline(), tmp_path / "whole", [JSONL])
    assert sorted(done(log)) == ["a00007", "a00050"]
    assert told[1:] == ["2 articles of the run that was broken off are no longer in the input"]
    for name in SAME:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name


def test_what_an_article_says_of_itself_counts_as_its_text_does(tmp_path: Path) -> None:
    """The same text under another date is another article."""
    log = tmp_path / "log"
    _broken_off(tmp_path / "out", 50, StubPipeline())
    dated = [
        replace(article, document=article.document.model_copy(update={"published": "2021-03-04"}))
        for article in articles(50)
    ]
    write_ledger(dated, StubPipeline(log=log), tmp_path / "out", [JSONL])
    assert len(done(log)) == 50


@dataclass
class FullDisk:
    """A writer whose disk takes so many results and no more."""

    room: int

    def write(self, result: Result) -> None:
        self.room -= 1
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    def commit(self) -> None: ...

    def abort(self) -> None: ...


def test_a_full_disk_is_a_clear_error_and_keeps_what_is_done(tmp_path: Path) -> None:
    def opened(path: Path) -> Writer:
        return FullDisk(110)

    log = tmp_path / "log"
    full = Format("full", "full.jsonl", opened)
    with pytest.raises(OutputError, match=r"No space left.*what is done is kept"):
        write_ledger(articles(COUNT), StubPipeline(log=log), tmp_path / "out", [full])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [PARTS]
    write_ledger(articles(COUNT), StubPipeline(log=log), tmp_path / "out", [JSONL])
    assert 110 < len(done(log)) - COUNT + 100 < 120, "the part of a hundred is not done again"


def test_what_the_machine_did_not_allow_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More memory, more time: the next run may do what this one could not."""
    once = StubPipeline.run

    def refused(self: StubPipeline, article: Article) -> object:
        if article.document.id == "a00007":
            raise MemoryError
        return once(self, article)

    log = tmp_path / "log"
    with monkeypatch.context() as patched:
        patched.setattr(StubPipeline, "run", refused)
        _broken_off(tmp_path / "out", 49, StubPipeline())  # 49 and the one that is not counted
    write_ledger(articles(50), StubPipeline(log=log), tmp_path / "out", [JSONL])
    assert done(log) == ["a00007"]


def test_two_runs_into_one_folder(tmp_path: Path) -> None:
    seen = []

    def another(tally: Tally, item: Article | Rejection) -> None:
        with pytest.raises(OutputError, match="no other run writes to") as error:
            write_ledger(articles(3), StubPipeline(), tmp_path, [JSONL])
        seen.append(str(error.value))

    write_ledger(articles(3), StubPipeline(), tmp_path, [JSONL], progress=another)
    assert len(seen) == 3
    assert len((tmp_path / "rejects.jsonl").read_text().splitlines()) == 3, "the first one is not disturbed"
    assert not (tmp_path / LOCK).exists()


def test_the_lock_of_a_killed_run_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / LOCK).touch()
    write_ledger(articles(3), StubPipeline(), tmp_path, [JSONL])
    assert not (tmp_path / LOCK).exists()


def test_unfinished_files_of_a_killed_run_are_removed_and_others_are_not(tmp_path: Path) -> None:
    rest = tmp_path / ".records.jsonl.4711.part"
    (journal := tmp_path / ".records.jsonl.4711.part-journal").touch()
    mine = tmp_path / ".records.notes"
    for path in (rest, mine):
        path.write_text("x")
    write_ledger(articles(3), StubPipeline(), tmp_path, [JSONL])
    assert not rest.exists()
    assert not journal.exists()
    assert mine.exists()


def test_stage_dumps_come_for_every_article_of_a_continued_run(tmp_path: Path) -> None:
    _broken_off(tmp_path / "out", 50, StubPipeline())
    dumped: list[object] = []
    write_ledger(articles(COUNT), StubPipeline(), tmp_path / "out", [JSONL], dump=dumped.append)
    assert len(dumped) == COUNT
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert manifest["counts"]["articles"] == {"read": COUNT, "unread": 0}


def test_a_source_that_breaks_keeps_what_is_done(tmp_path: Path) -> None:
    def source() -> Iterator[Article]:
        yield from articles(30)
        raise KeyboardInterrupt

    log = tmp_path / "log"
    with pytest.raises(KeyboardInterrupt):
        write_ledger(source(), StubPipeline(), tmp_path / "out", [JSONL])
    write_ledger(articles(COUNT), StubPipeline(log=log), tmp_path / "out", [JSONL])
    assert len(done(log)) == COUNT - 30


def test_a_large_outcome_is_on_disk_at_once_and_comes_back_in_its_parts(tmp_path: Path) -> None:
    lines = [json.dumps("x" * size) for size in (5_000_000, 0, 70_000)]
    with RunParts(tmp_path, "mine") as parts:
        parts.keep("a" * 64, Line(["1"]))
        assert not list((tmp_path / PARTS).glob("*.outcomes"))
        parts.keep("b" * 64, Line(lines))
        assert len(list((tmp_path / PARTS).glob("*.outcomes"))) == 1
    again = RunParts(tmp_path, "mine")
    assert (again.found, again.discarded) == (2, 0)
    assert [list(again.take(key * 64) or ()) for key in "bac"] == [lines, ["1"], []]
