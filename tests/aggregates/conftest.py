"""What the aggregates' tests share: articles given as text go through the pipeline into a run folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from taizhang.article import Article
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document
from taizhang.run import write_ledger
from taizhang.write.records_jsonl import JSONL

pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'taizhang[duckdb]'")

Run = Callable[..., Path]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Writes a run folder of texts, each an article that was published on the date before it."""

    def made(articles: Sequence[tuple[str, str]], *, keep_copies: bool = False) -> Path:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        given = [
            Article.of(text, Document(id=f"{number}", published=published or None))
            for number, (published, text) in enumerate(articles)
        ]
        write_ledger(given, shipped_pipeline(), folder, (JSONL,), keep_copies=keep_copies)
        return folder

    return made
