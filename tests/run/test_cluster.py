"""Runs spread over a cluster: what the run does with an engine's answers, whichever engine it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from stub_pipeline import StubPipeline, articles, has_wrong_rules

from taizhang.article import Article
from taizhang.errors import WorkerError
from taizhang.records import Rejection
from taizhang.run import Tally, cluster, write_ledger
from taizhang.run.cluster import Cluster
from taizhang.run.parts import PARTS
from taizhang.run.work import Work
from taizhang.write.records_jsonl import JSONL

SAME = ("records.jsonl", "rejects.jsonl", "manifest.json")


@dataclass
class FakeEngine:
    """Does each window in the thread that asks for it, its tasks from the last to the first."""

    name: str = "fake"
    breaks: threading.Event | None = None  # no task is done once it is set
    lost: bool = False
    held: threading.Event = field(default_factory=threading.Event)
    tasks: int = 0
    rows: int = 0
    connected: int = 0

    def cores(self) -> int:
        return 1

    def run(self, tasks: list[Any], work: Work) -> Iterator[Any]:
        for task in reversed(tasks):
            if self.breaks and self.breaks.is_set():
                raise ConnectionResetError("the other end is gone")
            self.tasks += 1
            self.rows += task.num_rows
            yield work(task)

    def check(self) -> None:
        if self.lost and (self.breaks is None or self.breaks.is_set()):
            raise WorkerError("fake: expected a sign of life, got none")

    @contextmanager
    def connect(self) -> Iterator[FakeEngine]:
        self.connected += 1
        yield self


def _run(
    out: Path,
    source: Iterator[Article | Rejection],
    engine: FakeEngine | None,
    make: Callable[[], StubPipeline] = StubPipeline,
    ordered: bool = True,
    **more: Any,
) -> Tally:
    spread = Cluster(engine.connect, make, ordered=ordered) if engine else None
    return write_ledger(source, StubPipeline(), out, [JSONL], workers=spread, **more)


def _bytes(out: Path) -> list[bytes]:
    return [(out / name).read_bytes() for name in SAME]


def test_the_bytes_are_those_of_one_process(tmp_path: Path) -> None:
    engine = FakeEngine()
    for out, used in (("one", None), ("cluster", engine)):
        _run(tmp_path / out, articles(700, {5: "fails"}), used)
    assert _bytes(tmp_path / "cluster") == _bytes(tmp_path / "one")
    assert engine.rows == 700
    assert engine.tasks >= 700 // 32


def test_unordered_has_the_same_lines(tmp_path: Path) -> None:
    for out, ordered in (("one", True), ("cluster", False)):
        _run(tmp_path / out, articles(700), FakeEngine(), ordered=ordered)
    one, other = ((tmp_path / out / "rejects.jsonl").read_text().splitlines() for out in ("one", "cluster"))
    assert one != other
    assert sorted(one) == sorted(other)


class Breaks(Exception):
    """What breaks a run off."""


def test_a_run_that_was_broken_off_goes_on_where_it_was(tmp_path: Path) -> None:
    def stops(tally: Tally, item: Article | Rejection) -> None:
        if tally.articles == 250:
            raise Breaks

    with pytest.raises(Breaks):
        _run(tmp_path / "out", articles(400), FakeEngine(), progress=stops)
    engine = FakeEngine()
    _run(tmp_path / "out", articles(400), engine)
    assert engine.rows == 400 - 250
    _run(tmp_path / "one", articles(400), None)
    assert _bytes(tmp_path / "out") == _bytes(tmp_path / "one")


def test_where_all_is_done_no_cluster_is_asked_for(tmp_path: Path) -> None:
    def stops(tally: Tally, item: Article | Rejection) -> None:
        if tally.articles == 50:
            raise Breaks

    with pytest.raises(Breaks):
        _run(tmp_path, articles(50), FakeEngine(), progress=stops)
    engine = FakeEngine()
    assert _run(tmp_path, articles(50), engine).articles == 50
    assert not engine.connected


@pytest.mark.parametrize("lost", [True, False])
def test_a_cluster_that_is_lost_ends_the_run_and_what_is_done_is_kept(lost: bool, tmp_path: Path) -> None:
    expected = "expected a sign of life" if lost else "fake: expected outcomes, got the other end is gone"
    written = (
        threading.Event()
    )  # windows are done side by side: only what is written says that the first is done
    with pytest.raises(WorkerError, match=expected):
        _run(
            tmp_path / "out",
            articles(700),
            FakeEngine(breaks=written, lost=lost),
            progress=lambda tally, item: written.set(),
        )
    assert list((tmp_path / "out" / PARTS).iterdir())
    assert not (tmp_path / "out" / "records.jsonl").exists()
    engine = FakeEngine()
    _run(tmp_path / "out", articles(700), engine)
    assert engine.rows < 700
    _run(tmp_path / "one", articles(700), None)
    assert _bytes(tmp_path / "out") == _bytes(tmp_path / "one")


def test_an_engine_that_falls_silent_is_asked_for_a_sign_of_life(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent(FakeEngine):
        def run(self, tasks: list[Any], work: Work) -> Iterator[Any]:
            self.lost = self.held.wait(30)  # else it ends by itself, and there is nothing to ask
            yield from ()

    monkeypatch.setattr(cluster, "_PATIENCE", 0.01)
    engine = Silent(lost=True)
    with pytest.raises(WorkerError, match="sign of life"):
        _run(tmp_path, articles(3), engine)
    engine.held.set()


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (has_wrong_rules, r"fake: \S+: units.toml: expected TOML"),
        (partial(StubPipeline, "e" * 64), f"started: ruleset {'f' * 64}, got {'e' * 64}"),
        (partial(StubPipeline, min_confidence=0.5), r"started: min_confidence 0.0, got 0.5"),
    ],
)
def test_a_machine_that_differs_in_what_counts_ends_the_run(
    make: Callable[[], StubPipeline], expected: str, tmp_path: Path
) -> None:
    with pytest.raises(WorkerError, match=expected):
        _run(tmp_path, articles(3), FakeEngine(), make)


def test_an_article_held_up_does_not_let_the_others_fill_the_memory(tmp_path: Path) -> None:
    """While the first window is under way, so many articles are read and no more."""
    read = []

    class HoldsUp(FakeEngine):
        windows = busy = 0

        def run(self, tasks: list[Any], work: Work) -> Iterator[Any]:
            self.windows += 1
            if self.windows == 1:
                self.held.wait(60)
            self.busy += 1
            yield from super().run(tasks, work)
            self.busy -= 1

        def check(self) -> None:
            if not self.busy:  # no other window is under way, and none will be
                self.held.set()

    def noted() -> Iterator[Article]:
        for article in articles(3000):
            if not engine.held.is_set():
                read.append(article)
            yield replace(article)

    engine = HoldsUp()
    _run(tmp_path, noted(), engine)
    assert 0 < len(read) <= (cluster._HELD + 1) * cluster._ARTICLES
