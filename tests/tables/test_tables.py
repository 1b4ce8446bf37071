"""Tables of all kinds and formats against gold, the same table in six formats, and what must hold for any table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from corpus import agrees, line, result, tables, trace
from written import FORMATS

from taizhang import extract
from taizhang.run.account import account

LOTS = {
    name: tables(f"{name}.toml")
    for name in (
        *("kinds", "offices", "annexes", "reports", "notices", "ledgers", "tallies", "bulletins", "probes"),
        *("files", "scraped"),
    )
}
CASES = [case for cases in LOTS.values() for case in cases]
NAMING = tables("naming.toml")
FIELDS = ("value and unit", "metric", "place", "time", "phase")
FLOORS = {"value and unit": 0.99, "metric": 0.98, "place": 0.96, "time": 0.99, "phase": 0.97}


@pytest.mark.parametrize("cases", LOTS.values(), ids=LOTS)
def test_the_cells_of_all_tables_are_right(cases: list[dict[str, Any]], tmp_path: Path) -> None:
    right = dict.fromkeys(FIELDS, 0)
    cells = 0
    for case in cases:
        found, _ = result(case, tmp_path)
        assert found is not None, case["proves"]
        got = [line(record).split(" | ") for record in found.records]
        gold = [text.split(" | ") for text in case["gold"]]
        assert len(got) == len(gold), case["proves"]
        cells += len(gold)
        for number, field in enumerate(FIELDS):
            right[field] += sum(agrees(a[number], b[number]) for a, b in zip(got, gold, strict=True))
    assert len(cases) >= 6
    shares = {field: count / cells for field, count in right.items()}
    assert {f: s for f, s in shares.items() if s < FLOORS[f]} == {}, shares


@pytest.mark.parametrize("case", CASES, ids=[case["proves"] for case in CASES])
def test_no_cell_is_lost_and_every_record_stands_where_it_says(case: dict[str, Any], tmp_path: Path) -> None:
    made = trace(case, tmp_path)
    assert account(made).lost == 0
    raw = made.article.raw
    for record in made.result.records:
        span = record.span
        assert made.result.text[span.start : span.end] == record.quote
        assert record.row is None or record.row.startswith("t1r")
        digits = [c for c in record.quote if c.isdigit()]
        assert [c for c in raw[span.raw_start : span.raw_end] if c.isdigit()] == digits
        assert record.quote in record.sentence


WRITTEN = [
    case for case in CASES if case["as"] not in ("txt", "tsv") and "second table" not in case["proves"]
]


@pytest.mark.parametrize("case", WRITTEN, ids=[case["proves"] for case in WRITTEN])
def test_six_formats_of_a_table_give_equal_records(case: dict[str, Any], tmp_path: Path) -> None:
    found = {}
    for name in FORMATS:
        made, _ = result({**case, "as": name}, tmp_path)
        assert made is not None
        found[name] = [(line(r), r.agency, r.part_of is None, r.bound, r.kind) for r in made.records if r.row]
    assert {name for name, records in found.items() if records != found["html"]} == set()


def test_a_table_that_says_no_unit_is_read() -> None:
    found = extract("情况\n\n| 设施 | 数量 |\n|---|---|\n| 桥梁 | 3 |\n| 道路 | 5 |\n").records
    assert [(record.value, record.unit) for record in found] == [(3, ""), (5, "")]


@pytest.mark.parametrize("case", NAMING, ids=[case["proves"] for case in NAMING])
def test_a_metric_says_what_is_counted(case: dict[str, Any]) -> None:
    head, *rows = case["rows"]
    rule = "|---" * (head.count("|") + 1) + "|"
    lines = [case["above"], "", f"| {head} |", rule, *(f"| {row} |" for row in rows), ""]
    records = [record for record in extract("\n".join(lines)).records if record.row]
    assert [record.metric.name for record in records] == case["metrics"]
    phases = [record.phase for record in records]
    assert phases == case.get("phases", phases)
    times = [record.time for record in records]
    assert times == case.get("times", times)
    places = [record.place.name for record in records]
    assert places == case.get("places", places)
    units = [record.unit for record in records]
    assert units == case.get("units", units)
