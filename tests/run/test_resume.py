"""Runs that are broken off: the same command ends with the same bytes, and does nothing done a second time."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from one_run import PART_ARTICLES
from stub_pipeline import StubPipeline, articles

from taizhang.article import Article
from taizhang.errors import OutputError
from taizhang.records import Rejection
from taizhang.result import Result
from taizhang.run import Tally, Workers, write_ledger
from taizhang.run.job import article_key
from taizhang.run.lock import LOCK
from taizhang.run.parts import PARTS, RunParts
from taizhang.write.format import Format, Writer
from taizhang.write.records_jsonl import JSONL

ONE_RUN = Path(__file__).parent / "processes" / "one_run.py"
COUNT = 120
FILES = {"documents.jsonl", "manifest.json", "records.jsonl", "rejects.jsonl", "timings.json"}
SAME = sorted(FILES - {"timings.json"})


def _start(out: Path, log: Path, workers: int) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, str(ONE_RUN), str(out), str(log), str(COUNT), str(workers)]
    return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)


@dataclass
class Kills:
    """A run that is killed again and again; after each kill what it had kept is read from its parts.

    Attributes:
        kept: the articles in the parts after the last kill, by their ids.
        lost: for each kill before the ledger was written, how many articles were done and not kept. After it the parts
            are gone, and the next run begins anew.
    """

    out: Path
    log: Path
    workers: int
    kept: frozenset[str] = frozenset()
    lost: list[int] = field(default_factory=list)

    def kill(self, lines: int, seconds: float = 0) -> None:
        """Start the run, and kill it so many seconds after it has printed so many lines."""
        process = _start(self.out, self.log, self.workers)
        assert process.stdout
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        process.stdout.close()
        assert process.wait() in {0, -signal.SIGKILL}
        self._look()

    def finish(self) -> None:
        """Start the run and let it end."""
        last = _start(self.out, self.log, self.workers)
        shown, _ = last.communicate()
        assert last.returncode == 0
        assert shown.endswith("written\n")
        self._look()

    def _look(self) -> None:
        """Nothing kept was done again, and all that was kept is kept still, unless the ledger is written."""
        done = set(_done(self.log)) - {"text"}
        assert not done & self.kept, "an article was done twice"
        reached, self.kept = done | self.kept, _kept(self.out)
        self.log.unlink(missing_ok=True)
        if (manifest := self.out / "manifest.json").exists():
            assert len(reached) == COUNT, "a ledger was written without all articles"
            manifest.replace(self.out.with_name("manifest.json"))  # so that the next one is seen
            return
        assert self.kept <= reached
        self.lost.append(len(reached - self.kept))


def _kept(out: Path) -> frozenset[str]:
    """The articles whose outcomes stand in the parts of a run, by their ids."""
    names = {article_key(article): article.document.id for article in articles(COUNT)}
    lines = [line for path in (out / PARTS).glob("*.outcomes") for line in path.read_text().splitlines()[1:]]
    kept = [names[line.split(" ")[0]] for line in lines]
    assert len(kept) == len(set(kept)), "an outcome is kept twice"
    return frozenset(kept)


def _whole(out: Path) -> list[bytes]:
    write_ledger(articles(COUNT), StubPipeline(), out, [JSONL])
    return [(out / name).read_bytes() for name in SAME]


# Twenty times: each case kills one run five times, the more often the more is done already.
@pytest.mark.fault(
    "Processes",
    "the run is killed",
    made="SIGKILL at 20 random moments, with one process and with two workers",
    guard="run/parts.py, write/whole.py",
)
@pytest.mark.parametrize(("workers", "seed"), [(1, 1), (1, 2), (1, 3), (2, 4)])
def test_a_run_that_is_killed_at_any_moment_ends_with_the_same_bytes(
    workers: int, seed: int, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    chance = random.Random(seed)
    run = Kills(tmp_path / "out", tmp_path / "log", workers)
    for _ in range(5):
        run.kill(chance.randrange(COUNT + 1), chance.uniform(0, 0.02))
    run.finish()
    (tmp_path / "manifest.json").replace(run.out / "manifest.json")
    assert {path.name for path in run.out.iterdir()} == FILES, "nothing of the killed runs is left"
    assert [(run.out / name).read_bytes() for name in SAME] == _whole(tmp_path / "whole")
    assert run.lost, "the test would show nothing"
    if workers == 1:  # each kill costs the part at hand, with the article at hand
        assert max(run.lost) <= PART_ARTICLES
    happened(
        "the same command ends with the same bytes, takes over what is done, and leaves no file of the killed runs"
    )


def test_a_run_that_is_killed_when_its_ledger_is_written_has_nothing_left_to_go_on_with(
    tmp_path: Path,
) -> None:
    out, log = tmp_path / "out", tmp_path / "log"
    process = _start(out, log, 1)
    assert process.stdout
    while process.stdout.readline() != "written\n":
        pass
    process.kill()
    process.communicate()
    assert [(out / name).read_bytes() for name in SAME] == _whole(tmp_path / "whole")
    assert not (out / PARTS).exists()
    told: list[str] = []
    write_ledger(articles(COUNT), StubPipeline(log=log), out, [JSONL], say=told.append)
    assert told == []
    assert Counter(_done(log)) == {article.document.id: 2 for article in articles(COUNT)}
    assert [(out / name).read_bytes() for name in SAME] == _whole(tmp_path / "whole")


class Breaks(Exception):
    """What breaks a run off."""


def _broken_off(out: Path, after: int, pipeline: StubPipeline, workers: Workers | None = None) -> None:
    def stops(tally: Tally, item: Article | Rejection) -> None:
        if tally.articles == after:
            raise Breaks

    with pytest.raises(Breaks):
        write_ledger(articles(COUNT), pipeline, out, [JSONL], workers=workers, progress=stops)


def _done(log: Path) -> list[str]:
    return [line.split()[1] for line in log.read_text().splitlines()] if log.exists() else []


def test_what_is_done_is_told_and_not_done_again(tmp_path: Path) -> None:
    log, told = tmp_path / "log", []
    pipeline = StubPipeline(log=log)
    _broken_off(tmp_path / "out", 110, pipeline)
    assert len(_done(log)) == 110
    write_ledger(articles(COUNT), pipeline, tmp_path / "out", [JSONL], say=told.append)
    assert told == ["continuing a run that was broken off: 110 articles are done"]
    assert _done(log) == [article.document.id for article in articles(COUNT)]


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
    assert len(_done(log)) == 2 * COUNT


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
    assert len(_done(log)) == COUNT


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
    assert len(_done(log)) == COUNT
    assert not (tmp_path / "out" / PARTS).exists()
    happened(f"the run says “{told[0]}” and does these articles again")


def test_a_file_in_the_parts_that_is_none_is_left_unread(tmp_path: Path) -> None:
    log = tmp_path / "log"
    _broken_off(tmp_path / "out", 50, StubPipeline())
    (tmp_path / "out" / PARTS / "mine.outcomes").write_text("x")
    write_ledger(articles(COUNT), StubPipeline(log=log), tmp_path / "out", [JSONL])
    assert len(_done(log)) == COUNT - 50


def test_of_other_inputs_only_the_same_articles_are_taken_over(tmp_path: Path) -> None:
    """One article has changed by a character, one has gone, one has come, and the order is another."""
    log, told = tmp_path / "log", []
    _broken_off(tmp_path / "out", 50, StubPipeline())
    now = list(articles(53))
    now[7] = Article.of("第七批", now[7].document)
    now = list(reversed(now[:9] + now[10:51]))
    write_ledger(now, StubPipeline(log=log), tmp_path / "out", [JSONL], say=told.append)
    write_ledger(now, StubPipeline(), tmp_path / "whole", [JSONL])
    assert sorted(_done(log)) == ["a00007", "a00050"]
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
    assert len(_done(log)) == 50


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
    assert 110 < len(_done(log)) - COUNT + 100 < 120, "the part of a hundred is not done again"


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
    assert _done(log) == ["a00007"]


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
    assert len(_done(log)) == COUNT - 30


def test_a_large_outcome_is_on_disk_at_once(tmp_path: Path) -> None:
    line = json.dumps("x" * 5_000_000)
    with RunParts(tmp_path, "mine") as parts:
        parts.keep("a" * 64, "1")
        assert not list((tmp_path / PARTS).glob("*.outcomes"))
        parts.keep("b" * 64, line)
        assert len(list((tmp_path / PARTS).glob("*.outcomes"))) == 1
    again = RunParts(tmp_path, "mine")
    assert (again.found, again.discarded, again.take("b" * 64)) == (2, 0, line + "\n")
