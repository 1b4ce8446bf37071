"""What a second worker gives: seconds by the clock of ``taizhang run`` over the same articles with one and with two."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

BUSY = 1.5  # load of the machine, the measurement itself included, over which the clock tells nothing
ROUNDS = 2
PROGRAM = (sys.executable, "-m", "taizhang.cli", "run")


def workers(texts: Sequence[str]) -> dict[str, float]:
    """Seconds that one process, two workers, and two processes at once that each do all of it take.

    The last tells what the machine itself gives: its cores may share more than a program can help. On a machine that
    is busy with other things the clock tells nothing of the program: then only the load is told.
    """
    load = os.getloadavg()[0]
    if load > BUSY:
        return {"load_before": round(load, 1)}
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        rows = [json.dumps({"id": f"a{n}", "text": text}) for n, text in enumerate(texts)]
        articles.write_text("\n".join(rows) + "\n", "utf-8")
        rounds = [[_taken(articles, runs) for runs in ((1,), (2,), (1, 1))] for _ in range(ROUNDS)]
    one, two, apart = map(min, zip(*rounds, strict=True))
    return {
        "articles": len(texts),
        "one": round(one, 1),
        "two": round(two, 1),
        "apart": round(apart, 1),
        "ratio": round(one / two, 2),
        "most": round(2 * one / apart, 2),
        "load_before": round(load, 1),
    }


def _taken(articles: Path, runs: Sequence[int]) -> float:
    """Seconds until all of the runs have ended that are begun at once, each with so many workers; start included."""
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        started = [
            subprocess.Popen(
                [*PROGRAM, str(articles), "--out", f"{folder}/{number}", "--workers", str(count)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for number, count in enumerate(runs)
        ]
        for run in started:
            if run.wait():
                raise SystemExit(f"taizhang run: expected exit code 0, got {run.returncode}")
        return perf_counter() - began
