"""Files made to do harm, built for real: each ends in a clear reason, in bounded memory, and nothing else is read."""

from __future__ import annotations

import gzip
import io
import os
import stat
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from taizhang.article import Article
from taizhang.read import Limits, articles
from taizhang.records import Rejection
from taizhang.rules import RuleSet

RULES = RuleSet()
MIB = 1024 * 1024
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECRET = "PRIVATE-1234"


def found(path: Path, **more: Any) -> list[Article | Rejection]:
    return list(articles([path], RULES, **more))


def read(folder: Path, name: str, content: bytes, **more: Any) -> list[Article | Rejection]:
    (folder / name).write_bytes(content)
    return found(folder / name, **more)


def told(results: list[Article | Rejection]) -> list[tuple[str, str]]:
    return [(r.reason, r.detail) if isinstance(r, Rejection) else ("read", r.text.text) for r in results]


@contextmanager
def memory(most: int) -> Iterator[None]:
    """Fails where the block holds more than ``most`` bytes at any one time."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] <= most
    finally:
        tracemalloc.stop()


def zipped(*members: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def link(name: str, to: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info, to.encode()


def docx(xml: str) -> bytes:
    return zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.encode()))


def word(body: str, head: str = "") -> bytes:
    return docx(
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )


def pdf(*objects: str | bytes, start: str = "") -> bytes:
    """A PDF of these objects, numbered from 1, the first the catalogue."""
    parts, offsets = [b"%PDF-1.7\n"], []
    for number, body in enumerate(objects, 1):
        offsets.append(sum(map(len, parts)))
        content = body if isinstance(body, bytes) else body.encode()
        parts.append(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    at = sum(map(len, parts))
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"<</Size {len(objects) + 1}/Root 1 0 R{start.replace('AT', str(at))}>>"
    parts.append(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    parts.append(f"trailer\n{trailer}\nstartxref\n{at}\n%%EOF\n".encode())
    return b"".join(parts)


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<</Length {len(data)}{entries}>>\nstream\n".encode() + data + b"\nendstream"


CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"
PAGE = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
BOMB = zlib.compress(zlib.compress(b"0" * (300 * MIB), 9), 9)


@pytest.mark.parametrize(
    "pack", [lambda data: data, lambda data: zipped(("a.txt.gz", data))], ids=["gzip", "zip"]
)
def test_a_bomb_is_put_down_before_it_fills_the_memory(
    pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    bomb = gzip.compress(b"0" * (8 * MIB)) * 32  # 256 MiB in a quarter of one
    limits = Limits(file_bytes=4 * MIB, unpacked_bytes=64 * MIB)
    content = pack(bomb)
    with memory(24 * MIB):
        ((reason, detail),) = told(read(tmp_path, "a", content, limits=limits))
    assert reason == "too-large" and str(4 * MIB) in detail


def test_many_small_bombs_are_one_large_one(tmp_path: Path) -> None:
    members = [(f"{number:02}.txt", b"0" * MIB) for number in range(20)]
    results = told(read(tmp_path, "a.zip", zipped(*members), limits=Limits(unpacked_bytes=5 * MIB)))
    assert [reason for reason, _ in results][:4] == ["read"] * 4
    assert results[-1][0] == "unpacked-too-large" and str(5 * MIB) in results[-1][1]


def test_an_archive_that_lies_about_a_size(tmp_path: Path) -> None:
    content = bytearray(zipped(("a.txt", b"0" * MIB)))
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (100).to_bytes(4, "little")
    ((reason, detail),) = told(read(tmp_path, "a.zip", bytes(content)))
    assert reason == "bad-archive" and "CRC" in detail


@pytest.mark.parametrize(
    "name", ["../a.txt", "b/../../a.txt", "/a.txt", "..\\a.txt", "b\\..\\a.txt", "C:\\a.txt", "C:/a.txt"]
)
def test_no_member_is_looked_for_outside_its_archive(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SECRET, "utf-8")
    (tmp_path / "in").mkdir()
    ((reason, detail),) = told(read(tmp_path / "in", "x.zip", zipped((name, "改造12盏。".encode()))))
    assert reason == "bad-path" and "inside the archive" in detail


@pytest.mark.parametrize("to", ["/etc/passwd", "../a.txt", "b.txt"])
def test_a_link_in_an_archive_is_neither_followed_nor_read(to: str, tmp_path: Path) -> None:
    results = told(read(tmp_path, "x.zip", zipped(link("a.txt", to), ("b.txt", "改造12盏。".encode()))))
    assert results == [("bad-path", "expected a file, got the link 'a.txt'"), ("read", "改造12盏。")]


def test_a_folder_that_leads_into_itself_and_a_pipe_that_nobody_writes_to(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("改造12盏。", "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "round").symlink_to(tmp_path / "round")
    os.mkfifo(tmp_path / "pipe")
    results = told(found(tmp_path))
    assert [reason for reason, _ in results if reason == "read"] == ["read"]
    assert ("unreadable", f"{tmp_path / 'pipe'}: expected a file, got another thing") in results


@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file://SECRET">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "file://SECRET"> %p;]>',
        '<!DOCTYPE x SYSTEM "file://SECRET">',
        '<!DOCTYPE x [<!ENTITY a "1111111111"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_a_document_declares_no_entities(entity: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET, "utf-8")
    head = entity.replace("SECRET", str(tmp_path / "secret"))
    ((reason, detail),) = told(read(tmp_path, "a.docx", word("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", head)))
    assert reason == "xml-entities" and SECRET not in detail


def test_a_document_of_nothing_but_elements_does_not_fill_the_memory(tmp_path: Path) -> None:
    content = word("<w:r/>" * 100_000 + "<w:p><w:r><w:t>改造12盏。</w:t></w:r></w:p>")
    with memory(5 * MIB):
        ((reason, text),) = told(read(tmp_path, "a.docx", content, limits=Limits(file_bytes=MIB)))
    assert (reason, text) == ("read", "改造12盏。\n")


def test_a_document_nested_without_end(tmp_path: Path) -> None:
    ((reason, detail),) = told(read(tmp_path, "a.docx", word("<w:r>" * 5000 + "</w:r>" * 5000)))
    assert reason == "bad-docx" and "elements in each other" in detail


def test_a_document_that_is_larger_than_a_file_may_be(tmp_path: Path) -> None:
    content = word("<w:p/>" * 5000)
    ((reason, detail),) = told(read(tmp_path, "a.docx", content, limits=Limits(file_bytes=10_000)))
    assert reason == "too-large" and "word/document.xml" in detail


@pytest.mark.parametrize(
    ("reasons", "content"),
    [
        ({"bad-pdf", "no-text-layer"}, pdf(CATALOGUE, "<</Type/Pages/Kids[2 0 R]/Count 1>>")),
        (
            {"bad-pdf", "no-text-layer"},
            pdf(CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Kids[2 0 R]>>"),
        ),
        (
            {"bad-pdf", "no-text-layer"},
            pdf(
                CATALOGUE,
                PAGES,
                PAGE,
                stream(b"/F Do"),
                stream(b"/F Do", "/Subtype/Form/Resources<</XObject<</F 5 0 R>>>>"),
            ),
        ),
        (
            {"bad-pdf", "no-text-layer"},
            pdf(CATALOGUE, PAGES, PAGE, stream(b"/F Do"), stream(b""), start="/Prev AT"),
        ),
        ({"bad-pdf", "no-text-layer"}, pdf(CATALOGUE, PAGES, PAGE, "4 0 R", stream(b""))),
        ({"bad-pdf"}, pdf("1 0 R")),
        (
            {"bad-pdf", "no-text-layer"},
            pdf(CATALOGUE, PAGES, PAGE, stream(BOMB, "/Filter[/FlateDecode/FlateDecode]")),
        ),
        (
            {"too-many-pages", "bad-pdf"},
            pdf(CATALOGUE, "<</Type/Pages/Kids[" + "3 0 R " * 6000 + "]/Count 6000>>", PAGE, stream(b"")),
        ),
    ],
    ids=[
        "pages in themselves",
        "pages in each other",
        "a form that draws itself",
        "a table before itself",
        "an object that is itself",
        "a catalogue that is itself",
        "a bomb",
        "too many pages",
    ],
)
def test_a_pdf_that_leads_in_circles(reasons: set[str], content: bytes, tmp_path: Path) -> None:
    ((reason, _),) = told(read(tmp_path, "a.pdf", content))
    assert reason in reasons


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('{"text": "甲1户", "text": "乙2户"}', "乙2户"),
        ('{"text": {"text": "甲1户"}, "text": "乙2户"}', "乙2户"),
        ('{"text": "乙2户", "other": {"text": "甲1户"}}', "乙2户"),
        ('{"te\\u0078t": "甲1户", "text": "乙2户"}', "乙2户"),
    ],
)
def test_of_a_key_twice_the_last_counts_as_everywhere(content: str, text: str, tmp_path: Path) -> None:
    (article,) = read(tmp_path, "a.json", content.encode())
    assert isinstance(article, Article)
    assert article.text.text == text
    assert article.raw[slice(*article.text.source_span(0, len(text)))] == text


@pytest.mark.parametrize("last", ["5", "null", '["甲"]', '{"a": "甲"}', "true"])
def test_a_key_whose_last_value_is_no_text_has_no_text(last: str, tmp_path: Path) -> None:
    ((reason, _),) = told(read(tmp_path, "a.json", f'{{"text": "甲1户", "text": {last}}}'.encode()))
    assert reason == "no-text"


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_in_itself(deep: str, name: str, tmp_path: Path) -> None:
    results = told(read(tmp_path, name, f'{{"text": "甲1户", "x": {deep}\n{{"text": "乙2户"}}'.encode()))
    assert results[0][0] == "bad-json"
    assert name == "a.json" or results[1] == ("read", "乙2户")


def test_a_number_of_more_digits_than_are_converted(tmp_path: Path) -> None:
    results = told(read(tmp_path, "a.jsonl", b'{"id": ' + b"1" * 5000 + b', "text": "2"}\n{"text": "3"}'))
    assert [reason for reason, _ in results] == ["bad-json", "read"]


def test_nul_characters_in_a_table(tmp_path: Path) -> None:
    results = told(read(tmp_path, "a.csv", "text,n\n改造\x0012盏,1\n共3处,\x00\n".encode()))
    assert results == [("read", "改造\x0012盏"), ("read", "共3处")]


def test_a_giant_field_costs_its_own_row(tmp_path: Path) -> None:
    content = f"text,n\n{'甲' * 20_000},1\n共3处,2\n".encode()
    results = told(read(tmp_path, "a.csv", content, limits=Limits(row_bytes=10_000)))
    assert results[0][0] == "row-too-large"


def test_a_quote_that_never_closes_does_not_fill_the_memory(tmp_path: Path) -> None:
    content = b'text,n\n"' + b"1\n" * (8 * MIB)
    with memory(6 * MIB):
        ((reason, _),) = told(read(tmp_path, "a.csv", content, limits=Limits(row_bytes=8 * 1024)))
    assert reason == "row-too-large"
