"""Runs in several real processes: the same bytes, and what befalls one article befalls no other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from stub_pipeline import StubPipeline, articles, ends_at_once, has_wrong_rules

from taizhang.article import Article
from taizhang.errors import RuleError, WorkerError
from taizhang.pipeline import Pipeline
from taizhang.read import articles as read
from taizhang.records import Document, Rejection
from taizhang.rules import RuleSet
from taizhang.run import Tally, Workers, pool, write_ledger
from taizhang.write.records_csv import CSV
from taizhang.write.records_jsonl import JSONL

TOP = Path(__file__).parents[2]
SAME = ["documents.jsonl", "manifest.json", "records.csv", "records.jsonl", "rejects.jsonl"]
TIMEOUT = 3.0


def _run(out: Path, source: object, workers: int | None, **how: object) -> Tally:
    spread = Workers(how.pop("make", StubPipeline), workers, **how) if workers else None
    return write_ledger(source, StubPipeline(), out, [JSONL, CSV], workers=spread)


def _rejects(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "rejects.jsonl").read_text("utf-8").splitlines()]


def _with_one_unread(count: int) -> Iterator[Article | Rejection]:
    for number, article in enumerate(articles(count, {3: "slow", 40: "slow", 41: "fails"})):
        yield article
        if number == 20:
            unread = Document(id="b", path="b.txt")
            yield Rejection(scope="article", document=unread, reason="binary", detail="expected text")


def test_the_same_bytes_however_many_workers(tmp_path: Path) -> None:
    """Slow articles come back out of order; an unreadable input keeps its place among them."""
    for workers in (None, 1, 2, 3):
        tally = _run(tmp_path / str(workers), _with_one_unread(60), workers)
        assert (tally.articles, tally.unread) == (59, 2)
    ids = [reject["document"]["id"] for reject in _rejects(tmp_path / "None")]
    assert ids[19:23] == ["a00019", "a00020", "b", "a00021"]
    for workers in (1, 2, 3):
        for name in SAME:
            assert (tmp_path / str(workers) / name).read_bytes() == (tmp_path / "None" / name).read_bytes()


def test_real_records_come_back_from_a_worker_to_the_byte(
    seed_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_FEW_ARTICLES", 0)
    source = read([TOP / "seeds"], RuleSet())
    write_ledger(source, Pipeline(), tmp_path, [JSONL, CSV], workers=Workers(Pipeline, 2))
    for name in SAME[1:]:
        assert (tmp_path / name).read_bytes() == (seed_ledger / name).read_bytes(), name


def test_unordered_gives_every_article_once_and_a_slow_one_later(tmp_path: Path) -> None:
    path = tmp_path / "made"
    _run(tmp_path, articles(60, {0: f"waits for {path}", 30: f"makes {path}"}), 2, ordered=False)
    ids = [reject["document"]["id"] for reject in _rejects(tmp_path)]
    assert sorted(ids) == [article.document.id for article in articles(60)]
    assert ids[0] != "a00000"


def _fault(name: str, made: str, guard: str) -> pytest.MarkDecorator:
    return pytest.mark.fault("Processes", name, made=made, guard=guard)


BEFALLS = [
    # what the article does, the reason, what the detail says, what it proves
    pytest.param(
        "dies",
        "worker-died",
        "exit code -9",
        marks=_fault("a worker is killed", "SIGKILL while it reads an article", "run/pool.py: _died"),
    ),
    pytest.param(
        "hangs",
        "timeout",
        "within 3 s",
        marks=_fault("an article takes for ever", "a worker that sleeps", "run/pool.py: _wait"),
    ),
    pytest.param(
        "fails",
        "internal-error",
        "ArithmeticError",
        marks=_fault("the program fails at an article", "an exception in a stage", "run/outcome.py: outcome"),
    ),
    pytest.param(
        "eats",
        "out-of-memory",
        "got none",
        marks=_fault(
            "a worker is refused memory",
            "`ulimit -v` and an article that asks for more",
            "run/outcome.py: outcome",
        ),
    ),
]


@pytest.mark.parametrize(("text", "reason", "detail"), BEFALLS)
def test_what_befalls_one_article_costs_that_article_alone(
    text: str, reason: str, detail: str, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    tally = _run(tmp_path, articles(40, {5: text, 30: text}), 2, timeout=TIMEOUT)
    assert (tally.articles, tally.unread) == (38, 2)
    rejects = _rejects(tmp_path)
    assert [reject["document"]["id"] for reject in rejects] == [f"a{n:05}" for n in range(40)]
    for number, reject in enumerate(rejects):
        assert reject["reason"] == (reason if number in {5, 30} else "ordinal")
    assert rejects[5]["scope"] == "article"
    assert detail in rejects[5]["detail"]
    happened(f"this article is rejected with `{reason}`; all others are in the ledger")


def test_each_worker_makes_its_pipeline_once_and_the_run_does_no_article_itself(tmp_path: Path) -> None:
    log = tmp_path / "log"
    _run(tmp_path / "out", articles(60), 2, make=partial(StubPipeline, log=log, seconds=0.02))
    seen = [line.split() for line in log.read_text().splitlines()]
    first = [pid for pid, name in seen if name == "text"]  # the article that makes the rules load
    assert len(first) == len(set(first)) <= 2
    assert str(os.getpid()) not in {pid for pid, _ in seen}


@pytest.mark.parametrize(
    ("count", "length", "here"), [(16, 10, True), (17, 10, False), (5, 200_000, False), (0, 0, True)]
)
def test_little_work_starts_no_worker(count: int, length: int, here: bool, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch()
    _run(tmp_path / "out", articles(count, length=length), 2, make=partial(StubPipeline, log=log))
    assert len(_rejects(tmp_path / "out")) == count
    pids = {line.split()[0] for line in log.read_text().splitlines()}
    assert pids <= {str(os.getpid())} if here else str(os.getpid()) not in pids


def test_a_wrong_rule_file_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"units\.toml"):
        _run(tmp_path, articles(40), 2, make=has_wrong_rules)
    with pytest.raises(RuleError, match=r"units\.toml"):
        _run(tmp_path, articles(40, {20: "wrong rules"}), 2)


@_fault(
    "workers end as soon as they are started", "processes that exit while they load", "run/pool.py: _died"
)
def test_workers_that_cannot_start_are_no_endless_loop(
    tmp_path: Path, happened: Callable[[str], None]
) -> None:
    with pytest.raises(WorkerError, match="exit code 3"):
        _run(tmp_path, articles(40), 2, make=ends_at_once)
    happened("an error after three of them; it says that fewer workers need less memory")


@pytest.mark.fault(
    "Rules and packages",
    "rules are changed while a run goes",
    made="workers that find other rules than the run began with",
    guard="run/worker.py: made; rules.py: the seals",
)
@pytest.mark.parametrize("count", [3, 40])
def test_workers_with_other_rules_end_the_run(
    count: int, tmp_path: Path, happened: Callable[[str], None]
) -> None:
    """The manifest would name rules that some records were not made by."""
    with pytest.raises(RuleError, match="expected the rules that the run began with") as error:
        _run(tmp_path, articles(count), 2, make=partial(StubPipeline, ruleset="e" * 64))
    happened(f"an error: “{error.value}”")


@_fault(
    "the run's main process is killed",
    "SIGKILL while two workers are busy",
    "run/worker.py: _end_with_parent",
)
def test_a_run_that_is_killed_leaves_no_worker_behind(
    tmp_path: Path, happened: Callable[[str], None]
) -> None:
    """Not even one that is busy with an article without end."""
    script = (
        "import sys; from functools import partial; from pathlib import Path\n"
        "from stub_pipeline import StubPipeline, articles\n"
        "from taizhang.run import Workers, write_ledger\n"
        "out = Path(sys.argv[1])\n"
        "if __name__ == '__main__':\n"
        "    make = partial(StubPipeline, log=out / 'log')\n"
        "    hang = dict.fromkeys(range(40), 'hangs')\n"
        "    write_ledger(articles(40, hang), make(), out, [], workers=Workers(make, 2))\n"
    )
    main, log = tmp_path / "main.py", tmp_path / "log"
    main.write_text(script)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, str(main), str(tmp_path)], env=environment)
    workers = _until(lambda: _hanging(log) if len(_hanging(log)) == 2 else None)
    process.kill()
    process.wait()
    assert workers
    assert _until(lambda: not any(_alive(pid) for pid in workers))
    happened("its workers end too")


def _hanging(log: Path) -> set[int]:
    lines = log.read_text().splitlines() if log.exists() else []
    return {int(line.split()[0]) for line in lines if not line.endswith(" text")}


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")  # one that ended and that nobody has waited for is none
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def _until(reached: object, patience: float = 60.0) -> object:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := reached():
            return found
        time.sleep(0.05)
    return None


@pytest.mark.parametrize(
    ("workers", "most", "length", "within"),
    [
        (None, 2000, 100, 1.2),  # what is not yet looked through for garbage differs from run to run
        (2, 600, 1000, 1.04),
    ],
)
def test_memory_does_not_grow_with_the_number_of_articles(
    workers: int | None, most: int, length: int, within: float, tmp_path: Path
) -> None:
    """Two hundred bytes for each article would be seen.

    With workers the first article waits for the last that may be under way, so that all results between are kept.
    """
    peaks = []
    for count in (50, 200, most):  # the first one pays for what is loaded once
        flag = tmp_path / f"{count} articles"
        last = min(count, workers * pool.AHEAD if workers else 0) - 1
        texts = {0: f"waits for {flag}", last: f"makes {flag}"} if workers else {}
        tracemalloc.start()
        _run(tmp_path / str(count), articles(count, texts, length), workers)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] <= within * peaks[1]
