"""Gold in the text of an article, and labels on articles outside: what they say is read, and faults are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tune import labelled
from tune.marked import marked

ARTICLE = """# published: 2024-06-20
# code: 530125
# time: none
整改进展
应整改⟦57个|t|整改·问题⟧，已走访⟦630余户|mr|(逐户)走访·农户/户|t=2024-06|c=none⟧。
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "a.txt"
    path.write_text(text, "utf-8")
    return path


def test_the_text_is_plain_and_each_mark_a_row(tmp_path: Path) -> None:
    published, text, (first, second) = marked(written(tmp_path, ARTICLE))
    assert (published, text) == ("2024-06-20", "整改进展\n应整改57个，已走访630余户。")
    assert (first["quote"], first["phase"], first["code"], first["time"]) == ("57个", "target", "530125", "")
    assert (first["metric"], first["heads"]) == ("整改问题", ["整改", "问题"])
    assert (second["phase"], second["also"]) == ("measure", {"phase": ["result"]})
    assert (second["metric"], second["heads"]) == ("逐户走访农户", ["走访", ["农户", "户"]])
    assert (second["time"], second["code"]) == ("2024-06", "")


def test_what_is_given_again_is_right_too(tmp_path: Path) -> None:
    (row,) = marked(written(tmp_path, "# code: none\n修桥\n建成⟦3座|r|建成|t=2024-06|t=none⟧。")).gold
    assert (row["time"], row["also"]["time"]) == ("2024-06", [""])


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("⟦57个|t|整改", "expected ⟦quote"),
        ("57个⟧", "expected ⟦quote"),
        ("⟦57个|z|整改⟧", "got z"),
        ("⟦57个|t|整改|k=1⟧", "expected t= or c="),
    ],
)
def test_a_faulty_mark_is_told(mark: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=told):
        marked(written(tmp_path, f"# code: none\n标题\n应整改{mark}。\n"))


def test_labels_become_a_folder_with_gold(tmp_path: Path) -> None:
    article = {"id": "w1", "published": "2024-06-20", "text": "标题\n走访农户20户。"}
    other = {"id": "w2", "text": "标题\n没有标注。"}
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, (article, other))), "utf-8")
    said = "file\tid\tstart\tphases\tcode\ttime\nnews\tw1\t7\tmr\t-\t2024\n"
    named = "file\tid\tstart\tname\theads\nnews\tw1\t7\t3-5+6-7\t3-5 5-7|6-7\n"
    out = tmp_path / "out"
    labelled.main(_tables(tmp_path, said, named), tmp_path, out)
    assert json.loads((out / "meta.json").read_text("utf-8")) == [{"id": "w1", "published": "2024-06-20"}]
    assert (out / "text" / "w1.txt").read_text("utf-8") == article["text"]
    row = json.loads((out / "gold" / "w1.jsonl").read_text("utf-8"))
    fields = {"phase": "measure", "also": {"phase": ["result"]}, "time": "2024"}
    assert row == {"start": 7, "metric": "走访户", "heads": [["走访"], ["农户", "户"]], **fields}


def test_a_label_may_leave_the_phase_unjudged(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(json.dumps({"id": "w1", "text": "标题\n走访农户20户。"}), "utf-8")
    table = "file\tid\tstart\tphases\tcode\ttime\nnews\tw1\t7\t-\t530125\t-\n"
    labelled.main(_tables(tmp_path, table), tmp_path, tmp_path / "out")
    row = json.loads((tmp_path / "out" / "gold" / "w1.jsonl").read_text("utf-8"))
    assert row == {"start": 7, "code": "530125"}


def _tables(folder: Path, *tables: str) -> Path:
    (folder / "labels").mkdir()
    for number, table in enumerate(tables):
        (folder / "labels" / f"{number}.tsv").write_text(table, "utf-8")
    return folder / "labels"
