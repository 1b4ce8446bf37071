"""A folder of articles with gold as one JSON Lines file, for ``make eval``.

``python dev_articles.py FOLDER > articles.jsonl``, where FOLDER holds ``text/<id>.txt`` and ``meta.json``,
a list of ``{"id", "published"}``.
"""

import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])
published = {row["id"]: row.get("published") for row in json.loads((folder / "meta.json").read_text("utf-8"))}
sys.stdout.reconfigure(encoding="utf-8")
for path in sorted((folder / "text").glob("*.txt")):
    row = {"id": path.stem, "text": path.read_bytes().decode("utf-8"), "published": published.get(path.stem)}
    print(json.dumps(row, ensure_ascii=False))
