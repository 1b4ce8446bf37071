"""A run of the stub's articles, whole, as what a run that was broken off must come to; and which articles were done."""

from __future__ import annotations

from pathlib import Path

from stub_pipeline import StubPipeline, articles

from taizhang.run import write_ledger
from taizhang.write.records_jsonl import JSONL

COUNT = 120
FILES = {"documents.jsonl", "manifest.json", "records.jsonl", "rejects.jsonl", "timings.json"}
SAME = sorted(FILES - {"timings.json"})


def whole(out: Path) -> list[bytes]:
    """The files of a run of all articles that nothing breaks off."""
    write_ledger(articles(COUNT), StubPipeline(), out, [JSONL])
    return [(out / name).read_bytes() for name in SAME]


def done(log: Path) -> list[str]:
    """The articles that the stub noted in its log, in the order in which they were done."""
    return [line.split()[1] for line in log.read_text().splitlines()] if log.exists() else []
