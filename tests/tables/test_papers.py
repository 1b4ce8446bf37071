"""The dates of official papers, the items of numbered lists and of rectification lists, and HTML for ``extract``."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from taizhang import DateError, extract
from taizhang.cli import app
from taizhang.pipeline import shipped_pipeline
from taizhang.read.dated import Fallback
from taizhang.read.files import read_file
from taizhang.rules import RuleSet
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.shapes import SegmentRules


def cases(name: str) -> list[Any]:
    with (Path(__file__).parent / "cases" / "papers.toml").open("rb") as file:
        return [pytest.param(case, id=case["proves"]) for case in tomllib.load(file)[name]]


@pytest.mark.parametrize("case", cases("date"))
def test_the_date_of_a_paper(case: dict[str, Any]) -> None:
    document = extract(case["text"]).document
    assert (document.published or "", document.published_by or "") == (case["published"], case["by"])


@pytest.mark.parametrize("case", cases("item"))
def test_an_item_governs_what_stands_below_it(case: dict[str, Any]) -> None:
    found = extract(case["text"]).records
    layout = Boundaries.of(RuleSet()).layout(case["text"], 0)
    abouts = [layout.about_at(case["text"].index(r.quote)) for r in found]
    assert [f"{r.quote} {r.place.surface} {about}" for r, about in zip(found, abouts, strict=True)] == case[
        "records"
    ]


@pytest.mark.parametrize("case", cases("list"))
def test_a_row_of_a_rectification_list_is_an_item(case: dict[str, Any]) -> None:
    found = extract(case["text"], published=case["published"]).records
    told = [
        " | ".join((r.row or "", r.quote, r.metric.name, r.agency or "", r.time or "", r.phase))
        for r in found
    ]
    assert told == case["records"]


def test_cells_of_html_are_not_glued() -> None:
    source = (
        "盘龙区情况见表：<table><tr><td>项目</td><td>数值</td></tr><tr><td>问题（个）</td><td>614</td></tr>"
    )
    found = extract(source + "<tr><td>整改（个）</td><td>98</td></tr></table>").records
    assert [(str(r.value), r.unit) for r in found] == [("614", "个"), ("98", "个")]


def test_a_row_gives_nothing_to_what_follows() -> None:
    text = "昆明市整改情况\n| 县区 | 问题（个） |\n|---|---|\n| 宜良县 | 5 |\n\n全市共建成书房12座。"
    (_, after) = extract(text).records
    assert (after.quote, after.place.name, after.row) == ("12座", "云南省昆明市", None)


def test_a_row_of_prose_is_of_the_place_that_it_tells_of_and_goes_on_with_no_other_row() -> None:
    text = (
        "抚州市整改情况\n| 序号 | 存在问题 | 责任单位 | 整改情况 |\n|---|---|---|---|\n"
        "| 1 | 东乡区未批先建厂房3.2亩，安装在线监测设备3套。 | 市自然资源局 | 已拆除厂房2100平方米。 |\n"
        "| 2 | 矿山修复滞后。 | 市林业局 | 已治理21处。 |"
    )
    *_, torn, treated = extract(text).records
    assert (torn.quote, torn.place.name) == ("2100平方米", "江西省抚州市东乡区")
    assert (treated.metric.name, treated.place.name) == ("治理", "江西省抚州市")


@pytest.mark.parametrize("rule", ["|---|---|", "|:--|--:|", "| :-: | --- |", "--|--"])
def test_a_rule_below_a_head_is_no_row(rule: str) -> None:
    text = f"盘龙区整改情况\n\n| **街道** | **问题**（个） |\n{rule}\n| 青云街道 | 5 |\n"
    (found,) = extract(text).records
    assert (found.quote, found.metric.name, found.row) == ("5", "问题", "t1r2")


def test_a_number_that_nothing_names_has_a_reason_of_its_own() -> None:
    found = extract("<table><tr><td>614</td><td>98</td></tr><tr><td>3.5</td><td>27</td></tr></table>")
    assert not found.records
    assert {r.reason for r in found.rejects if r.quote in ("614", "98")} == {"table"}


@pytest.mark.parametrize("given", [date(2024, 6, 20), "2024-06-20", "2024年6月20日", "2024/6/20"])
def test_published_is_taken_as_people_give_it(given: str | date) -> None:
    assert extract("盘龙区今年建成书房12座。", published=given).document.published == "2024-06-20"


def test_a_wrong_date_names_what_was_expected() -> None:
    with pytest.raises(DateError, match="expected a date with its year, such as 2024-06-20, got '昨天'"):
        extract("盘龙区建成书房12座。", published="昨天")


@pytest.mark.parametrize(
    ("fallback", "text", "published", "by"),
    [
        (Fallback(given="2024-01"), "盘龙区建成书房12座。", "2024-01", "given"),
        (Fallback(source="path"), "盘龙区建成书房12座。", "2024-06-20", "path"),
        (Fallback(given="2020", source="path"), "盘龙区建成书房12座。\n2021年3月4日", "2021-03-04", "text"),
    ],
    ids=["given", "from the path", "the text says it"],
)
def test_an_article_without_a_date_gets_one(
    fallback: Fallback, text: str, published: str, by: str, tmp_path: Path
) -> None:
    path = tmp_path / "2024" / "0620" / "x.txt"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    pipeline = shipped_pipeline()
    (article,) = fallback.over(read_file(path, pipeline.rules))
    document = pipeline.run(article).result.document  # type: ignore[arg-type]
    assert (document.published, document.published_by) == (published, by)


def test_the_command_says_what_a_date_should_be(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("盘龙区建成书房12座。", "utf-8")
    out = ["--out", str(tmp_path / "out"), "--published", "去年"]
    done = CliRunner().invoke(app, ["run", str(tmp_path / "a.txt"), *out], env={"LANGUAGE": "en"})
    assert done.exit_code == 2 and "2024-06-20" in done.output


RULES = RuleSet().load("segment.toml", SegmentRules)


@pytest.mark.parametrize("rule", RULES.level, ids=lambda rule: rule.id)
def test_a_level_knows_its_examples(rule: Any) -> None:
    boundaries = Boundaries.of(RuleSet())
    for example in rule.examples:
        text = example.replace("⟨", "").replace("⟩", "")
        assert [h.level for h in boundaries.layout(text, 0).headings] == [rule.level]
    for example in rule.counter_examples:
        assert rule.level not in [h.level for h in boundaries.layout(example, 0).headings]


@pytest.mark.parametrize("rule", RULES.about, ids=lambda rule: rule.id)
def test_what_a_heading_announces_knows_its_examples(rule: Any) -> None:
    boundaries = Boundaries.of(RuleSet())
    for example in rule.examples:
        text = example.replace("⟨", "").replace("⟩", "")
        assert [h.about for h in boundaries.layout(text, 0).headings] == [rule.about]
    for example in rule.counter_examples:
        assert rule.about not in [h.about for h in boundaries.layout(example, 0).headings]
