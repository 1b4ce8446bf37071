"""Whole articles of our own: what is found and right in them is held as a floor, folder by folder.

They are learnt from too, so a share here says that nothing was lost, not how right the program is on other pages.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from tune.gold import flat
from tune.marked import marked

from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.evaluate import align, right
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document

ARTICLES = Path(__file__).parent / "cases" / "articles"
FLOORS = tomllib.loads((ARTICLES / "floors.toml").read_text(encoding="utf-8"))
FIELDS = ("metric", "code", "phase", "time")


def shares(folder: Path) -> dict[str, float]:
    """What share of the quantities of a folder is found, and of those which share of each field is right."""
    count: Counter[str] = Counter()
    for path in sorted(folder.glob("*.txt")):
        published, text, gold = marked(path)
        title = text.partition("\n")[0]
        article = Article(
            Document(id=path.stem, title=title, published=published), Aligned.whole(text), text, len(title)
        )
        extraction = shipped_pipeline().run(article).extraction
        program = [flat(c) for c in extraction.candidates]
        for row in program:
            start = int(row["start"])
            assert extraction.cleaned.text[start : start + len(row["quote"])] == row["quote"]
        pairs = align(gold, program, lambda g, p: right("metric", g, p) + right("phase", g, p))
        count["gold"] += len(gold)
        count["found"] += len(pairs)
        for i, j in pairs:
            for name in FIELDS:
                count[name] += right(name, gold[i], program[j])
    found = {name: count[name] / count["found"] for name in FIELDS}
    return {"found": count["found"] / count["gold"], **found}


@pytest.mark.parametrize("folder", sorted(FLOORS))
def test_no_less_is_right_than_before(folder: str) -> None:
    got = shares(ARTICLES / folder)
    less = [
        f"{name} {got[name]:.4f}, floor {FLOORS[folder][name]}"
        for name in got
        if got[name] < FLOORS[folder][name]
    ]
    assert less == []
