"""One run in a process of its own, to be killed: OUT, LOG, how many articles, how many workers."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from stub_pipeline import StubPipeline, articles

from taizhang.cli.process import guarded
from taizhang.run import Workers, parts, write_ledger
from taizhang.write.records_jsonl import JSONL

PART_ARTICLES = 7


def main() -> None:
    out, log, count, workers = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    parts._PART_ARTICLES = PART_ARTICLES
    make = partial(StubPipeline, log=log, seconds=0.001)
    write_ledger(
        articles(count),
        make(),
        out,
        [JSONL],
        workers=Workers(make, workers) if workers > 1 else None,
        progress=lambda tally, item: print(item.document.id, flush=True),
    )
    print("written", flush=True)


if __name__ == "__main__":
    guarded(main)
