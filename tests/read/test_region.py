"""The place that is given for articles: by a field of their own, by their folder, or for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.extract.places.region import region_code, region_of_path
from taizhang.pipeline import shipped_pipeline
from taizhang.read import articles
from taizhang.read.region import placed

RULES = shipped_pipeline().rules
TEXT = "城市建设\n全区新建道路12条。"


def places(folder: Path, region: str = "", by_path: bool = False) -> list[tuple[str, str]]:
    found = placed(articles([folder], RULES), region, by_path=by_path, rules=RULES)
    results = (shipped_pipeline().run(article).result for article in found if hasattr(article, "text"))
    return [(r.place.code, r.place.how) for result in results for r in result.records]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("150702", "150702"),
        (" 150702 ", "150702"),
        ("海拉尔区", "150702"),
        ("内蒙古自治区呼伦贝尔市海拉尔区", "150702"),
        ("100000", "100000"),
        ("999999", ""),
        ("某地", ""),
        ("海拉尔区的报告", ""),
        ("", ""),
    ],
)
def test_a_region_is_a_code_or_a_name(given: str, code: str) -> None:
    assert region_code(given, RULES) == code


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("news/150702/a.txt", "150702"),
        ("news/海拉尔区/2016/a.txt", "150702"),
        ("内蒙古/海拉尔区/a.txt", "150702"),
        ("news/2016/海拉尔区.txt", ""),
        ("a.txt", ""),
    ],
)
def test_the_deepest_folder_that_names_a_place_gives_it(path: str, code: str) -> None:
    assert region_of_path(path, RULES) == code


def test_nothing_given_leaves_the_place_open(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert places(tmp_path) == [("", "")]


def test_the_place_of_all_articles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert places(tmp_path, "150702") == [("150702", "given")]


def test_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "海拉尔区").mkdir()
    (tmp_path / "海拉尔区" / "a.txt").write_text(TEXT, "utf-8")
    assert places(tmp_path, by_path=True) == [("150702", "given")]


def test_the_place_of_a_row_wins(tmp_path: Path) -> None:
    row = '{"text": "全区新建道路12条。", "地区": "海拉尔区"}\n'
    (tmp_path / "a.jsonl").write_text(row, "utf-8")
    assert places(tmp_path, "110101") == [("150702", "given")]


def test_a_place_named_beside_the_figure_is_not_the_one_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("城市建设\n昆明市宜良县新建道路12条。", "utf-8")
    assert places(tmp_path, "150702") == [("530125", "sentence")]
