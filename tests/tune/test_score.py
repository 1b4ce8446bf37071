"""What share of gold is found and right, by ``tune.score``: a small folder of which both are known."""

from __future__ import annotations

import json
from pathlib import Path

from tune.gold import articles
from tune.score import score

from taizhang.pipeline import shipped_pipeline

TEXT = """# published: 2021-03-01
# code: 530100
# time: none
昆明市通报整改情况
昆明市解决问题⟦3个|r|解决·问题⟧。
"""


def test_what_is_found_and_what_is_right(tmp_path: Path) -> None:
    right = TEXT
    wrong = right.replace("|r|", "|t|").replace("# code: 530100", "# code: 530102")
    (tmp_path / "a.txt").write_text(right, encoding="utf-8")
    (tmp_path / "b.txt").write_text(wrong, encoding="utf-8")
    told = score(tmp_path, shipped_pipeline().rules)
    assert "2 quantities, found 1.000, precision 1.000" in told
    assert "metric 1.000  code 0.500  phase 0.500  time 1.000" in told


def test_a_text_is_read_as_a_run_reads_it(tmp_path: Path) -> None:
    """A page of one paragraph has no title: taken for one, its text would stand there twice."""
    rules = shipped_pipeline().rules
    texts = {
        "one": "昆明市解决问题3个。",
        "two": "昆明市通报整改情况\n昆明市解决问题3个。",
        "table": "昆明市通报整改情况\n各县问题数见下表。\n县区\t解决问题（个）\n宜良县\t12\n石林县\t7\n",
    }
    for folder in ("text", "gold"):
        (tmp_path / folder).mkdir()
    for name, text in texts.items():
        (tmp_path / "text" / f"{name}.txt").write_text(text, encoding="utf-8")
        (tmp_path / "gold" / f"{name}.jsonl").write_text("", encoding="utf-8")
    entries = [{"id": name, "published": "2021-03-01"} for name in texts]
    (tmp_path / "meta.json").write_text(json.dumps(entries), encoding="utf-8")
    found = {read.id.split("/")[1]: read.trace.extraction for read in articles(tmp_path, rules)}
    told = {name: [c.quantity.value for c in extraction.candidates] for name, extraction in found.items()}
    assert told == {"one": [3], "two": [3], "table": [12, 7]}
    titles = {name: extraction.cleaned.document.title for name, extraction in found.items()}
    assert titles == {"one": None, "two": "昆明市通报整改情况", "table": "昆明市通报整改情况"}
    assert {extraction.cleaned.document.published for extraction in found.values()} == {"2021-03-01"}
