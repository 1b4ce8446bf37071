"""Ray Data and Spark for real, two workers each: the same bytes as one process gives, whatever befalls a worker."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import pytest
from noted_pipeline import noted_pipeline
from stub_pipeline import StubPipeline, articles
from typer.testing import CliRunner

from taizhang.article import Article
from taizhang.cli import app
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document, Rejection
from taizhang.run import Tally, Workers, write_ledger
from taizhang.run.cluster import Cluster, Engine
from taizhang.write.records_jsonl import JSONL

SEEDS = Path(__file__).parents[2] / "seeds"
SENTENCE = re.compile(r"[^。；！？<>\s]{8,60}[。；！？]")
COUNT = 600  # two windows under way when the worker is killed, and a third that begins after it
SAME = ("records.jsonl", "rejects.jsonl", "manifest.json")
TIMEOUT = 4.0


@pytest.fixture(scope="module", params=["ray", "spark"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A cluster of two workers on this machine, which find what this process can import."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        if request.param == "ray":
            pytest.importorskip("ray.data", reason="Ray is not installed: pip install '.[ray]'")
            from taizhang.run.ray_engine import ray_engine  # noqa: PLC0415 - it needs pyarrow

            with ray_engine(None, 2) as connected:
                yield connected
            return
        pytest.importorskip("pyspark", reason="Spark is not installed: pip install '.[spark]'")
        if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
            pytest.skip("Java is not installed, and Spark needs it: apt-get install openjdk-17-jre-headless")
        from taizhang.run.spark_engine import spark_engine  # noqa: PLC0415 - as above

        with spark_engine("local-cluster[2,1,1024]", None) as connected:
            yield connected


def _bytes(out: Path) -> list[bytes]:
    return [(out / name).read_bytes() for name in SAME]


def _sentences() -> Iterator[Article]:
    """Small articles: each a sentence of the seeds with an id of its own."""
    texts = (path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt")))
    found = [sentence for text in texts for sentence in SENTENCE.findall(text)]
    for number, sentence in enumerate(islice(cycle(found), COUNT)):
        yield Article.of(sentence, Document(id=f"a{number:05}", published="2019-10-20"))


@pytest.fixture(scope="module")
def one_process(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of those articles as one process writes it."""
    out = tmp_path_factory.mktemp("one")
    tally = write_ledger(_sentences(), shipped_pipeline(), out, [JSONL])
    assert tally.records > COUNT / 2
    return out


def test_the_same_bytes_also_when_a_worker_is_killed(
    engine: Engine, one_process: Path, tmp_path: Path
) -> None:
    workers, killed = tmp_path / "workers", []
    workers.mkdir()

    def kills(tally: Tally, item: Article | Rejection) -> None:
        if tally.articles == 200:
            assert len(list(workers.iterdir())) >= 2
            killed.append(int(min(path.name for path in workers.iterdir())))
            os.kill(killed[0], signal.SIGKILL)

    spread = Cluster(lambda: nullcontext(engine), partial(noted_pipeline, workers))
    out = tmp_path / "out"
    write_ledger(_sentences(), shipped_pipeline(), out, [JSONL], workers=spread, progress=kills)
    assert len(killed) == 1
    assert len(list(workers.iterdir())) > 2, "another worker has taken its place"
    assert _bytes(out) == _bytes(one_process)


def test_an_article_that_kills_or_hangs_a_worker_costs_itself_alone(engine: Engine, tmp_path: Path) -> None:
    """The same rejections as where the workers are the run's own processes."""
    befall = {7: "fails", 60: "dies", 90: "hangs"}
    outs = tmp_path / "processes", tmp_path / "cluster"
    spreads = Workers(StubPipeline, 2, TIMEOUT), Cluster(lambda: nullcontext(engine), StubPipeline, TIMEOUT)
    for out, spread in zip(outs, spreads, strict=True):
        tally = write_ledger(articles(150, befall), StubPipeline(), out, [JSONL], workers=spread)
        assert dict(tally.unread_reasons) == {"internal-error": 1, "worker-died": 1, "timeout": 1}
    assert _bytes(outs[1]) == _bytes(outs[0])


@pytest.mark.parametrize("name", ["ray", "spark"])
def test_an_engine_that_is_not_installed_is_named_with_its_extra(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("ray", "pyspark", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, module, None)  # type: ignore[arg-type]
    (tmp_path / "a.txt").write_text("太原市解决问题614个。", "utf-8")
    words = ["run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--engine", name]
    done = CliRunner(env={"COLUMNS": "300"}).invoke(app, words)
    assert done.exit_code == 2
    assert f"pip install '.[{name}]'" in done.output


def test_an_address_needs_an_engine(tmp_path: Path) -> None:
    words = ["run", str(tmp_path), "--out", str(tmp_path / "out"), "--address", "auto"]
    done = CliRunner(env={"COLUMNS": "300"}).invoke(app, words)
    assert done.exit_code == 2
    assert "expected --engine ray or spark" in done.output
