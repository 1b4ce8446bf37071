"""The charts: their numbers are those that the records, and the ledger's own views, give by another way."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from browser import Shown
from folders import result, run_folder

from taizhang.records import RectificationItem
from taizhang.report import write_report
from taizhang.result import Result
from taizhang.write.ledger_sqlite import SQLITE_LEDGER

Rows = list[dict[str, Any]]
STEPS = ("province", "city", "county", "township")


def _bars(shown: Shown, card: str) -> dict[str, list[str]]:
    """The rows of a chart: place, then the text of its cells."""
    rows = shown.page.locator(f".card.{card} tbody tr").all()
    return {row.locator("th").text_content(): row.locator("td").all_text_contents() for row in rows}


@pytest.mark.parametrize(("level", "depth"), [("province", 1), ("city", 2), ("county", 3), ("place", 4)])
def test_records_by_place_and_phase(level: str, depth: int, shown: Shown, records: Rows) -> None:
    shown.view("charts")
    shown.page.select_option('[data-choice="level"]', level)
    places = ["".join(r["place"][step] for step in STEPS[:depth]) for r in records]
    totals = Counter(places)
    bars = _bars(shown, "phases")
    rest = [name for name in bars if name.startswith("其余")]
    drawn = {name: int(cells[-1]) for name, cells in bars.items() if name not in rest}
    assert drawn == {name: totals[name] for name in drawn}
    assert sorted(drawn.values(), reverse=True) == sorted(totals.values(), reverse=True)[:15]
    assert sum(int(cells[-1]) for cells in bars.values()) == len(records)
    assert rest == ([f"其余 {len(totals) - 15} 处"] if len(totals) > 15 else [])


def test_each_bar_has_its_phases_in_proportion(shown: Shown, records: Rows) -> None:
    shown.view("charts")
    shown.page.select_option('[data-choice="level"]', "province")
    counts = Counter(r["phase"] for r in records if r["place"]["province"] == "云南省")
    row = shown.page.locator(".card.phases tbody tr", has=shown.page.get_by_text("云南省", exact=True))
    drawn = {
        rect.get_attribute("class"): float(rect.get_attribute("width")) + 2
        for rect in row.locator("rect").all()
    }
    assert drawn.keys() == counts.keys()
    unit = drawn["result"] / counts["result"]
    assert {phase: round(width / unit) for phase, width in drawn.items()} == counts
    assert f"成果 {counts['result']}" in row.locator("svg").get_attribute("aria-label")


def _ledger(records: Rows, path: Path) -> sqlite3.Connection:
    writer = SQLITE_LEDGER.open(path)
    for record in map(RectificationItem.model_validate, records):
        writer.write(Result(document=record.document, records=(record,)))
    writer.commit()
    return sqlite3.connect(path)


@pytest.mark.parametrize("unit", ["个", "项", "户", "件"])
def test_problems_against_results_as_the_ledgers_view_has_them(
    unit: str, shown: Shown, records: Rows, tmp_path: Path
) -> None:
    shown.exact()
    view = _ledger(records, tmp_path / "ledger.sqlite").execute(
        "SELECT place_name, problem_value, result_value FROM problem_vs_result WHERE kind = 'count' AND unit = ?",
        (unit,),
    )
    expected = {place or "未写明地点": (problem or 0, result_ or 0) for place, problem, result_ in view}
    assert expected
    shown.view("charts")
    shown.page.select_option('[data-choice="level"]', "place")
    shown.page.select_option('[data-choice="measure"]', f"count {unit}")
    bars = _bars(shown, "balance")
    drawn = {name: cells for name, cells in bars.items() if not name.startswith("其余")}
    assert len(drawn) == min(15, len(expected))
    for name, (problem, _, solved) in drawn.items():
        assert (float(problem.replace(",", "")), float(solved.replace(",", ""))) == expected[name]


def test_charts_are_of_the_filtered_records(shown: Shown, records: Rows) -> None:
    shown.choose("place", "云南省")
    shown.view("charts")
    shown.page.select_option('[data-choice="level"]', "province")
    count = sum(r["place"]["province"] == "云南省" for r in records)
    assert [(name, cells[-1]) for name, cells in _bars(shown, "phases").items()] == [("云南省", str(count))]


def test_a_place_in_a_chart_is_a_filter(shown: Shown, records: Rows) -> None:
    shown.view("charts")
    shown.page.click('.card.phases button.plain >> text="云南省昆明市"')
    assert shown.shown()[0] == sum(r["place"]["name"].startswith("云南省昆明市") for r in records)


def test_values_over_time_are_those_of_the_metric(shown: Shown, records: Rows) -> None:
    shown.exact()
    shown.view("charts")
    dated = [r for r in records if r["time"]]
    assert shown.texts(".card.times .note")[0].endswith(f"{len(records) - len(dated)} 条。")
    names = {(r["metric"]["name"], r["unit"]) for r in dated}
    for record in dated[:4]:
        shown.page.select_option(
            '[data-choice="metric"]', f"metric\n{record['metric']['name']}\n{record['unit']}"
        )
        cells = shown.texts(".points tbody tr td")
        assert cells[0] == record["time"]
        assert cells[3] == f"{record['value']:,} {record['unit']}"
        assert shown.page.locator(".timeline .point").count() == len(cells) // 5
    assert len(names) == shown.page.locator('[data-choice="metric"] optgroup').first.locator("option").count()
    shown.page.click(".points tbody button")
    assert shown.marked()[0] == record["quote"]


DATED = [
    # metric, unit, value, time, phase, place
    ("0.1", "2020-03-01"),
    ("0.2", "2021"),
    ("12345678901234567890.5", "2022-05/2022-08"),
    ("3", "2017/.."),
]


def _dated(n: int, value: str, time: str) -> Result:
    text = f"第{n}篇：某市投资{value}元。"
    fields = {"value": Decimal(value), "unit": "元", "kind": "money", "phase": "result", "time": time}
    return result(text, {f"{value}元": fields}, id=f"a{n}")


def test_points_stand_where_their_time_is_and_sums_keep_every_digit(browser: Any, tmp_path: Path) -> None:
    folder = run_folder(tmp_path / "run", [_dated(n, *row) for n, row in enumerate(DATED)])
    page = Shown.open(browser, write_report(folder, language="zh").path)
    page.exact()
    page.view("charts")
    assert page.texts(".points tbody tr td:first-child") == [
        "2017/..",
        "2020-03-01",
        "2021",
        "2022-05/2022-08",
    ]
    across = json.loads(
        page.page.evaluate(
            """() => JSON.stringify([...document.querySelectorAll(".timeline .point")].map((point) => {
              const [, x] = /translate\\(([^ ]+)/.exec(point.lastChild.getAttribute("transform"));
              return Number(x);
            }))"""
        )
    )
    by_time = dict(zip([time for _, time in DATED], across, strict=True))
    assert by_time["2017/.."] < by_time["2020-03-01"] < by_time["2021"] < by_time["2022-05/2022-08"]
    assert page.page.locator(".timeline .period").count() == 3, (
        "a day is a point, a year and an interval are bars"
    )
    page.page.select_option('[data-choice="measure"]', "money 元")
    assert page.texts(".card.balance tbody td:last-child") == ["12,345,678,901,234,567,893.8"]
    assert page.console == []
    page.page.close()
