"""The record that both READMEs show, from the seeds' ledger of today: `make picture` writes it in anew.

Its longer fields are cut, as the page says.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[1]
PAGES = (TOP / "README.md", TOP / "README.zh-CN.md")
BLOCK = re.compile(r"(?<=```json\n).*?(?=```)", re.DOTALL)
ARTICLE, QUOTE, SENTENCE = (
    "000_9826cbe5262f7b57",
    "614个",
    "宜良县组建99个调研组，走访农户18013户，现场解决问题614个",
)
LINES = (
    ("id", "document"),
    ("place",),
    ("metric",),
    ("value", "value_max", "unit", "bound", "kind", "phase", "time", "part_of"),
    ("quote", "sentence", "span"),
    ("rules", "confidence"),
)
# The names that are shown of a nested field, and whether it has more.
SHOWN = {
    "document": ("id", "title", "path"),
    "place": ("name", "code", "level", "surface", "how"),
    "metric": ("name", "action", "object"),
    "span": ("start", "end"),
    "rules": ("metric", "phase", "place"),
}


def block(ledger: Path) -> str:
    """The record as the pages show it, of the seeds' ledger in a folder."""
    lines = (ledger / "records.jsonl").read_text("utf-8").splitlines()
    record = next(r for r in map(json.loads, lines) if (r["document"]["id"], r["quote"]) == (ARTICLE, QUOTE))
    assert SENTENCE in record["sentence"]
    changed = {"id": "…", "sentence": f"…{SENTENCE}…"}
    changed["document"] = record["document"] | {
        "title": record["document"]["title"][:12] + " …",
        "path": f"seeds/{ARTICLE}.txt",
    }
    whole = record | changed
    rows = [", ".join(f'"{name}": {_shown(name, whole[name])}' for name in names) for names in LINES]
    return "{" + ",\n ".join(rows) + "}\n"


def _shown(name: str, value: Any) -> str:
    if name not in SHOWN:
        return json.dumps(value, ensure_ascii=False)
    inside = ", ".join(f'"{key}": {json.dumps(value[key], ensure_ascii=False)}' for key in SHOWN[name])
    return "{" + inside + (", …" if len(SHOWN[name]) < len(value) else "") + "}"


def main(ledger: Path) -> None:
    """Put it into both pages."""
    shown = block(ledger)
    for page in PAGES:
        page.write_text(BLOCK.sub(lambda _: shown, page.read_text("utf-8"), count=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
