"""What share of gold is found and right, by ``tune.score``: a small folder of which both are known."""

from __future__ import annotations

from pathlib import Path

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
