"""Reading whole pages, by a table of cases."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from taizhang.article import Article
from taizhang.pipeline import shipped_pipeline
from taizhang.read import read_file
from taizhang.read.html_scan import scan
from taizhang.read.page import page
from taizhang.read.shapes import reading

RULES = shipped_pipeline().rules
READING = reading(RULES)


def cases() -> list[Any]:
    with (Path(__file__).parent / "cases" / "pages.toml").open("rb") as file:
        return [pytest.param(case, id=case["proves"]) for case in tomllib.load(file)["case"]]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("case", cases())
def test_page(case: dict[str, Any], encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(case["content"].encode(encoding))
    (article,) = read_file(path, RULES)
    assert isinstance(article, Article)
    assert article.text.text == case["text"]
    assert article.raw == case["content"]
    assert article.text.text[: article.title_end] == case.get("title", "")
    for piece, source in case.get("spans", ()):
        start = article.text.text.index(piece)
        low, high = article.text.source_span(start, start + len(piece))
        assert article.raw[low:high] == source
    for field, value in case.get("said", {}).items():
        assert getattr(article.document, field) == value
    assert not [piece for piece in case.get("lost", ()) if piece in article.text.text]


def test_a_rule_for_titles_knows_its_examples() -> None:
    for example in READING.head.examples:
        title, _, site = example.partition("⟨")
        source = f"<html><title>{title}{site.rstrip('⟩')}</title><p>甲，乙。</p>"
        assert page(source, READING).title.text == title
    for example in READING.head.counter_examples:
        assert page(f"<html><title>{example}</title><p>甲，乙。</p>", READING).title.text == example


def test_a_rule_for_main_text_knows_its_examples() -> None:
    for example in READING.main.examples:
        text = example.strip("⟨⟩")
        assert page(f"<html><p>{text}</p>", READING).body.text.text == f"{text}\n"
    for example in READING.main.counter_examples:
        assert page(f"<html><p>甲，乙。</p>{example}", READING).body.text.text == "甲，乙。\n"


@pytest.mark.parametrize("unit", ["<div>", "<table><tr><td>", "<p>甲", "</div>", "<td"])
def test_markup_of_any_depth_ends(unit: str) -> None:
    source = "<html>" + unit * 20_000 + "甲，乙。"
    assert len(scan(source, READING.markup).lines) <= 20_001
    assert page(source, READING).body.text.text.endswith("甲，乙。\n")
