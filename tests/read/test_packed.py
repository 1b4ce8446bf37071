"""Rows, tables, documents and what is packed: content, ids, places in the source, and the limits of it all."""

from __future__ import annotations

import gzip
import io
import json
import sys
import tomllib
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from taizhang.article import Article
from taizhang.errors import TaizhangError
from taizhang.pipeline import shipped_pipeline
from taizhang.read import ReadLimits, articles
from taizhang.read.rows import delimiter_of
from taizhang.read.settings import ReadSettings
from taizhang.read.shapes import reading
from taizhang.records import Rejection

RULES = shipped_pipeline().rules
TEXT = "青禾县改造路灯\n改造120盏。"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(body: str, head: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})


def parquet(columns: dict[str, list[Any]]) -> bytes:
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), file)
    return file.getvalue()


def warc(pages: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    for url, page in pages.items():
        status = "404 Not Found" if "missing" in url else "200 OK"
        headers = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.0")
        record = writer.create_warc_record(url, "response", payload=io.BytesIO(page), http_headers=headers)
        writer.write_record(record)
    return file.getvalue()


def found(path: Path, **more: Any) -> list[Article | Rejection]:
    return list(articles([path], RULES, **more))


def read(folder: Path, name: str, content: bytes, **more: Any) -> list[Article | Rejection]:
    (folder / name).write_bytes(content)
    return found(folder / name, **more)


def reasons(results: list[Article | Rejection]) -> list[str]:
    return [r.reason if isinstance(r, Rejection) else "read" for r in results]


def texts(results: list[Article | Rejection]) -> list[str]:
    return [r.text.text for r in results if isinstance(r, Article)]


def cases(name: str) -> list[Any]:
    with (Path(__file__).parent / "cases" / name).open("rb") as file:
        return [pytest.param(case, id=case["proves"]) for case in tomllib.load(file)["case"]]


@pytest.mark.parametrize("case", cases("tables.toml"))
def test_table(case: dict[str, Any], tmp_path: Path) -> None:
    results = read(tmp_path, case["name"], case["content"].encode(case.get("encoding", "utf-8")))
    got = [r.detail.rpartition(": ")[2] if isinstance(r, Rejection) else r.text.text for r in results]
    assert got == case["texts"]
    first = results[0]
    if isinstance(first, Rejection):
        return
    for piece, source in case.get("spans", ()):
        start = first.text.text.index(piece)
        low, high = first.text.source_span(start, start + len(piece))
        assert first.raw[low:high] == source
    for field, value in case.get("said", {}).items():
        assert getattr(first.document, field) == value


def test_a_parquet_row_is_an_article(tmp_path: Path) -> None:
    content = parquet(
        {
            "序号": [1, 2],
            "标题": ["路灯", None],
            "正文": ["改造12盏。", ""],
            "发布时间": [date(2021, 3, 4)] * 2,
        }
    )
    first, second = read(tmp_path, "a.parquet", content)
    assert isinstance(first, Article) and isinstance(second, Rejection)
    assert (first.text.text, first.document.id) == ("路灯\n改造12盏。", "a-000001")
    assert (first.document.title, first.document.published) == ("路灯", "2021-03-04")
    assert first.raw[slice(*first.text.source_span(5, 7))] == "12"
    assert second.reason == "empty-cell" and "'正文'" in second.detail


def test_parquet_without_a_text_column_names_what_it_has(tmp_path: Path) -> None:
    (rejection,) = read(tmp_path, "a.parquet", parquet({"序号": [1]}))
    assert isinstance(rejection, Rejection)
    assert rejection.reason == "no-text" and "'序号'" in rejection.detail


def test_fields_are_as_the_user_names_them(tmp_path: Path) -> None:
    content = '{"text": "摘要", "稿": "改造12盏。", "名": "路灯"}'.encode()
    (article,) = read(tmp_path, "a.json", content, fields={"text": "稿", "title": "名"})
    assert isinstance(article, Article) and article.text.text == "路灯\n改造12盏。"
    with pytest.raises(TaizhangError, match="expected one of text, title"):
        found(tmp_path / "a.json", fields={"body": "稿"})


def test_docx_paragraphs_and_rows_are_lines(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    cell = f"<w:tc><w:p>{run}</w:p></w:tc>"
    body = (
        f"<w:p>{run.format('青禾县改造路灯')}</w:p>"
        f"<w:p>{run.format('改造1')}<w:ins>{run.format('20盏。')}</w:ins>"
        f"<w:del><w:r><w:delText>9</w:delText></w:r></w:del></w:p>"
        f"<w:tbl><w:tr>{cell.format('青禾镇')}{cell.format('12盏')}</w:tr></w:tbl>"
    )
    (article,) = read(tmp_path, "a.docx", docx(body))
    assert isinstance(article, Article)
    assert article.text.text == "青禾县改造路灯\n改造120盏。\n青禾镇\t12盏\n"
    assert article.text.text[: article.title_end] == "青禾县改造路灯"


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.txt.gz", gzip.compress),
        ("a.txt.zst", zstandard.compress),
        ("a.bin", gzip.compress),
        ("x.zip", lambda data: zipped({"b/a.txt": data})),
        ("x.zip", lambda data: zipped({"b/a.txt.gz": gzip.compress(data)})),
    ],
)
def test_what_is_packed_is_read(name: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    (article,) = read(tmp_path, name, pack(TEXT.encode()))
    assert isinstance(article, Article)
    assert (article.text.text, article.document.id) == (TEXT, "a")


def test_members_keep_their_names_and_hidden_ones_are_left(tmp_path: Path) -> None:
    members = {"b/2.txt": b"2", "b/10.txt": b"10", "__MACOSX/2.txt": b"3", ".x": b"4"}
    results = read(tmp_path, "x.zip", zipped({k: TEXT.encode() + v for k, v in members.items()}))
    assert [r.document.path for r in results] == [f"{tmp_path}/x.zip!b/{n}.txt" for n in (10, 2)]


def test_a_crawl_gives_its_pages_with_their_addresses(tmp_path: Path) -> None:
    page = "<html><div><a href='/'>首页</a></div><p>改造路灯，共120盏。</p></html>".encode("gb18030")
    content = warc({"http://example.org/1": page, "http://example.org/missing": page})
    for name, data in (("c.warc", content), ("c.warc.gz", gzip.compress(content))):
        first, second = read(tmp_path, name, data)
        assert isinstance(first, Article) and isinstance(second, Rejection)
        assert (first.text.text, first.document.url) == ("改造路灯，共120盏。\n", "http://example.org/1")
        assert (first.document.id, second.reason) == ("c-000001", "http-status")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO('{"text": "改造12盏"}\n{"text": "共3处"}'.encode())

    monkeypatch.setattr(sys, "stdin", Piped)
    results = found(Path("-"))
    assert texts(results) == ["改造12盏", "共3处"]
    assert [r.document.id for r in results] == ["stdin-000001", "stdin-000002"]


def test_no_two_articles_have_the_same_id(tmp_path: Path) -> None:
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text(f"{TEXT}{folder}", "utf-8")
    (tmp_path / "d.jsonl").write_text('{"id": "1", "text": "甲"}\n{"id": "1", "text": "乙"}\n', "utf-8")
    ids = [r.document.id for r in found(tmp_path)]
    assert ids[0] == "1" and len(set(ids)) == 5
    assert all(id_.startswith("1~") and len(id_) == 10 for id_ in ids[1:])
    assert ids == [r.document.id for r in found(tmp_path)]
    assert [r.document.id for r in found(tmp_path / "b")] == ["1"]


def test_utf_16_without_a_mark(tmp_path: Path) -> None:
    text = "青禾县今年改造路灯120盏，惠及居民三千余户。\n各镇都成立了工作专班。"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert texts(read(tmp_path, "a.txt", text.encode(encoding))) == [text]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_cost_only_themselves(encoding: str, tmp_path: Path) -> None:
    sentence = "青禾县今年改造路灯120盏，惠及居民三千余户，各镇都成立了工作专班。"
    data = sentence.encode(encoding) + b"\xff" + (sentence * 9).encode(encoding)[:-1]
    (text,) = texts(read(tmp_path, "a.txt", data))
    assert text == f"{sentence}\ufffd{sentence * 8}{sentence[:-1]}\ufffd"


def test_files_of_rows_may_be_larger_than_an_article(tmp_path: Path) -> None:
    rows = b"".join(json.dumps({"text": f"row {i}"}).encode() + b"\n" for i in range(200))
    assert len(read(tmp_path, "a.jsonl", rows, limits=ReadLimits(file_bytes=1000))) == 200


@pytest.mark.fault(
    "Rules and packages",
    "the library of an input format is not installed",
    made="PDF, Parquet, Zstandard, WARC and DOCX in a Python that finds none of their libraries",
    guard="read/extras.py: needed",
)
def test_a_missing_library_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happened: Callable[[str], None]
) -> None:
    for module, extra, content in (
        ("pypdf", "pdf", b"%PDF-1.4"),
        ("pyarrow.parquet", "parquet", b"PAR1"),
        ("zstandard", "zst", zstandard.compress(b"1")),
        ("warcio.archiveiterator", "warc", b"WARC/1.0"),
        ("defusedxml.ElementTree", "docx", docx("")),
    ):
        monkeypatch.setitem(sys.modules, module, None)
        (rejection,) = read(tmp_path, "a", content)
        assert isinstance(rejection, Rejection)
        assert rejection.reason == "missing-extra" and f"'.[{extra}]'" in rejection.detail
    happened("the file is rejected as `missing-extra` with the command that installs it; the others are read")


def test_the_rule_for_columns_knows_its_examples() -> None:
    settings = ReadSettings(reading(RULES))
    for example in settings.rules.columns.examples:
        mark = example[example.index("⟨") + 1]
        assert delimiter_of(example.replace("⟨", "").replace("⟩", ""), "", settings) == mark
    for example in settings.rules.columns.counter_examples:
        assert delimiter_of(example, "", settings) is None
