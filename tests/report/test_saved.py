"""What leaves the report: the rows that the filters let through as CSV, each chart as it is seen."""

from __future__ import annotations

import csv
import struct
import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from browser import Shown
from folders import result, run_folder

from taizhang.records import Metric
from taizhang.report import write_report
from taizhang.write.fields import chinese_headers
from taizhang.write.format import Sheet

Rows = list[dict[str, Any]]
CARDS = ("phases", "balance", "series", "cross", "map", "times")
SVG = "{http://www.w3.org/2000/svg}"


def _saved(shown: Shown, selector: str, folder: Path) -> Path:
    with shown.page.expect_download() as download:
        shown.page.click(selector)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def _csv(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_filtered_rows_are_saved_as_the_command_writes_them(
    language: str, shown: Shown, run: Path, records: Rows, tmp_path: Path
) -> None:
    shown.page.click(f'.languages [data-language="{language}"]')
    shown.page.click('[data-phase="problem"]')
    shown.page.click('[data-phase="result"]')
    for _ in range(2):
        shown.page.click('#records [data-sort="confidence"]')
    head, *rows = _csv(_saved(shown, "#csv", tmp_path))
    by_id = {row[-1]: row for row in _csv(run / "records.csv")}
    expected = [r for r in records if r["phase"] in {"problem", "result"}]
    expected.sort(key=lambda r: -r["confidence"])
    assert rows == [by_id[r["id"]] for r in expected]
    assert tuple(head) == (chinese_headers(Sheet().columns) if language == "zh" else Sheet().headers)


def test_a_cell_that_would_run_is_guarded(browser: Any, tmp_path: Path) -> None:
    evil = '=1+1,"x"\n2'
    article = result(
        "排查12处。", {"12处": {"metric": Metric(name=evil), "value": Decimal("-2.50"), "unit": "@"}}
    )
    page = Shown.open(browser, write_report(run_folder(tmp_path / "run", [article]), language="en").path)
    _, row = _csv(_saved(page, "#csv", tmp_path))
    assert row[1:4] == [f"'{evil}", "-2.50", "'@"]
    page.page.close()


def test_rejections_are_saved_too(shown: Shown, listed: Rows, tmp_path: Path) -> None:
    shown.view("rejects")
    shown.choose("reason", "ordinal", "date")
    _, *rows = _csv(_saved(shown, "#csv", tmp_path))
    wanted = {
        (r["quote"], r["reason"], r["rule"], r["sentence"])
        for r in listed
        if r["reason"] in {"ordinal", "date"}
    }
    assert {tuple(row[:4]) for row in rows} == wanted


@pytest.mark.parametrize("card", CARDS)
def test_each_chart_is_saved_as_it_is_seen(card: str, shown: Shown, tmp_path: Path) -> None:
    shown.view("charts")
    path = _saved(shown, f'.card.{card} [data-save="SVG"]', tmp_path)
    assert path.name == f"{card}.svg"
    root = ET.parse(path).getroot()
    said = "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    seen = shown.page.locator(f".card.{card}")
    assert seen.locator("h2").text_content() in said
    names = seen.locator("tbody th").all_text_contents()
    assert not [name for name in names if name.replace(" ", "") not in said.replace(" ", "")]
    shapes = sum(1 for one in root.iter() if one.tag in {f"{SVG}{name}" for name in ("rect", "path", "line")})
    assert shapes >= seen.locator("svg :is(rect, path, line)").count()
    assert "SVG" not in said and "PNG" not in said, "what one works with is no part of it"
    picture = _saved(shown, f'.card.{card} [data-save="PNG"]', tmp_path).read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert (width, height) == (2 * int(root.get("width", 0)), 2 * int(root.get("height", 0)))
