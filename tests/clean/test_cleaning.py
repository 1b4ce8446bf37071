"""Cleaning, by tables of cases: text, way back, marks, and what a page says of itself."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from taizhang.article import Article, Cleaned
from taizhang.clean import clean, dropped
from taizhang.pipeline import shipped_pipeline
from taizhang.read import read_file

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RULES = shipped_pipeline().rules
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def cases(name: str) -> list[Any]:
    with (HERE / "cases" / name).open("rb") as file:
        return [pytest.param(case, id=case["proves"]) for case in tomllib.load(file)["case"]]


def pages() -> list[Any]:
    lines = (HERE / "cases" / "document.tsv").read_text("utf-8").splitlines()
    return [pytest.param(*line.split("\t")[:3], id=line.split("\t")[3]) for line in lines if line[0] != "#"]


def seed(path: Path) -> Cleaned:
    (article,) = read_file(path, RULES)
    assert isinstance(article, Article)
    return clean(article, RULES)


@pytest.mark.parametrize("case", cases("clean.toml"))
def test_case(case: dict[str, Any]) -> None:
    cleaned = clean(Article.of(case["source"]), RULES)
    assert cleaned.text == case["clean"]
    for piece, source in case.get("pairs", ()):
        start = cleaned.text.index(piece)
        low, high = cleaned.aligned.source_span(start, start + len(piece))
        assert cleaned.raw[low:high] == source
    assert [cleaned.text[start:end] for start, end in cleaned.uncertain] == case.get("uncertain", [])
    assert [cleaned.text[start:end] for start, end in cleaned.boilerplate] == case.get("boilerplate", [])
    if case["kind"] == "negative" and case["source"] == case["clean"]:
        assert cleaned.fixes == ()


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", cases("known_failures.toml"))
def test_known_failure(case: dict[str, Any]) -> None:
    assert clean(Article.of(case["source"]), RULES).text == case["clean"]


@pytest.mark.parametrize(("text", "published", "source"), pages())
def test_document(text: str, published: str, source: str) -> None:
    document = clean(Article.of(text.replace("\\n", "\n")), RULES).document
    assert (document.published or "", document.source or "") == (published, source)


def test_a_field_is_not_overruled_by_the_page() -> None:
    article = Article.of("甲市\n2021-03-04\n来源：示例网")
    given = article.document.model_copy(update={"published": "2020", "source": "示例报"})
    document = clean(Article(given, article.text, article.raw), RULES).document
    assert (document.published, document.source) == ("2020", "示例报")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_every_gold_quote_is_in_the_clean_text_in_order(path: Path) -> None:
    cleaned, at = seed(path), 0
    for line in (ROOT / "tests" / "gold" / f"{path.stem[:3]}.jsonl").read_text("utf-8").splitlines():
        quote = json.loads(line)["quote"]
        at = cleaned.text.find(quote, at)
        assert at >= 0, quote
        low, high = cleaned.aligned.source_span(at, at + len(quote))
        digits = [c for c in cleaned.raw[low:high] if c.isdigit()]
        assert digits == [c for c in quote if c.isdigit()]
        assert not any(start < at + len(quote) and at < end for start, end in cleaned.boilerplate)
        at += len(quote)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("000", {"published": None, "source": None}),
        ("001", {"published": "2019-12-18", "source": None}),
        ("002", {"published": "2020-01-21", "source": "昆明日报"}),
        ("003", {"title": "访民情解民忧 做实功重实效——重庆、四川、云南、贵州扎实推进第二批主题教育"}),
        ("004", {"source": "交汇点新闻", "published": None}),
    ],
)
def test_what_a_seed_says_of_itself(number: str, expected: dict[str, str | None]) -> None:
    (path,) = (p for p in SEEDS if p.name.startswith(number))
    document = seed(path).document.model_dump()
    assert {key: document[key] for key in expected} == expected


def test_the_three_runs_of_the_mirror_page() -> None:
    cleaned = seed(SEEDS[4])
    for words in ("“我们在农村从事", "手牵手”桥梁。“小罗警官，", "真实声音”。淮安市行政审批局开展“我来"):
        assert words in cleaned.text
    assert cleaned.uncertain == ()
    assert "(" not in cleaned.text.replace("(市、区)", "").replace("(关爱之家)", "").replace(
        "(第一昆山网)", ""
    )


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("000", []),
        (
            "001",
            [
                "http://paper.people.com.cn/rmrb/html/2019-12/18/nw.D110000renmrb_20191218_2-06.htm",
                "2019-12-18",
            ],
        ),
        ("003", ["11", *["font-size:16px;margin-top:15px;line-height:25px;text-indent:30px"] * 16]),
    ],
)
def test_digits_that_are_not_in_the_clean_text(number: str, expected: list[str]) -> None:
    (path,) = (p for p in SEEDS if p.name.startswith(number))
    cleaned = seed(path)
    assert [cleaned.raw[start:end] for start, end in dropped(cleaned)] == expected
