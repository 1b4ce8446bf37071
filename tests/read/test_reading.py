"""Reading, by tables of cases: formats, encodings, titles, dates, and what cannot be read."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from taizhang.article import Article
from taizhang.pipeline import shipped_pipeline
from taizhang.read import ReadLimits, articles, published, read_file
from taizhang.read.html_text import html_body
from taizhang.read.plain import title_end
from taizhang.read.shapes import plain_key, reading
from taizhang.records import Rejection

CASES = Path(__file__).parent / "cases"
RULES = shipped_pipeline().rules
READING = reading(RULES)


def cases(name: str) -> list[Any]:
    with (CASES / name).open("rb") as file:
        return [pytest.param(case, id=case["proves"]) for case in tomllib.load(file)["case"]]


def rows(name: str) -> list[Any]:
    lines = [line.split("\t") for line in (CASES / name).read_text("utf-8").splitlines() if line[0] != "#"]
    return [pytest.param(*line[:-1], id=line[-1]) for line in lines]


def one(path: Path) -> Article:
    (article,) = read_file(path, RULES)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("case", cases("formats.toml"))
def test_format(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / case["name"]
    path.write_bytes(case["content"].encode())
    article = one(path)
    assert article.text.text == case["text"]
    assert article.raw == case["content"]
    assert article.text.text[: article.title_end] == case.get("title", "")
    for piece, source in case.get("spans", ()):
        start = article.text.text.index(piece)
        low, high = article.text.source_span(start, start + len(piece))
        assert article.raw[low:high] == source
    for field in ("id", "published", "url", "source"):
        if field in case:
            assert getattr(article.document, field) == case[field]
    assert article.document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert article.document.path == str(path)


@pytest.mark.parametrize("case", cases("bad.toml"))
def test_what_cannot_be_read(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / case["name"]
    deep = "[" * 100_000 + "]" * 100_000
    text = case.get("text", "").replace("DEEP", deep).encode()
    path.write_bytes(bytes.fromhex(case["bytes"]) if "bytes" in case else text)
    (rejection,) = read_file(path, RULES)
    assert isinstance(rejection, Rejection)
    assert (rejection.scope, rejection.reason) == ("article", case["reason"])
    assert case.get("detail", "") in rejection.detail
    assert rejection.document.path == str(path)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"1" * 11)
    (rejection,) = read_file(path, RULES, ReadLimits(file_bytes=10))
    assert isinstance(rejection, Rejection) and rejection.reason == "too-large"
    assert "at most 10 bytes" in rejection.detail


@pytest.mark.parametrize(("written", "iso"), rows("dates.tsv"))
def test_date(written: str, iso: str) -> None:
    assert (published(written) or "") == iso


@pytest.mark.parametrize(("text", "title"), rows("titles.tsv"))
def test_title(text: str, title: str) -> None:
    text = text.replace("\\n", "\n")
    assert text[: title_end(text, READING.title)] == title.replace("\\n", "\n")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("gb18030", b""),
        ("big5", b""),
    ],
)
def test_encoding(encoding: str, mark: bytes, tmp_path: Path) -> None:
    simple = "青禾县今年改造路灯一百二十盏，惠及居民三千余户，群众表示满意。"
    traditional = "青禾縣今年改造路燈一百二十盞，惠及居民三千餘戶，群眾表示滿意，這是我們的工作。"
    text = traditional if encoding == "big5" else simple
    path = tmp_path / "a.txt"
    path.write_bytes(mark + text.encode(encoding))
    assert one(path).text.text == text


def test_rows_of_a_file_are_articles_and_a_bad_one_stops_no_other(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    lines = ['{"text": "改造12盏"}', "{broken", "", '{"id": "x9", "text": "共3处"}', "[1]"]
    path.write_text("\n".join(lines), "utf-8")
    first, second, third, fourth = read_file(path, RULES)
    assert isinstance(first, Article) and isinstance(third, Article)
    assert [a.document.id for a in (first, second, third, fourth)] == [
        "news-000001", "news-000002", "x9", "news-000004",
    ]  # fmt: skip
    assert isinstance(second, Rejection) and second.reason == "bad-json"
    assert isinstance(fourth, Rejection) and fourth.reason == "no-text"
    assert third.document.path == f"{path}#3"
    assert third.raw == lines[3]
    assert third.raw[slice(*third.text.source_span(1, 2))] == "3"
    assert third.document.sha256 == hashlib.sha256(lines[3].encode()).hexdigest()


def test_elements_of_an_array_are_articles(tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    path.write_text('[\n {"text": "甲, ]12"},\n {"text": "乙", "tags": ["a", {"b": 1}]}\n]', "utf-8")
    found = list(read_file(path, RULES))
    assert [a.text.text for a in found if isinstance(a, Article)] == ["甲, ]12", "乙"]
    assert [a.document.path for a in found] == [f"{path}#1", f"{path}#2"]


def test_folders_are_read_in_order_each_file_once_and_hidden_ones_not(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", ".hidden/1.txt", ".x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("改造12盏", "utf-8")
    found = list(articles([tmp_path / "b" / "2.txt", tmp_path, tmp_path / "none"], RULES))
    names = [Path(str(a.document.path)).relative_to(tmp_path).as_posix() for a in found]
    assert names == ["b/2.txt", "a.txt", "b/10.txt", "none"]
    assert isinstance(found[-1], Rejection) and found[-1].reason == "missing"


def test_half_a_surrogate_pair_does_not_get_into_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(r'{"text": "改造\ud83d12盏\ud83d\ude00", "title": "\udc00灯"}', "utf-8")
    article = one(path)
    assert article.text.text == "\ufffd灯\n改造\ufffd12盏\U0001f600"
    assert article.document.title == "\ufffd灯"
    json.dumps(article.text.text).encode()


@pytest.mark.parametrize("names", READING.field, ids=lambda names: names.id)
def test_a_field_rule_knows_its_examples(names: Any) -> None:
    keys = {plain_key(key) for key in names.keys}
    for example in names.examples:
        marked = example[example.index("⟨") + 1 : example.index("⟩")]
        assert plain_key(marked) in keys
    for example in names.counter_examples:
        assert not keys & {plain_key(key) for key in json.loads(example)}


def test_the_title_rule_knows_its_examples() -> None:
    for example in READING.title.examples:
        text = example.replace("⟨", "").replace("⟩", "")
        assert f"⟨{text[: title_end(text, READING.title)]}⟩" in example
    assert not any(title_end(example, READING.title) for example in READING.title.counter_examples)


def test_the_markup_rule_knows_its_examples() -> None:
    for example in READING.markup.examples:
        marked = example[example.index("⟨") + 1 : example.index("⟩")]
        assert (
            html_body(example.replace("⟨", "").replace("⟩", ""), READING.markup).text.text.strip() == marked
        )
    assert not any(
        html_body(example, READING.markup).text.text for example in READING.markup.counter_examples
    )
