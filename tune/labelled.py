"""Labels of our own on articles that stay outside the project, made a folder with gold.

    python -m tune.labelled tune/labels ../shared/bulk FOLDER

The tables hold no word of the articles: the file and the id of each, where a quantity begins in its clean text, the
first letters of its phases, code and time; where in the article the pieces of its name stand (``120-124+131-135``) and
the words that a right name must hold (``120-122 131-133|140-142``), each where a reader has judged it (``-``: not
judged). FOLDER gets ``text/``, ``gold/`` and ``meta.json``, as all other folders with gold have them.
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


def main(tables: Path, texts: Path, folder: Path) -> None:
    """Write the folder."""
    labels: dict[tuple[str, str], dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for table in sorted(tables.glob("*.tsv")):
        with table.open(encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines, delimiter="\t"):
                labels[line.pop("file"), line.pop("id")][int(line.pop("start"))] |= line
    meta = []
    for name in sorted({name for name, _ in labels}):
        with (texts / f"{name}.jsonl").open(encoding="utf-8") as articles:
            for line in articles:
                article = json.loads(line)
                if (name, article["id"]) in labels:
                    meta.append({"id": article["id"], "published": article.get("published")})
                    _write(folder / "text" / f"{article['id']}.txt", article["text"])
                    told = labels[name, article["id"]]
                    rows = [_row(start, told[start], article["text"]) for start in sorted(told)]
                    gold = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
                    _write(folder / "gold" / f"{article['id']}.jsonl", gold)
    _write(folder / "meta.json", json.dumps(meta))


def _row(start: int, said: dict[str, str], text: str) -> dict[str, Any]:
    said = {field: label for field, label in said.items() if label != UNJUDGED}
    row: dict[str, Any] = {"start": start} | {key: said[key] for key in ("code", "time") if key in said}
    if "phases" in said:
        first, *others = [PHASES[letter] for letter in said["phases"]]
        row |= {"phase": first, "also": {"phase": others}}
    if "name" in said:
        heads = [[_words(equal, text) for equal in head.split("|")] for head in said["heads"].split()]
        row |= {"metric": _words(said["name"], text), "heads": heads}
    return row


def _words(pieces: str, text: str) -> str:
    """What stands at pieces of a text.

    >>> _words("0-2+5-7", "改造了3处危房")
    '改造危房'
    """
    return "".join(text[slice(*map(int, piece.split("-")))] for piece in pieces.split("+"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
