"""Marking: what a person says of records is kept, saved, read again, and becomes gold."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from browser import Shown
from folders import result, run_folder
from typer.testing import CliRunner

from taizhang.annotate import read_marks
from taizhang.cli import app
from taizhang.errors import UnreadableInput
from taizhang.evaluate import evaluate
from taizhang.records import Metric
from taizhang.report import write_report

TEXT = "青禾县排查隐患12处，整改9处，其中校园3处。"
SOLVED = Metric(name="整改隐患", action="整改", object="隐患")
QUOTES = {
    "12处": {
        "value": Decimal(12),
        "metric": Metric(name="排查隐患", action="排查", object="隐患"),
        "confidence": 0.9,
    },
    "9处": {"value": Decimal(9), "metric": SOLVED, "confidence": 0.5},
    "3处": {"value": Decimal(30), "metric": SOLVED, "confidence": 0.4},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    other = result(
        "走访农户5处，慰问2处。", {"5处": {"confidence": 0.6}, "2处": {"confidence": 0.7}}, id="other"
    )
    return run_folder(tmp_path / "run", [result(TEXT, QUOTES, id="one"), other])


@pytest.fixture
def page(browser: Any, folder: Path) -> Any:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    shown = Shown.open(context, write_report(folder).path, "#?view=review")
    yield shown
    assert shown.console == []
    context.close()


def test_the_tab_counts_what_is_still_to_be_checked(page: Any) -> None:
    count = page.page.locator("#count-review")
    assert count.inner_text() == "5"
    page.page.locator("#review tbody tr").first.click()
    _verdict(page, "right")
    assert count.inner_text() == "4"


def _verdict(page: Shown, name: str) -> None:
    page.page.click(f'#article [data-verdict="{name}"]')


def _mark_all(page: Shown) -> None:
    """30 is corrected to 3, 9 is wrong, 5 and 12 are right; 2 is left open."""
    page.page.locator("#review tbody tr").first.click()
    assert page.marked()[0] == "3处"
    _verdict(page, "corrected")
    page.page.fill('.correcting [name="value"]', "3")
    page.page.fill('.correcting [name="code"]', "530100")
    page.page.click('.correcting [type="submit"]')
    assert page.marked()[0] == "9处", "the next one, which is the least sure of what is left, has come"
    _verdict(page, "wrong")
    page.page.select_option('.correcting [name="reason"]', "reference")
    page.page.click('.correcting [type="submit"]')
    assert page.marked()[0] == "5处"
    page.page.keyboard.press("Enter")  # the focus is on right
    assert page.marked()[0] == "2处"
    page.page.locator("#review tbody tr").last.click()
    assert page.marked()[0] == "12处"
    _verdict(page, "rest")


def _save(page: Shown, path: Path) -> Path:
    with page.page.expect_download() as download:
        page.page.click('[data-marks="save"]')
    assert download.value.suggested_filename == "marks.json"
    download.value.save_as(path)
    return path


def test_the_least_sure_come_first(page: Shown) -> None:
    assert page.texts("#review td.confidence") == ["0.40", "0.50", "0.60", "0.70", "0.90"]


def test_marks_become_gold(page: Shown, folder: Path, tmp_path: Path) -> None:
    _mark_all(page)
    marks = _save(page, tmp_path / "marks.json")
    done = CliRunner().invoke(
        app, ["import", str(marks), "--from", "report", "--out", str(tmp_path / "gold")]
    )
    assert done.exit_code == 0, done.output
    assert "1 articles, 2 records, 1 rejected numbers" in done.output
    assert "not annotated: 1: other" in done.output, "an article of which a record is open is no gold"
    gold = [json.loads(line) for line in (tmp_path / "gold" / "one.jsonl").read_text("utf-8").splitlines()]
    assert [(g["quote"], g["value"], g["metric"], g["heads"], g["code"], g["phase"]) for g in gold] == [
        ("12处", "12", "排查隐患", ["排查", "隐患"], "", "result"),
        ("3处", "3", "整改隐患", ["整改", "隐患"], "530100", "result"),
    ]
    (rejected,) = (tmp_path / "gold" / "rejected.jsonl").read_text("utf-8").splitlines()
    assert json.loads(rejected) == {"doc": "one", "quote": "9处", "reason": "reference"}
    score = evaluate(tmp_path / "gold", folder / "records.jsonl")
    assert score.counts["gold"] == 2


def test_marks_are_kept_and_read_from_a_file(page: Shown, browser: Any, folder: Path, tmp_path: Path) -> None:
    _mark_all(page)
    marks = _save(page, tmp_path / "marks.json")
    said = page.texts("#review td.mark")
    assert [text[:1] for text in said] == ["✎", "✗", "✓", "", "✓"]
    page.page.reload()
    page.page.wait_for_selector("html[data-ready]")
    assert page.texts("#review td.mark") == said
    assert page.texts("#article .verdicts .note") == [] or page.page.locator("#article").is_visible()
    context = browser.new_context(locale="zh-CN")
    fresh = Shown.open(context, folder / "report.html", "#?view=review")
    assert set(fresh.texts("#review td.mark")) == {""}, "another browser knows nothing of them"
    fresh.page.set_input_files("#marks-file", marks)
    fresh.page.wait_for_selector("#review td.mark .verdict")
    assert fresh.texts("#review td.mark") == said
    assert _save(fresh, tmp_path / "again.json").read_bytes() == marks.read_bytes()
    fresh.page.set_input_files("#marks-file", folder / "manifest.json")
    fresh.page.wait_for_selector(".told:text-is('不是本报告的标记文件')")
    assert fresh.console == []
    context.close()


def test_a_mark_is_taken_off_by_pressing_it_again(page: Shown) -> None:
    page.page.locator("#review tbody tr").last.click()
    _verdict(page, "right")
    assert page.texts("#review td.mark")[-1].startswith("✓")
    _verdict(page, "right")
    assert page.texts("#review td.mark")[-1] == ""
    assert page.page.locator('[data-marks="save"]').is_disabled()


BAD = [
    # what is changed in the file, what is said
    (
        lambda file: file.update(taizhang_marks=99),
        "expected the file of marks that the report saves; taizhang_marks",
    ),
    (lambda file: _first(file).update(verdict="maybe"), r"articles\.0\.records\.0\.verdict"),
    (lambda file: _first(file)["fields"].update(value="much"), "one: '12处' at 7: value: .*, got 'much'"),
    (lambda file: _first(file)["fields"].update(metric=""), "one: '12处' at 7: metric: "),
    (lambda file: _first(file)["fields"].update(code="53"), "one: '12处' at 7: code: "),
    (lambda file: _first(file)["fields"].update(time="去年"), "one: '12处' at 7: time: "),
]


def _first(file: dict[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = file["articles"][0]["records"][0]
    return record


def _file() -> dict[str, Any]:
    fields = {
        "value": "12",
        "value_max": "",
        "unit": "处",
        "bound": "exact",
        "kind": "count",
        "metric": "排查隐患",
    }
    fields |= {"place": "", "code": "", "agency": "", "phase": "result", "time": ""}
    record = {"start": 7, "quote": "12处", "verdict": "right", "reason": None, "fields": fields}
    record |= {"action": "排查", "object": "隐患", "part_of": "99处", "id": "x", "sentence": TEXT}
    return {"taizhang_marks": 1, "articles": [{"id": "one", "title": None, "records": [record]}]}


def test_a_total_that_is_no_record_is_no_total(tmp_path: Path) -> None:
    path = tmp_path / "marks.json"
    path.write_text(json.dumps(_file()), "utf-8")
    ((gold,),) = [read_marks(path).gold]
    assert [record.part_of for record in gold.records] == [None]


@pytest.mark.parametrize(("spoil", "says"), BAD, ids=[says for _, says in BAD])
def test_a_file_that_is_not_as_it_should_be_is_told_and_nothing_written(
    spoil: Any, says: str, tmp_path: Path
) -> None:
    file = _file()
    spoil(file)
    path = tmp_path / "marks.json"
    path.write_text(json.dumps(file), "utf-8")
    with pytest.raises(UnreadableInput, match=says):
        read_marks(path)
    done = CliRunner().invoke(app, ["import", str(path), "--from", "report", "--out", str(tmp_path / "gold")])
    assert done.exit_code == 2 and not (tmp_path / "gold").exists()
