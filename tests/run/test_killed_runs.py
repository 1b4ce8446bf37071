"""Runs that are killed: the same command ends with the same bytes, and does nothing twice that was kept."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from compared import COUNT, FILES, SAME, done, whole
from one_run import PART_ARTICLES
from stub_pipeline import StubPipeline, articles

from taizhang.run import write_ledger
from taizhang.run.job import article_key
from taizhang.run.parts import PARTS
from taizhang.write.records_jsonl import JSONL

ONE_RUN = Path(__file__).parent / "processes" / "one_run.py"


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
        now = set(done(self.log)) - {"text"}
        assert not now & self.kept, "an article was done twice"
        reached, self.kept = now | self.kept, _kept(self.out)
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
    assert [(run.out / name).read_bytes() for name in SAME] == whole(tmp_path / "whole")
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
    assert [(out / name).read_bytes() for name in SAME] == whole(tmp_path / "whole")
    assert not (out / PARTS).exists()
    told: list[str] = []
    write_ledger(articles(COUNT), StubPipeline(log=log), out, [JSONL], say=told.append)
    assert told == []
    assert Counter(done(log)) == {article.document.id: 2 for article in articles(COUNT)}
    assert [(out / name).read_bytes() for name in SAME] == whole(tmp_path / "whole")
