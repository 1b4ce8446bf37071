"""The peak memory of a run over many articles against one over few: ``python bench/memory.py [FEW MANY]``.

The articles are single sentences of the seeds, each with an id of its own, so that many of them take minutes. What is
measured is the most memory that ``taizhang run --workers 1`` had resident, as the system tells it at the end.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import figures

SEEDS = Path(__file__).parents[1] / "seeds"
SENTENCE = re.compile(r"[^。；！？<>\s]{8,40}[。；！？]")
WITH_NUMBER = re.compile(r"\d")
FEW, MANY = 1_000, 100_000
LIMIT = 1.2


def write_articles(path: Path, count: int) -> None:
    """``count`` articles of one sentence each as JSON Lines."""
    texts = [text.read_text("utf-8") for text in sorted(SEEDS.glob("*.txt"))]
    sentences = [s for text in texts for s in SENTENCE.findall(text) if WITH_NUMBER.search(s)]
    with path.open("w", encoding="utf-8") as file:
        for number, sentence in enumerate(islice(cycle(sentences), count)):
            row = {"id": f"a{number:06}", "text": f"{sentence}\n第{number}号。"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def peak(rows: Path) -> tuple[float, float]:
    """The peak memory in MiB of a run over a file, which writes beside it, and its processor time in seconds."""
    out = rows.with_suffix(".out")
    words = [sys.executable, "-m", "taizhang.cli", "run", str(rows), "--out", str(out), "--workers", "1"]
    run = subprocess.Popen(
        [*words, "--format", "jsonl"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise SystemExit(f"{' '.join(words)}: expected exit code 0, got {run.returncode}")
    kibibytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return kibibytes / 1024, used.ru_utime + used.ru_stime


def section(counts: list[int], peaks: list[float]) -> dict[str, object]:
    """What ``bench/results.json`` keeps."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "few": counts[0],
        "many": counts[-1],
        "few_mebibytes": round(peaks[0]),
        "many_mebibytes": round(peaks[-1]),
        "ratio": round(peaks[-1] / peaks[0], 2),
    }


def main() -> None:
    """Measure both and say whether the second is within ``LIMIT`` times the first."""
    counts = [int(word) for word in sys.argv[1:3]] or [FEW, MANY]
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            rows = Path(folder) / f"{count}.jsonl"
            write_articles(rows, count)
            mebibytes, seconds = peak(rows)
            print(
                f"{count} articles: {mebibytes:.0f} MiB at most, {seconds:.0f} s of processor time",
                flush=True,
            )
            peaks.append(mebibytes)
    ratio = peaks[-1] / peaks[0]
    if not sys.argv[1:]:
        figures.save(memory=section(counts, peaks))
        figures.fill()
    print(f"{counts[-1]} against {counts[0]}: {ratio:.2f} times; the aim is {LIMIT} at most")
    raise SystemExit(ratio > LIMIT)


if __name__ == "__main__":
    main()
