"""The words of ``tables.toml``: each rule matches its examples and not its counter-examples."""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.extract.tables.kinds import CellKinds, compiled
from taizhang.extract.tables.shapes import TableRules, held
from taizhang.rules import RuleSet

RULES = RuleSet().load("tables.toml", TableRules)
MATCHING = [*RULES.word, *RULES.state, *RULES.caption_state]


@pytest.mark.parametrize("rule", MATCHING, ids=lambda rule: rule.id)
def test_a_word_knows_its_examples(rule: Any) -> None:
    for example in rule.examples:
        marked = example[example.index("⟨") + 1 : example.index("⟩")]
        assert held(rule, example.replace("⟨", "").replace("⟩", "")) == marked
    for example in rule.counter_examples:
        assert not held(rule, example), example


@pytest.mark.parametrize("rule", RULES.kind, ids=lambda rule: rule.id)
def test_a_kind_knows_its_examples(rule: Any) -> None:
    for example in rule.examples:
        assert example[example.index("⟨") + 1 : example.index("⟩")] in rule.forms
    for example in rule.counter_examples:
        assert not any(example.endswith(form) for form in rule.forms), example


@pytest.mark.parametrize("rule", RULES.cell, ids=lambda rule: rule.id)
def test_a_shape_knows_its_examples(rule: Any) -> None:
    kinds, pattern = CellKinds.of(RuleSet()), compiled(rule)
    for example in rule.examples:
        text = example.strip("⟨⟩")
        assert pattern.match(text), example
        assert kinds.kind(text) == rule.kind, example
    for example in rule.counter_examples:
        assert not pattern.match(example), example


def test_a_word_for_a_whole_says_how_its_name_ends() -> None:
    for example in RULES.wholes.examples:
        assert example[example.index("⟨") + 1 : example.index("⟩")] in RULES.wholes.endings
    for example in RULES.wholes.counter_examples:
        assert not any(c in RULES.wholes.endings for c in example)


def test_what_is_made_is_told_by_the_end_of_a_caption() -> None:
    for example in RULES.made.examples:
        assert example[example.index("⟨") + 1 : example.index("⟩")] in RULES.made.endings
    for example in RULES.made.counter_examples:
        assert not example.endswith(tuple(RULES.made.endings))


def test_where_a_cell_rule_stands_decides_nothing() -> None:
    turned = CellKinds(RULES.model_copy(update={"cell": RULES.cell[::-1]}))
    for text in ("2023", "—", "0401", "13800000000", "3-5户", "2023年5月", "约120户", "盘龙区"):
        assert turned.kind(text) == CellKinds.of(RuleSet()).kind(text), text
