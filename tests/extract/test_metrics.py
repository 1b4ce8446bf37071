"""Metrics, phases and parts: a table of our own sentences, each field of each quantity, by the whole pipeline.

``without`` are words that the name must not hold. A field that is wrong today stands in the quantity's ``fails``; its
test is a strict xfail, so that whoever mends it is told to strike the name from the list.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from taizhang.article import Article
from taizhang.pipeline import shipped_pipeline
from taizhang.records import RectificationItem
from taizhang.result import Result

TABLES = sorted((Path(__file__).parent / "cases" / "judged").glob("*.toml"))
FIELDS = ("quote", "heads", "length", "phase", "part_of")
OPTIONAL = ("value", "unit", "code", "time")  # asked where the quantity or its case names them
CASES: list[dict[str, Any]] = [
    case for path in TABLES for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
QUANTITIES = [(case, wanted) for case in CASES for wanted in case["quantities"]]
KNOWN = [(case, wanted, field) for case, wanted in QUANTITIES for field in wanted.get("fails", [])]


@cache
def result_of(text: str) -> Result:
    return shipped_pipeline().extract(text, published="2024-06-01")


def found(case: dict[str, Any], wanted: dict[str, Any]) -> RectificationItem | None:
    """The record that shares characters with the wanted quote; equal quotes are told apart by their order."""
    end = 0
    for earlier in case["quantities"]:
        at = case["text"].index(earlier["quote"], end)
        end = at + len(earlier["quote"])
        if earlier is wanted:
            break
    sharing = [r for r in result_of(case["text"]).records if r.span.start < end and r.span.end > at]
    return sharing[0] if sharing else None


def any_of(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def asked(case: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """What a quantity's record must have of the optional fields: the quantity's own word goes before its case's."""
    return {
        field: wanted.get(field, case.get(field)) for field in OPTIONAL if field in wanted or field in case
    }


def wrong(case: dict[str, Any], wanted: dict[str, Any]) -> set[str]:
    """The fields of a wanted quantity that its record has wrong; all of them where it has none."""
    record = found(case, wanted)
    optional = asked(case, wanted)
    if record is None:
        return {*FIELDS, *optional}
    name = record.metric.name
    totals = [r.quote for r in result_of(case["text"]).records if r.id == record.part_of]
    right = {
        "quote": record.quote == wanted["quote"],
        "heads": all(any(word in name for word in any_of(head)) for head in wanted["heads"]),
        "length": len(name) <= 1.5 * len(wanted["metric"]) + 4,
        "phase": record.phase in any_of(wanted["phase"]),
        "part_of": totals == [total for total in [wanted.get("part_of")] if total],
    }
    if "without" in wanted:
        right["without"] = not any(word in name for word in wanted["without"])
    told = {"value": str(record.value), "unit": record.unit, "code": record.place.code, "time": record.time}
    right |= {field: (told[field] or "") == value for field, value in optional.items()}
    return {field for field in right if not right[field]}


def label(value: object) -> str:
    return str(value.get("proves", value.get("quote"))) if isinstance(value, dict) else str(value)


@pytest.mark.parametrize(("case", "wanted"), QUANTITIES, ids=label)
def test_fields(case: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert wrong(case, wanted) <= set(wanted.get("fails", [])), found(case, wanted)


@pytest.mark.xfail(
    strict=True, reason="a known failure; when it passes, strike the field from the case's `fails`"
)
@pytest.mark.parametrize(("case", "wanted", "field"), KNOWN, ids=label)
def test_known_failures(case: dict[str, Any], wanted: dict[str, Any], field: str) -> None:
    assert field not in wrong(case, wanted)


@pytest.mark.parametrize("case", CASES, ids=label)
def test_offsets(case: dict[str, Any]) -> None:
    for record in result_of(case["text"]).records:
        assert case["text"][record.span.start : record.span.end] == record.quote


@pytest.mark.parametrize("case", CASES, ids=label)
def test_no_record_is_made_up(case: dict[str, Any]) -> None:
    wanted = [found(case, quantity) for quantity in case["quantities"]]
    ids = {record.id for record in wanted if record}
    made_up = [r.quote for r in result_of(case["text"]).records if r.id not in ids]
    assert made_up == case.get("made_up", [])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("7处因产权不清未处置。", "metric.behind-reason"),
        ("9366件，这是为群众解决的难事的数字。", "metric.next-clause"),
    ],
)
def test_what_stands_behind_a_reason_is_told_apart_from_the_next_clause(text: str, rule: str) -> None:
    (candidate,) = shipped_pipeline().run(Article.of(text)).extraction.candidates
    assert f"made={rule}" in candidate.choices["phase"].winner.features


def test_the_table_keeps_the_guide() -> None:
    """Heads stand in the metric that a person wrote, a total is another quantity of its case, no field is unknown."""
    for case, wanted in QUANTITIES:
        for head in wanted["heads"]:
            assert any(word in wanted["metric"] for word in any_of(head)), wanted
        quotes = [q["quote"] for q in case["quantities"] if q is not wanted]
        assert wanted.get("part_of", quotes[:1]) in (*quotes, quotes[:1]), wanted
        assert set(wanted.get("fails", [])) <= {*FIELDS, "without", *asked(case, wanted)}, wanted
