"""What the merge tests share: articles given as text go through the pipeline into a run folder, and are merged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from taizhang.article import Article
from taizhang.merge import merge
from taizhang.merge.files import FACT_FORMATS
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document
from taizhang.run import write_ledger
from taizhang.run.folder import RunFolder, rows
from taizhang.write.records_jsonl import JSONL

pytest.importorskip("duckdb", reason="duckdb is not installed: pip install '.[duckdb]'")


@dataclass(frozen=True, slots=True)
class Merged:
    """The facts of a merge, and the records as the run wrote them."""

    facts: list[dict[str, Any]]
    records: list[dict[str, Any]]

    def fact(self, record: int) -> dict[str, Any]:
        """The one fact that has the record with this number, from 0, as a source."""
        (found,) = [f for f in self.facts if any(s["number"] == record + 1 for s in f["sources"])]
        return found

    def rule(self, record: int) -> str:
        """The rule that linked the record."""
        (rule,) = [s["rule"] for f in self.facts for s in f["sources"] if s["number"] == record + 1]
        return str(rule)


class Merging:
    """Writes a run folder of articles and merges it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs = 0

    def run(self, articles: Sequence[tuple[Document, str]]) -> RunFolder:
        """A run folder of articles."""
        self._runs += 1
        folder = self._folder / str(self._runs)
        given = [Article.of(text, document) for document, text in articles]
        write_ledger(given, shipped_pipeline(), folder, (JSONL,))
        return RunFolder.open(folder)

    def texts(self, *texts: str, published: Sequence[str | None] = (), ids: Sequence[str] = ()) -> Merged:
        """The facts of some texts, each an article of its own."""
        documents = [
            Document(
                id=ids[number] if ids else f"d{number}",
                published=published[number] if published else None,
                sha256="0" * 64,
            )
            for number in range(len(texts))
        ]
        run = self.run(list(zip(documents, texts, strict=True)))
        merge(run, shipped_pipeline().rules, FACT_FORMATS[:1])
        return Merged(
            [json.loads(line) for line in (run.path / "facts.jsonl").open(encoding="utf-8")],
            list(rows(run.file("records.jsonl"))),
        )


@pytest.fixture
def merging(tmp_path: Path) -> Merging:
    """Merges texts in a folder of the test."""
    return Merging(tmp_path)
