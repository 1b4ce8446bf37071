"""Score the seeds, and further articles with gold; write bench/results.json and the figures in the pages.

``python bench/accuracy.py [DEV_DIR]``: DEV_DIR has ``text/*.txt``, ``gold/*.jsonl`` and ``meta.json``; without it the
figures of further articles stay those that were measured last.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from figures import ROOT, fill, results, save

from taizhang import evaluate as scoring

WHOLE = {"value", "unit", "metric", "code"}  # what must be right for a record to count as right


def run(source: Path, out: Path) -> Path:
    """The records of a run of the program over some articles."""
    program = [sys.executable, "-m", "taizhang.cli", "run", str(source), "--out", str(out)]
    subprocess.run(program, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return out / "records.jsonl"


def scored(gold: Path, records: Path) -> dict[str, Any]:
    """The figures of one set of articles, with the counts behind those of parts."""
    score = scoring.evaluate(gold, records)
    parts = {name: score.counts[name] for name in ("part_of", "part_of gold", "part_of program")}
    linked = {"right": parts["part_of"], "gold": parts["part_of gold"], "made": parts["part_of program"]}
    return score.as_json() | {"parts": linked | {"wrong": linked["made"] - linked["right"]}}


def by_confidence(sets: list[tuple[Path, Path]]) -> dict[str, dict[str, float]]:
    """By confidence, rounded to a tenth, 0.5 for all below: how many records gold has, the share wholly right."""
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for gold, records in sets:
        for step, whole in _pairs(gold, records):
            seen[step] += 1
            right[step] += whole
    return {
        step: {"records": seen[step], "right": round(right[step] / seen[step], 4)} for step in sorted(seen)
    }


def _pairs(gold: Path, records: Path) -> list[tuple[str, bool]]:
    """The confidence of each record that gold has, and whether it is wholly right."""
    found = []
    files = {path.stem: path for path in gold.glob("*.jsonl") if path.name != scoring.REJECTED}
    rows = scoring.read_lines(records)
    for name, path in files.items():
        expected = scoring.read_lines(path)
        made = [
            _flat(row)
            for row in rows
            if name in (row["document"]["id"], row["document"]["id"].partition("_")[0])
        ]
        agreement = lambda g, p: sum(scoring.right(field, g, p) for field in scoring.FIELDS)  # noqa: E731
        for i, j in scoring.align(expected, made, agreement):
            whole = all(scoring.right(field, expected[i], made[j]) for field in WHOLE)
            found.append((f"{max(0.5, float(made[j]['confidence'])):.1f}".replace(".", "_"), whole))
    return found


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    place = row["place"]
    return row | {"place": place["name"], "code": (place["code"] or "")[:6], "metric": row["metric"]["name"]}


def main(dev: Path | None) -> None:
    """Measure, and write file and pages."""
    accuracy = results().get("accuracy", {})
    with tempfile.TemporaryDirectory() as folder:
        sets = [(ROOT / "tests" / "gold", run(ROOT / "seeds", Path(folder) / "seeds"))]
        accuracy["seeds"] = scored(*sets[0])
        if dev and dev.is_dir():
            rows = Path(folder) / "dev.jsonl"
            program = [sys.executable, str(ROOT / "tests" / "dev_articles.py"), str(dev)]
            rows.write_bytes(subprocess.run(program, check=True, capture_output=True).stdout)
            sets.append((dev / "gold", run(rows, Path(folder) / "dev")))
            accuracy["further"] = scored(*sets[1])
            accuracy["confidence"] = by_confidence(sets)
            accuracy["date"] = date.today().isoformat()
    save(accuracy=accuracy)
    for page in fill():
        print(page.relative_to(ROOT))
    print(json.dumps(accuracy, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None)
