"""What must hold for any input: it ends in articles or rejections, and every character has its source."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from taizhang.pipeline import shipped_pipeline
from taizhang.read import published, read_file
from taizhang.read.html_text import html_body
from taizhang.read.json_text import strings
from taizhang.read.page import page
from taizhang.read.pdf_lines import PageLine, running, without_running
from taizhang.read.shapes import reading
from taizhang.records import Rejection

RULES = shipped_pipeline().rules
MARKUP = [
    "<p>",
    "</p>",
    "<br/>",
    "<table>",
    "<tr><td>",
    "</td>",
    "</table>",
    "<a>",
    "<b",
    ">",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "&nbsp;",
    "&",
    "12",
    "\n",
    "甲",
]
REASONS = {
    *("empty", "binary", "encoding", "bad-json", "no-text", "unsupported-format", "bad-parquet", "bad-pdf"),
    *(
        "bad-archive",
        "bad-warc",
        "no-text-layer",
        "picture",
        "not-converted",
        "bad-rtf",
        "bad-mail",
        "bad-workbook",
    ),
}
tags = st.lists(st.one_of(st.sampled_from(MARKUP), st.text(max_size=2)), max_size=30).map("".join)


SIGNATURES = [
    b"",
    b"PAR1",
    b"%PDF-1.4",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x28\xb5\x2f\xfd",
    b"WARC/1.0\r\n",
    b"\xff\xfe",
]


@given(st.sampled_from(SIGNATURES), st.binary(max_size=60))
def test_any_bytes_are_an_article_or_a_rejection(signature: bytes, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(signature + data)
        reasons = [found.reason for found in read_file(path, RULES) if isinstance(found, Rejection)]
        assert set(reasons) <= REASONS


@given(
    st.dictionaries(st.text(max_size=4), st.one_of(st.text(max_size=9), st.integers(), st.lists(st.text())))
)
def test_string_values_are_what_json_says_and_stand_where_they_say(value: dict[str, object]) -> None:
    for ascii_only in (True, False):
        source = json.dumps(value, ensure_ascii=ascii_only)
        found = strings(source)
        assert {key: text.text for key, text in found.items()} == {
            key: text for key, text in value.items() if isinstance(text, str)
        }
        for text in found.values():
            for i, c in enumerate(text.text):
                low, high = text.source_span(i, i + 1)
                assert json.loads(f'"{source[low:high]}"') == c


@given(tags)
def test_every_character_of_a_page_has_its_source_in_order(source: str) -> None:
    text = html_body(source, reading(RULES).markup).text
    spans = [text.source_span(i, i + 1) for i in range(len(text.text))]
    assert all(0 <= low <= high <= len(source) for low, high in spans)
    assert spans == sorted(spans)
    for c, (low, high) in zip(text.text, spans, strict=True):
        assert high > low or c in " \n\t"
        assert source[low:high] == c or c in " \n\t" or source[low] == "&"


@given(st.text(alphabet="0123456789年月日-/. :T", max_size=20))
def test_a_date_is_never_more_precise_than_written(written: str) -> None:
    found = published(written)
    numbers = {int(digits) for digits in re.findall("[0-9]+", written)}
    compact = {int(part) for d in re.findall("[0-9]{8}", written) for part in (d[:4], d[4:6], d[6:])}
    assert not found or {int(part) for part in found.split("-")} <= numbers | compact


@given(
    tags,
    st.sampled_from(
        ["<html>", "<html><title>12甲</title>", '<html><meta name="og:title" content="甲&amp;1">']
    ),
)
def test_every_character_of_a_page_s_article_has_its_source(source: str, head: str) -> None:
    source = head + source
    found = page(source, reading(RULES))
    for text in (found.title, found.body.text):
        spans = [text.source_span(i, i + 1) for i in range(len(text.text))]
        assert spans == sorted(spans)
        for c, (low, high) in zip(text.text, spans, strict=True):
            assert 0 <= low <= high <= len(source)
            assert source[low:high] == c or c in " \n\t" or source[low] == "&"


@given(
    st.lists(st.text(alphabet='甲1",\n;\t ', min_size=1, max_size=8), min_size=2, max_size=4),
    st.sampled_from(",\t;"),
)
def test_every_character_of_a_table_has_its_source(values: list[str], delimiter: str) -> None:
    names = ["text", *(f"n{i}" for i in range(len(values) - 1))]
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows([names, values])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(written.getvalue(), "utf-8", newline="")
        (found,) = read_file(path, RULES)
    if isinstance(found, Rejection):
        assert found.reason == "empty" and not values[0].strip()
        return
    assert found.text.text == values[0]
    for i, c in enumerate(values[0]):
        assert found.raw[slice(*found.text.source_span(i, i + 1))] in (c, c * 2)


@given(
    st.lists(st.lists(st.sampled_from(["12", "— 3 —", "改造12盏", "第2页", " 7 "]), max_size=5), max_size=4)
)
def test_page_numbers_are_all_that_goes(pages: list[list[str]]) -> None:
    lines = [[PageLine(text, 0, 10.0 * len(text), 10.0) for text in page] for page in pages]
    repeated = running(lines)
    number = re.compile(reading(RULES).paper.page_number)
    for sheet in lines:
        kept = without_running(sheet, repeated, number)
        gone = [line for line in sheet if all(line is not k for k in kept)]
        assert all(number.fullmatch(line.text) or len(pages) >= 3 for line in gone)
