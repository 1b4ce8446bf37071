"""Labels of our own on articles that stay outside the project, made a folder with gold.

    python -m tune.labelled tune/labels/bulk.tsv ../shared/bulk FOLDER

The table holds no word of the articles: the file and the id of each, where a quantity begins in its clean text, the
first letters of its phases, code and time, each where a reader has judged it (``-``: not judged). FOLDER gets
``text/``, ``gold/`` and ``meta.json``, as all other folders with gold have them.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, get_args

from taizhang.records import Phase

PHASES = {phase[0]: phase for phase in get_args(Phase)}
UNJUDGED = "-"


def main(table: Path, texts: Path, folder: Path) -> None:
    """Write the folder."""
    rows: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines, delimiter="\t"):
            rows[line["file"], line["id"]].append(_row(line))
    wanted = {name for name, _ in rows}
    meta = []
    for name in sorted(wanted):
        with (texts / f"{name}.jsonl").open(encoding="utf-8") as articles:
            for line in articles:
                article = json.loads(line)
                if gold := rows.get((name, article["id"])):
                    meta.append({"id": article["id"], "published": article.get("published")})
                    _write(folder / "text" / f"{article['id']}.txt", article["text"])
                    told = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in gold)
                    _write(folder / "gold" / f"{article['id']}.jsonl", told)
    _write(folder / "meta.json", json.dumps(meta))


def _row(line: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"start": int(line["start"])}
    if line["phases"] != UNJUDGED:
        first, *others = [PHASES[letter] for letter in line["phases"]]
        row |= {"phase": first, "also": {"phase": others}}
    return row | {key: line[key] for key in ("code", "time") if line[key] != UNJUDGED}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
