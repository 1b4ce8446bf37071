"""How long `taizhang merge` and `aggregate` take, and how much memory, on made-up records, as many as asked for.

    python bench/merge.py 1000000 [FOLDER]

Records are those of a run over the seeds, told again with other numbers, places and articles: of ten tellings one is
a copy, so that there is something to link. They are aggregated twice, without the facts of the merge and with them.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import figures

from taizhang.merge import merge
from taizhang.merge.files import FACT_FORMATS
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document
from taizhang.run.folder import RECORDS, RunFolder
from taizhang.write.beside import MERGED
from taizhang.write.exact_json import dumps
from taizhang.write.manifest import LAYOUT, MANIFEST

SEEDS = Path(__file__).parents[1] / "seeds"
PER_DOCUMENT = 20
PLACES = 2_000
WHOLE = 1_000_000  # records from which the figures go into bench/results.json and the pages
WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def patterns() -> list[dict[str, object]]:
    """The records of the seeds as plain values."""
    pipeline = shipped_pipeline()
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return [json.loads(dumps(record)) for text in texts for record in pipeline.extract(text).records]


def made_up(count: int) -> Iterator[str]:
    """Lines of ``records.jsonl``."""
    chance = random.Random(1)
    known = patterns()
    last: list[tuple[dict[str, object], int, str]] = []
    for number in range(count):
        document = Document(
            id=f"d{number // PER_DOCUMENT}", published=f"{2015 + number // PER_DOCUMENT % 8}-05-01"
        )
        if last and chance.random() < 0.1:
            record, value, place = chance.choice(last)
        else:
            record, place = chance.choice(known), f"某省第{chance.randrange(PLACES)}县"
            value = int(10 ** chance.uniform(0, 6))
            last = [*last[-500:], (record, value, place)]
        row = record | {
            "id": hashlib.md5(f"{number}".encode()).hexdigest()[:16],
            "document": document.model_dump(),
            "place": record["place"] | {"name": place, "level": "county"},  # type: ignore[operator]
            "value": value,
            "value_max": None,
            "quote": f"{value}{record['unit']}",
            "sentence": str(record["sentence"]).replace(str(record["quote"]), f"{value}{record['unit']}"),
        }
        yield dumps(row) + "\n"


def write_folder(folder: Path, count: int) -> None:
    """A run folder with that many records."""
    digest = hashlib.sha256()
    with (folder / RECORDS).open("w", encoding="utf-8") as file:
        for line in made_up(count):
            file.write(line)
            digest.update(line.encode())
    manifest = {
        "run_folder": LAYOUT,
        "inputs": [],
        "counts": {"stages": {"validate": {"records": count}}},
        "ruleset": "",
        "outputs": {RECORDS: digest.hexdigest()},
        "taizhang": "",
    }
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")


def _processor() -> float:
    """Seconds of processor time so far, of this process and of those that it has started and that have ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, WHOSE))


def merging(folder: Path) -> dict[str, Any]:
    """Merge the folder's records, and what that took."""
    rules = shipped_pipeline().rules
    before, began = _processor(), perf_counter()
    merged = merge(RunFolder.open(folder), rules, FACT_FORMATS[:1])
    spent = perf_counter() - began
    largest = max(resource.getrusage(who).ru_maxrss for who in WHOSE)
    print(f"{merged.records} records, {merged.facts} facts, {sum(merged.links.values())} links")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "records": merged.records,
        "gigabytes": round((folder / RECORDS).stat().st_size / 1e9, 2),
        "seconds": round(spent),
        "processor_seconds": round(_processor() - before),
        "largest_gibibytes": round(largest / 2**20, 2),
    }


def aggregating(folder: Path) -> dict[str, Any]:
    """Say `taizhang aggregate`, as a user does, and what all of it took."""
    began = perf_counter()
    started = subprocess.Popen([sys.executable, "-m", "taizhang.cli", "aggregate", str(folder)])
    _, status, used = os.wait4(started.pid, 0)
    spent = perf_counter() - began
    if status:
        raise SystemExit(f"aggregate ended with {os.waitstatus_to_exitcode(status)}")
    with (folder / "aggregate.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = sum(1 for _ in csv.reader(file)) - 1
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "rows": rows,
        "seconds": round(spent, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "largest_gibibytes": round(used.ru_maxrss / 2**20, 2),
    }


def main() -> None:
    """Make the folder, and measure one merge over it and two aggregates."""
    with TemporaryDirectory() as scratch:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(scratch)
        if not (folder / MANIFEST).exists():
            write_folder(folder, int(sys.argv[1]))
        for name in (*FACT_FORMATS[0].filenames, MERGED):  # of a merge of an earlier measurement
            (folder / name).unlink(missing_ok=True)
        alone = aggregating(folder)
        merged = merging(folder)
        aggregate = {"alone": alone, "with_facts": aggregating(folder)}
    print(merged, aggregate)
    if merged["records"] >= WHOLE:
        figures.save(merge=merged, aggregate=aggregate)
        figures.fill()


if __name__ == "__main__":
    main()
