"""What answers what: the rules' own examples, texts as a table, and the rate held against both numbers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from taizhang.extract.shapes import AnswerFile, AnswerRule, PendingRule, RateRule, SilentRule
from taizhang.pipeline import extract, shipped_pipeline
from taizhang.records import RectificationItem

FILE = shipped_pipeline().rules.load("answers.toml", AnswerFile)
CASES = tomllib.loads((Path(__file__).parent / "cases" / "answers.toml").read_text("utf-8"))["case"]


def marked(example: str) -> RectificationItem:
    """The record that an example encloses."""
    start = example.index("⟨")
    text = example.replace("⟨", "").replace("⟩", "")
    (record,) = (r for r in extract(text).records if r.span.start == start)
    return record


@pytest.mark.parametrize("rule", FILE.answer, ids=lambda rule: rule.id)
def test_an_answer_rule_keeps_to_its_own_examples(rule: AnswerRule) -> None:
    assert all(marked(example).answers for example in rule.examples)
    assert not any(marked(example).answers for example in rule.counter_examples)


@pytest.mark.parametrize("rule", FILE.rate, ids=lambda rule: rule.id)
def test_a_rate_rule_keeps_to_its_own_examples(rule: RateRule) -> None:
    for example in rule.examples:
        assert "rate-mismatch" not in marked(example).checks
        assert "rate-mismatch" in marked(example.replace("⟨50%⟩", "⟨51%⟩")).checks
    for example in rule.counter_examples:
        assert "rate-mismatch" not in marked(example.replace("⟨50%⟩", "⟨51%⟩")).checks


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["proves"])
def test_answers(case: dict[str, Any]) -> None:
    records = extract(case["text"]).records
    quotes = {record.id: record.quote for record in records}
    assert {r.quote: quotes[r.answers] for r in records if r.answers} == case["answers"]
    checked = {r.quote for r in records if "rate-mismatch" in r.checks}
    assert checked == set(case.get("mismatch", []))


def test_an_answer_to_what_was_withheld_points_at_nothing() -> None:
    from taizhang.validate.threshold import withhold  # noqa: PLC0415

    result = extract("太原市查摆问题40个，解决30个。")
    found, solved = result.records
    assert solved.answers == found.id
    low = found.model_copy(update={"confidence": 0.0})
    (kept,) = withhold(result.model_copy(update={"records": (low, solved)}), 0.01).records
    assert kept.answers is None


@pytest.mark.parametrize("rule", FILE.silent, ids=lambda rule: rule.id)
def test_a_silent_word_names_no_thing(rule: SilentRule) -> None:
    for example in rule.examples:
        assert answered(example)
    for example in rule.counter_examples:
        assert example[example.index("⟨") + 1 : example.index("⟩")] not in rule.forms


@pytest.mark.parametrize("rule", FILE.pending, ids=lambda rule: rule.id)
def test_a_pending_word_ends_no_answer(rule: PendingRule) -> None:
    assert not any(answered(example) for example in rule.examples)
    assert all(answered(example) for example in rule.counter_examples)


def answered(example: str) -> bool:
    """Whether anything in an example answers anything."""
    return any(r.answers for r in extract(example.replace("⟨", "").replace("⟩", "")).records)
