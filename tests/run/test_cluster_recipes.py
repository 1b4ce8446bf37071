"""The programs of docs/clusters.md as they stand there, each on a cluster that its engine starts on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from taizhang.article import Article
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document

TOP = Path(__file__).parents[2]
PROGRAM = re.compile(r"```python\n(.*?)```", re.S)
TEXTS = {"a": "昆明市排查隐患12处，整改8处。", "b": "", "c": "第二批下发整改通知书15份，整改率达95%以上。"}


def _program(word: str) -> str:
    programs = PROGRAM.findall((TOP / "docs" / "clusters.md").read_text("utf-8"))
    (found,) = (program for program in programs if word in program)
    return found


def _run(program: str, folder: Path) -> None:
    table = {"id": list(TEXTS), "text": list(TEXTS.values())}
    pq.write_table(pa.table(table), folder / "news.parquet")  # type: ignore[no-untyped-call]
    around = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    words = [sys.executable, "-c", program]
    done = subprocess.run(
        words, cwd=folder, env=around, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def _records(folder: Path) -> list[tuple[str, int, str]]:
    rows = pq.read_table(folder).to_pylist()  # type: ignore[no-untyped-call]
    return sorted((row["document_id"], row["span_start"], row["quote"]) for row in rows)


def _expected() -> list[tuple[str, int, str]]:
    articles = (Article.of(text, Document(id=name)) for name, text in TEXTS.items())
    found = [record for article in articles for record in shipped_pipeline().run(article).result.records]
    return sorted((record.document.id, record.span.start, record.quote) for record in found)


def test_ray(tmp_path: Path) -> None:
    pytest.importorskip("ray.data", reason="Ray is not installed: pip install '.[ray]'")
    _run(_program("import ray"), tmp_path)
    assert _records(tmp_path / "records") == _expected()


def test_spark(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="Spark is not installed: pip install '.[spark]'")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Java is not installed, and Spark needs it: apt-get install openjdk-17-jre-headless")
    _run(_program("SparkSession"), tmp_path)
    assert _records(tmp_path / "records") == _expected()
    rejects = pq.read_table(tmp_path / "rejects").to_pylist()  # type: ignore[no-untyped-call]
    assert [row["quote"] for row in rejects if row["quote"]] == ["第二"]
