"""PDF, JSON and tables made to do harm: each ends in a reason, in bounded memory, and costs only itself."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hostile_files import MIB, memory, read, told

from taizhang.article import Article
from taizhang.read import ReadLimits

fault = partial(pytest.mark.fault, "Hostile input")
Happened = Callable[[str], None]


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


@fault(
    "a PDF that leads in circles, or is a bomb",
    made="pages, forms, tables and objects that contain themselves; 300 MiB twice packed; 6,000 pages",
    guard="read/pdf.py: pages, and pypdf's own limits",
)
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
def test_a_pdf_that_leads_in_circles(
    reasons: set[str], content: bytes, tmp_path: Path, happened: Happened
) -> None:
    ((reason, _),) = told(read(tmp_path, "a.pdf", content))
    assert reason in reasons
    happened("the file is rejected with the reason")


@fault(
    "JSON has a key twice",
    made="the key of the text twice, nested, or written with an escape",
    guard="read/json_text.py: strings",
)
@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('{"text": "甲1户", "text": "乙2户"}', "乙2户"),
        ('{"text": {"text": "甲1户"}, "text": "乙2户"}', "乙2户"),
        ('{"text": "乙2户", "other": {"text": "甲1户"}}', "乙2户"),
        ('{"te\\u0078t": "甲1户", "text": "乙2户"}', "乙2户"),
    ],
)
def test_of_a_key_twice_the_last_counts_as_everywhere(
    content: str, text: str, tmp_path: Path, happened: Happened
) -> None:
    (article,) = read(tmp_path, "a.json", content.encode())
    assert isinstance(article, Article)
    assert article.text.text == text
    assert article.raw[slice(*article.text.source_span(0, len(text)))] == text
    happened("the last value counts, and its offsets are those of that value")


@pytest.mark.parametrize("last", ["5", "null", '["甲"]', '{"a": "甲"}', "true"])
def test_a_key_whose_last_value_is_no_text_has_no_text(last: str, tmp_path: Path) -> None:
    ((reason, _),) = told(read(tmp_path, "a.json", f'{{"text": "甲1户", "text": {last}}}'.encode()))
    assert reason == "no-text"


@fault(
    "JSON nested without end",
    made="100,000 brackets in each other, alone and as one row of many",
    guard="read/json_text.py: parsed",
)
@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_in_itself(deep: str, name: str, tmp_path: Path, happened: Happened) -> None:
    results = told(read(tmp_path, name, f'{{"text": "甲1户", "x": {deep}\n{{"text": "乙2户"}}'.encode()))
    assert results[0][0] == "bad-json"
    assert name == "a.json" or results[1] == ("read", "乙2户")
    happened("the row is rejected as `bad-json`; the others are read")


@fault(
    "a number of very many digits in JSON",
    made="5,000 digits as an id",
    guard="read/json_text.py: parsed",
)
def test_a_number_of_more_digits_than_are_converted(tmp_path: Path, happened: Happened) -> None:
    results = told(read(tmp_path, "a.jsonl", b'{"id": ' + b"1" * 5000 + b', "text": "2"}\n{"text": "3"}'))
    assert [reason for reason, _ in results] == ["bad-json", "read"]
    happened("the row is rejected as `bad-json`; the others are read")


@fault(
    "NUL characters in a table",
    made="in the text and in another field of a CSV",
    guard="read/rows.py: table_rows",
)
def test_nul_characters_in_a_table(tmp_path: Path, happened: Happened) -> None:
    results = told(read(tmp_path, "a.csv", "text,n\n改造\x0012盏,1\n共3处,\x00\n".encode()))
    assert results == [("read", "改造\x0012盏"), ("read", "共3处")]
    happened("all rows are read")


@fault(
    "a giant field in a table",
    made="a field that is longer than `row_bytes`",
    guard="read/rows.py: _lines",
)
def test_a_giant_field_costs_its_own_row(tmp_path: Path, happened: Happened) -> None:
    content = f"text,n\n{'甲' * 20_000},1\n共3处,2\n".encode()
    results = told(read(tmp_path, "a.csv", content, limits=ReadLimits(row_bytes=10_000)))
    assert results[0][0] == "row-too-large"
    happened("the row is rejected as `row-too-large`")


@fault(
    "a quote that never closes",
    made="16 MiB of a CSV after one open quote",
    guard="read/rows.py: _Record",
)
def test_a_quote_that_never_closes_does_not_fill_the_memory(tmp_path: Path, happened: Happened) -> None:
    content = b'text,n\n"' + b"1\n" * (8 * MIB)
    with memory(6 * MIB):
        ((reason, _),) = told(read(tmp_path, "a.csv", content, limits=ReadLimits(row_bytes=8 * 1024)))
    assert reason == "row-too-large"
    happened("the file is rejected as `row-too-large`, with 6 MiB of memory")
