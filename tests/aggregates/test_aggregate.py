"""The figures: sums done by hand as a table, contradictions, the year before, copies, facts, and wrong questions."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import taizhang
from taizhang.aggregates import aggregate
from taizhang.cli import app
from taizhang.errors import QueryError, RunFolderError, UnitError
from taizhang.merge import merge
from taizhang.merge.files import FACT_FORMATS
from taizhang.rules import RuleSet
from taizhang.run.folder import RunFolder

Run = Callable[..., Path]
CASES = tomllib.loads((Path(__file__).parent / "cases" / "aggregates.toml").read_text("utf-8"))["case"]
TREES = "2022年，太原市造林30亩。"
LONG = (
    "。会上，各县区负责人逐一汇报了工作进展，相互交流了做法，对下一步的打算也作了说明，大家都表示要抓紧时间"
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["proves"])
def test_sums_done_by_hand(case: dict[str, Any], run: Run) -> None:
    rows = aggregate(run(case["articles"]), **case["ask"])
    got = [(r.place_code, r.year or 0, r.indicator, r.value, r.unit) for r in rows]
    expected = [
        (code, year, name, Decimal(value) if value else None, unit)
        for code, year, name, value, unit in case["rows"]
    ]
    assert sorted(got, key=str) == sorted(expected, key=str)


def test_two_articles_that_differ_contradict_and_the_later_one_is_taken(run: Run) -> None:
    folder = run([("2023-03-01", "2022年，太原市造林33亩。"), ("2023-02-01", TREES)])
    (row,) = aggregate(folder)
    assert (row.contradictions, row.value) == (1, 22000)
    assert (row.lowest, row.highest, row.records, row.facts, row.documents) == (20000, 22000, 2, 2, 2)
    assert set(row.quotes) == {"30亩", "33亩"}
    assert row.sources == ("0", "1")


def test_the_year_before_and_what_the_text_says_of_it(run: Run) -> None:
    said = "2023年，太原市造林33亩，同比增长{}%。"
    for growth, agrees in (("10", "yes"), ("12", "no")):
        rows = aggregate(run([("2023-02-01", TREES), ("2024-02-01", said.format(growth))]))
        (row,) = (r for r in rows if r.year == 2023 and r.indicator == "env.afforested")
        assert (row.previous, row.change, row.stated_change) == (20000, 10, Decimal(growth))
        assert row.change_agrees == agrees


def test_a_fall_is_negative(run: Run) -> None:
    rows = aggregate(run([("2023-02-01", TREES), ("2024-02-01", "2023年，太原市造林27亩，同比下降10%。")]))
    (row,) = (r for r in rows if r.year == 2023 and r.indicator == "env.afforested")
    assert (row.change, row.stated_change, row.change_agrees) == (-10, -10, "yes")


def test_articles_without_a_time_are_not_added_up(run: Run) -> None:
    folder = run([("", "太原市造林30亩。"), ("", "太原市造林60亩。")])
    (row,) = aggregate(folder)
    assert (row.value, row.lowest, row.highest) == (None, 20000, 40000)
    assert aggregate(run([("", "太原市造林30亩。太原市又造林60亩。")]))[0].value == 60000


def test_copies_are_left_out_unless_asked_for(run: Run) -> None:
    text = f"2022年3月，太原市造林30亩{LONG}。"
    folder = run([("", text), ("", text)])
    assert [r.records for r in aggregate(folder)] == [1]
    assert [r.records for r in aggregate(folder, keep_copies=True)] == [2]
    assert [r.records for r in aggregate(run([("", text), ("", text)], keep_copies=True))] == [2]


def test_the_facts_of_a_merge_are_used(run: Run) -> None:
    folder = run(
        [("2023-02-01", "2022年，太原市解决问题614个。"), ("2023-03-01", "2022年，太原市解决问题600余个。")]
    )
    (before,) = aggregate(folder, phase=["result"])
    merge(RunFolder.open(folder), RuleSet(), FACT_FORMATS[:1])
    (after,) = aggregate(folder, phase=["result"])
    assert (before.facts, after.facts, after.value, after.records) == (2, 1, 614, 2)


@pytest.mark.parametrize(
    ("ask", "error", "told"),
    [
        ({"by": ["month"]}, QueryError, "by: expected some of place, year, indicator, got 'month'"),
        ({"level": "town"}, QueryError, "level: expected some of"),
        ({"level": "city", "by": ["year"]}, QueryError, "level: expected place among by"),
        ({"phase": ["done"]}, QueryError, "phase: expected some of"),
        ({"indicator": ["env.treees"]}, QueryError, r"env\.afforested.*got 'env.treees'"),
        ({"unit": "公里"}, UnitError, r"env\.afforested.*平方米.*got 公里"),
    ],
)
def test_a_wrong_question_is_told(ask: dict[str, Any], error: type[Exception], told: str, run: Run) -> None:
    with pytest.raises(error, match=told):
        aggregate(run([("2023-02-01", TREES)]), **ask)


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        ({"by": "place"}, r"by: expected a sequence of names, such as \['place'\], got str"),
        ({"phase": "result"}, "phase: expected a sequence of names"),
        ({"indicator": [3]}, "indicator: expected a sequence of names, got list"),
        ({"rules_dirs": "x"}, "rules_dirs: expected a sequence of folders"),
    ],
)
def test_an_argument_of_another_type_is_told(ask: dict[str, Any], told: str, run: Run) -> None:
    with pytest.raises(TypeError, match=told):
        aggregate(run([("2023-02-01", TREES)]), **ask)


def test_an_indicator_that_the_rules_do_not_name_is_told_and_not_left_out(run: Run) -> None:
    folder = run([("2023-02-01", TREES)])
    records = folder / "records.jsonl"
    records.write_text(records.read_text("utf-8").replace("env.afforested", "my.trees"), "utf-8")
    with pytest.raises(
        QueryError, match=r"expected indicators of indicators\.tsv, got 'my\.trees'; .*--rules"
    ):
        aggregate(folder)
    assert aggregate(folder, indicator=["gdp"]) == ()


def test_a_ledger_of_an_earlier_layout_is_told(run: Run) -> None:
    folder = run([("2023-02-01", TREES)])
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"run_folder": 2', '"run_folder": 1'), "utf-8")
    with pytest.raises(RunFolderError, match=r"expected run_folder 2, .* got 1"):
        aggregate(folder)


def test_the_same_from_python_and_from_the_command_in_every_format(run: Run) -> None:
    folder = run([("2023-02-01", TREES)])
    (row,) = taizhang.aggregate(folder)
    words = ["aggregate", str(folder), "--format", "csv,xlsx,parquet"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    (cells,) = csv.DictReader((folder / "aggregate.csv").read_text("utf-8-sig").splitlines())
    assert (cells["value"], cells["unit"], cells["quotes"]) == ("20000", "平方米", '["30亩"]')
    (stored,) = pq.read_table(folder / "aggregate.parquet").to_pylist()
    assert (stored["value"], stored["place_code"], stored["quotes"]) == (row.value, "140100", ["30亩"])
    head, line = openpyxl.load_workbook(folder / "aggregate.xlsx").active.iter_rows(values_only=True)
    assert dict(zip(head, line, strict=True))["value"] == 20000


def test_headers_in_chinese_are_for_people_alone(run: Run) -> None:
    folder = run([("2023-02-01", TREES)])
    words = ["aggregate", str(folder), "--format", "csv,xlsx,parquet"]
    assert CliRunner().invoke(app, [*words, "--headers", "zh"]).exit_code == 0
    (cells,) = csv.DictReader((folder / "aggregate.csv").read_text("utf-8-sig").splitlines())
    assert (cells["地区代码"], cells["数值"], cells["单位"], cells["原文"]) == (
        "140100",
        "20000",
        "平方米",
        '["30亩"]',
    )
    head, _ = openpyxl.load_workbook(folder / "aggregate.xlsx").active.iter_rows(values_only=True)
    assert list(head) == list(cells)
    assert pq.read_table(folder / "aggregate.parquet").column_names == list(
        taizhang.AggregateRow.model_fields
    )


def test_a_file_that_no_aggregate_wrote_stays(run: Run) -> None:
    folder = run([("2023-02-01", TREES)])
    table = folder / "aggregate.csv"
    table.write_text("my own", "utf-8")
    done = CliRunner().invoke(app, ["aggregate", str(folder)])
    assert done.exit_code == 2
    assert "--force" in done.output
    assert table.read_text("utf-8") == "my own"
    assert CliRunner().invoke(app, ["aggregate", str(folder), "--force"]).exit_code == 0
    written = table.read_bytes()
    assert CliRunner().invoke(app, ["aggregate", str(folder)]).exit_code == 0, "its own file is replaced"
    assert table.read_bytes() == written


def test_the_seeds(seed_ledger: Path) -> None:
    rows = aggregate(seed_ledger, level="city", phase=["problem", "result"])
    figures = {(r.place_name, r.indicator): (r.value, r.records, r.facts) for r in rows}
    assert figures["江苏省扬州市", "problems.solved"] == (2700 + 8527, 2, 2)
    assert figures["云南省昆明市", "problems.solved"] == (614, 2, 1), "two articles tell of the same 614"
    assert figures["重庆市", "problems.found"] == (135 + 367, 2, 2)
