"""States, marks and company of a number: their rules' own examples, and tables of our own sentences."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.article import Article
from taizhang.extract.phases import chain
from taizhang.extract.phases.shapes import FILE, ContextFile, PhaseMarkRule, StateRule
from taizhang.extract.phases.states import States
from taizhang.extract.phases.tense import TenseMarks
from taizhang.pipeline import shipped_pipeline
from taizhang.rulebook.examples import unmarked
from taizhang.segment.tokens import TokenLexicon

RULES = shipped_pipeline().rules
CONTEXT = RULES.load(FILE, ContextFile)
STATES, MARKS, LEXICON = States.of(RULES), TenseMarks.of(RULES), TokenLexicon.of(RULES)
HERE = Path(__file__).parent / "cases"
COMPANY = tomllib.loads((HERE / "phase_company.toml").read_text("utf-8"))["case"]
SEEN = tomllib.loads((HERE / "phase_states.toml").read_text("utf-8"))["case"]
EVEN = (0.0,) * 6


def proves(case: dict[str, Any]) -> str:
    return str(case["proves"])


@pytest.mark.parametrize("rule", CONTEXT.state, ids=lambda rule: rule.id)
def test_states(rule: StateRule) -> None:
    for example in rule.examples:
        text, ((start, end),) = unmarked(example)
        assert STATES.state(text[start:end]) == rule.state, example
    for example in rule.counter_examples:
        assert rule.state not in {STATES.state(word) for word in LEXICON.cut(example)}, example


@pytest.mark.parametrize("rule", CONTEXT.mark, ids=lambda rule: rule.id)
def test_marks(rule: PhaseMarkRule) -> None:
    for example in rule.examples:
        text, ((start, _),) = unmarked(example)
        assert (start, rule.mark) in MARKS.find(text), example
    for example in rule.counter_examples:
        assert rule.mark not in {mark for _, mark in MARKS.find(example)}, example


def test_joint() -> None:
    for example in CONTEXT.joint.examples:
        text, ((start, end),) = unmarked(example)
        assert CONTEXT.joint.lists(text[start:end]), example
    for example in CONTEXT.joint.counter_examples:
        assert not CONTEXT.joint.lists(example), example


@pytest.mark.parametrize("case", SEEN, ids=proves)
def test_what_is_seen(case: dict[str, str]) -> None:
    (candidate,) = shipped_pipeline().run(Article.of(case["text"])).extraction.candidates
    assert case["seen"] in candidate.choices["phase"].winner.features


@pytest.mark.parametrize("case", COMPANY, ids=proves)
def test_neighbours(case: dict[str, str]) -> None:
    found = shipped_pipeline().run(Article.of(case["text"])).extraction
    quantities = [candidate.quantity for candidate in found.candidates]
    companies = chain.companies([EVEN] * len(quantities), quantities, found.layout, CONTEXT.joint)
    before = [r.removeprefix("before.") for r in companies[-1] if r.startswith("before.")]
    after = [r.removeprefix("after.") for r in companies[-2] if r.startswith("after.")]
    assert before == after == ([case["relation"]] if case["relation"] else [])


def test_company_moves_what_is_even_and_leaves_what_is_sure() -> None:
    text = "修路3公里、架桥2座、挖渠4条。"
    found = shipped_pipeline().run(Article.of(text)).extraction
    quantities = [candidate.quantity for candidate in found.candidates]
    sure, other = (9.0, 0.0, 0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 9.0, 0.0, 0.0)
    companies = chain.companies([sure, EVEN, other], quantities, found.layout, CONTEXT.joint)
    table = {"own": (1000,) * 6, "before.list.other": (1000,) * 6}
    first, second, third = (chain.scores(company, table) for company in companies)
    assert first.index(max(first)) == 0
    assert second.index(max(second)) == 0
    assert third.index(max(third)) == 3


@given(st.lists(st.lists(st.floats(-20, 20), min_size=6, max_size=6), max_size=8))
def test_a_group_holds_no_number_itself(first: list[list[float]]) -> None:
    found = shipped_pipeline().run(Article.of("建成3座。")).extraction
    quantities = [found.candidates[0].quantity] * len(first)
    companies = chain.companies(first, quantities, found.layout, CONTEXT.joint)
    assert len(companies) == len(first)
    assert all(("article" in company) == (len(first) > 1) for company in companies)
