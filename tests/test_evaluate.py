"""Scoring: what aligns with what, what is right, the figures on hand-made gold, the floors on the seeds."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.errors import UnreadableInput
from taizhang.evaluate import align, evaluate, numeral, right

HERE = Path(__file__).parent

GOLD = {
    "quote": "12处",
    "value": "12",
    "value_max": None,
    "unit": "处",
    "bound": "exact",
    "kind": "count",
    "metric": "排查隐患",
    "heads": ["排查", ["隐患", "风险"]],
    "place": "某省某市",
    "code": "530100",
    "phase": "problem",
    "time": "",
    "part_of": None,
}
RECORD = {
    "id": "r1",
    "document": {"id": "a_9826"},
    "quote": "12处",
    "value": 12,
    "value_max": None,
    "unit": "处",
    "bound": "exact",
    "kind": "count",
    "metric": {"name": "排查隐患"},
    "place": {"name": "某省某市", "code": "530100"},
    "phase": "problem",
    "time": None,
    "part_of": None,
}

NUMERALS = [
    # two quotes, whether they quote one number, what it proves
    ("近1,200户", "１２００户", True, "width and separators do not matter"),
    ("1.5万余个", "1.5万", True, "bound words and units do not matter"),
    ("三十二个", "共三十二", True, "Chinese numerals"),
    ("12处", "120处", False, "a longer number is another one"),
    ("三个", "3个", False, "the same value in another script is another piece of text"),
]
FIELD_CASES = [
    # field, gold's, the program's, right, what it proves
    ("value", {"value": "1500"}, {"value": "1500.0"}, True, "equal as decimals"),
    ("value", {"value": "3", "value_max": "5"}, {"value": "3"}, False, "a range needs its upper end"),
    ("value", {"value": "3", "value_max": "5"}, {"value": 3, "value_max": 5}, True, "both ends"),
    ("unit", {"unit": "%"}, {"unit": "％"}, True, "one percent sign for both"),
    ("unit", {"unit": ""}, {"unit": "个"}, False, "a unit that is not written"),
    ("metric", {}, {"metric": "全面排查风险"}, True, "a head may be one of several equals"),
    ("metric", {}, {"metric": "隐患"}, False, "a head is missing"),
    ("metric", {}, {"metric": "排查隐患" + "并" * 6}, True, "1.5 times gold's length and four more"),
    ("metric", {}, {"metric": "排查隐患" + "并" * 7}, False, "one character longer"),
    ("metric", {}, {"metric": None}, False, "no metric"),
    ("time", {"time": ""}, {"time": None}, True, "nothing is nothing"),
    ("code", {"code": "530100"}, {"code": "530102"}, False, "a county for a city"),
]


@pytest.mark.parametrize(("one", "other", "same", "proves"), NUMERALS, ids=[c[3] for c in NUMERALS])
def test_quotes_of_one_number(one: str, other: str, same: bool, proves: str) -> None:
    assert (numeral(one) == numeral(other)) is same


@pytest.mark.parametrize(("field", "gold", "program", "expected", "proves"), FIELD_CASES)
def test_a_field_is_right_or_wrong(
    field: str, gold: Mapping[str, Any], program: Mapping[str, Any], expected: bool, proves: str
) -> None:
    flat = {**GOLD, "metric": "排查隐患"}
    assert right(field, {**GOLD, **gold}, {**flat, **program}) is expected, proves


def _quotes(text: str) -> list[dict[str, str]]:
    return [{"quote": word.partition(":")[0], "note": word.partition(":")[2]} for word in text.split()]


@pytest.mark.parametrize(
    ("gold", "program", "pairs", "proves"),
    [
        ("1 2 3", "1 2 3", [(0, 0), (1, 1), (2, 2)], "all of them"),
        ("1 2 3", "1 3", [(0, 0), (2, 1)], "one missed"),
        ("1 3", "1 2 3", [(0, 0), (1, 2)], "one too many"),
        ("1:x 2:y", "2:y 1:z", [(1, 0)], "of two that are swapped only one, the one that agrees more"),
        ("1:x 2:y", "2:z 1:x", [(0, 1)], "the same the other way round"),
        ("2:x", "2:y 2:x 2:y", [(0, 1)], "of equal numerals, the one that agrees more"),
        ("2:x 3:y", "3:y 2:x 3:z", [(0, 1), (1, 2)], "more pairs come before pairs that agree"),
        ("", "1", [], "no gold"),
        ("1", "", [], "no records"),
    ],
)
def test_alignment(gold: str, program: str, pairs: list[tuple[int, int]], proves: str) -> None:
    found = align(_quotes(gold), _quotes(program), lambda g, p: g["note"] == p["note"])
    assert found == pairs, proves


words = st.lists(st.sampled_from("123"), max_size=6)


@given(words, words)
def test_alignment_is_in_order_pairs_equals_and_is_as_long_as_can_be(
    one: list[str], other: list[str]
) -> None:
    pairs = align([{"quote": q} for q in one], [{"quote": q} for q in other], lambda g, p: 0)
    assert all(one[i] == other[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))
    assert len(pairs) == _longest_common(tuple(one), tuple(other))


def _longest_common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """By the plain definition, with no table."""
    if not one or not other:
        return 0
    if one[0] == other[0]:
        return 1 + _longest_common(one[1:], other[1:])
    return max(_longest_common(one[1:], other), _longest_common(one, other[1:]))


def _files(folder: Path, gold: list[dict[str, Any]], records: list[dict[str, Any]], **more: Any) -> Path:
    (folder / "gold").mkdir()
    contents = {"gold/a.jsonl": gold, "records.jsonl": records, **more}
    for name, rows in contents.items():
        (folder / name).write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
    return folder / "records.jsonl"


def test_figures_of_a_small_ledger(tmp_path: Path) -> None:
    """Three in gold; found three of them, one with a wrong unit, one with a wrong place; and one too many."""
    gold = [GOLD, {**GOLD, "quote": "7处", "value": "7"}, {**GOLD, "quote": "5处", "value": "5"}]
    records = [
        RECORD,
        {**RECORD, "quote": "7处", "value": 7, "unit": "个"},
        {**RECORD, "quote": "9处", "value": 9},
        {**RECORD, "quote": "5处", "value": 5, "place": {"name": "", "code": ""}},
    ]
    score = evaluate(tmp_path / "gold", _files(tmp_path, gold, records))
    assert score.as_json() == {
        "documents": 1,
        "gold": 3,
        "program": 4,
        "found": {"p": 0.75, "r": 1.0, "f1": 0.8571},
        "quantity": {"p": 0.5, "r": 0.6667, "f1": 0.5714},
        "record": {"p": 0.25, "r": 0.3333, "f1": 0.2857},
        "part_of": {"p": 0.0, "r": 0.0, "f1": 0.0},
        "fields": {
            "value": 1.0,
            "unit": 0.6667,
            "bound": 1.0,
            "kind": 1.0,
            "metric": 1.0,
            "place": 0.6667,
            "code": 0.6667,
            "phase": 1.0,
            "time": 1.0,
        },
    }
    assert score.faults == [
        "a 7处  unit: gold '处'  program '个'",
        "a 5处  place: gold '某省某市'  program ''",
        "a 5处  code: gold '530100'  program ''",
        "a extra 9处 排查隐患",
    ]


def test_a_part_is_right_when_its_total_quotes_the_same_number(tmp_path: Path) -> None:
    gold = [
        GOLD,
        {**GOLD, "quote": "7处", "value": "7", "part_of": "12处"},
        {**GOLD, "quote": "5处", "value": "5", "part_of": "7处"},
    ]
    records = [
        RECORD,
        {**RECORD, "id": "r2", "quote": "7处", "value": 7, "part_of": "r1"},
        {**RECORD, "id": "r3", "quote": "5处", "value": 5, "part_of": "r1"},
    ]
    rate = evaluate(tmp_path / "gold", _files(tmp_path, gold, records)).rate("part_of")
    assert (rate.hits, rate.program, rate.gold) == (1, 2, 2)


def test_rejections_are_scored_where_gold_lists_them(tmp_path: Path) -> None:
    gold = [
        {"doc": "a", "quote": "第二批", "reason": "ordinal"},
        {"doc": "a", "quote": "9月", "reason": "date"},
        {"doc": "a", "quote": "两地", "reason": "reference"},
        {"doc": "other", "quote": "第一", "reason": "ordinal"},
    ]
    rejects = [
        {"document": {"id": "a_1"}, "scope": "number", "quote": "第二", "reason": "ordinal"},
        {"document": {"id": "a_1"}, "scope": "number", "quote": "9月29日", "reason": "name"},
        {"document": {"id": "a_1"}, "scope": "article", "quote": "两", "reason": "empty"},
    ]
    more = {"gold/rejected.jsonl": gold, "rejects.jsonl": rejects}
    score = evaluate(tmp_path / "gold", _files(tmp_path, [], [], **more))
    assert score.as_json()["rejected"] == {"gold": 3, "share": 0.6667, "reason": 0.3333}
    assert score.faults == [
        "a 9月  rejected: gold date  program name",
        "a 两地  not rejected: gold reference",
    ]


def test_no_records_at_all_is_nothing_right(tmp_path: Path) -> None:
    score = evaluate(tmp_path / "gold", _files(tmp_path, [GOLD], []))
    assert score.rate("found").f1 == 0.0
    assert score.faults == ["a missed 12处 排查隐患"]


@pytest.mark.parametrize(
    ("line", "message"),
    [("{", ":1: expected a JSON object"), ("[1]", ":1: expected a JSON object"), ("\xff", "UTF-8")],
)
def test_a_file_that_is_no_json_lines_is_named(line: str, message: str, tmp_path: Path) -> None:
    records = _files(tmp_path, [GOLD], [])
    records.write_bytes(line.encode("latin-1"))
    with pytest.raises(UnreadableInput, match=message):
        evaluate(tmp_path / "gold", records)


def test_ids_without_gold_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="expected gold for zz"):
        evaluate(tmp_path / "gold", _files(tmp_path, [GOLD], [RECORD]), only=["zz"])


def test_the_seeds_stay_above_their_floors(seed_ledger: Path) -> None:
    """The floors are only ever raised: to what was reached, when a change reaches more."""
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))
    score = evaluate(HERE / "gold", seed_ledger / "records.jsonl")
    reached = {name: score.rate(name).f1 for name in ("found", "quantity", "record")}
    reached |= {name: score.share(name) for name in floors["fields"]}
    wanted = {**floors["f1"], **floors["fields"]}
    assert {name: value for name, value in reached.items() if value < wanted[name]} == {}
