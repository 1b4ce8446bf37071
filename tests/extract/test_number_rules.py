"""The number rules' own examples: what ⟨ ⟩ marks is taken by that rule, and a counter-example is not."""

from __future__ import annotations

import pytest

from taizhang import numeral, quantities
from taizhang.errors import NumeralError
from taizhang.extract.numbers import find_numbers
from taizhang.extract.numbers.grammar import turn
from taizhang.extract.numbers.shapes import (
    ArticleRules,
    BoundRules,
    ExclusionRules,
    FormList,
    GrammarRules,
    NumeralRules,
    UnitRules,
    WordRules,
)
from taizhang.pipeline import shipped_pipeline
from taizhang.rules import Rule

RULES = shipped_pipeline().rules
NUMERALS = RULES.load("numerals.toml", NumeralRules)
UNITS = RULES.load("units.toml", UnitRules)
BOUNDS = RULES.load("bounds.toml", BoundRules)
EXCLUSIONS = RULES.load("exclusions.toml", ExclusionRules)
NAMES = RULES.load("names.toml", WordRules)
IDIOMS = RULES.load("idioms.toml", WordRules)
ARTICLES = RULES.load("articles.toml", ArticleRules)

TENTHS = [rule for rule in NUMERALS.form if rule.reading == "tenths"]
TURNS = RULES.load("grammar.toml", GrammarRules).turn

QUANTITY_RULES = [(rule, "value") for rule in NUMERALS.form if rule.reading != "tenths"]
QUANTITY_RULES += [(rule, "unit") for rule in UNITS.unit]
QUANTITY_RULES += [(rule, "bound") for rule in BOUNDS.bound]
QUANTITY_RULES += [(rule, "kind") for rule in ARTICLES.named]
QUANTITY_RULES += [(rule, "value") for rule in UNITS.division]
EXCLUDING: list[Rule] = [*EXCLUSIONS.mark, *EXCLUSIONS.exclusion, *NAMES.words, *NAMES.patterns]
EXCLUDING += [*IDIOMS.words, *IDIOMS.patterns]
LISTS = [*NUMERALS.beside, *UNITS.other, *NAMES.speech]
LISTS += [entry for name in ArticleRules.model_fields if name != "named" for entry in getattr(ARTICLES, name)]


def name(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)


def unmarked(example: str) -> str:
    return example.replace("⟨", "").replace("⟩", "")


def inside(example: str) -> str:
    return example[example.index("⟨") + 1 : example.index("⟩")]


@pytest.mark.parametrize("entry", TURNS, ids=name)
def test_turns(entry: Rule) -> None:
    pattern = turn(entry.id, RULES)
    for example in entry.examples:
        start, end = example.index("⟨"), example.index("⟩") - 1
        spans = [m.span() for m in pattern.finditer(unmarked(example))]
        assert [span for span in spans if span[0] < end and span[1] > start], example
    for example in entry.counter_examples:
        assert pattern.search(example) is None, example


@pytest.mark.parametrize("rule", [*NUMERALS.symbol, *TENTHS], ids=name)
def test_symbols(rule: Rule) -> None:
    for example in rule.examples:
        numeral(inside(example))
    for example in rule.counter_examples:
        with pytest.raises(NumeralError):
            numeral(example)


@pytest.mark.parametrize(("rule", "field"), QUANTITY_RULES, ids=name)
def test_rules_that_read_quantities(rule: Rule, field: str) -> None:
    for example in rule.examples:
        start, end = example.index("⟨"), example.index("⟩") - 1
        found = [q for q in quantities(unmarked(example)) if q.rules[field] == rule.id]
        assert [(q.start, q.end) for q in found if q.start < end and q.end > start], example
    for example in rule.counter_examples:
        assert rule.id not in [q.rules[field] for q in quantities(example)], example


@pytest.mark.parametrize("rule", EXCLUDING, ids=name)
def test_rules_that_exclude(rule: Rule) -> None:
    for example in rule.examples:
        start, end = example.index("⟨"), example.index("⟩") - 1
        _, excluded = find_numbers(unmarked(example), RULES)
        assert [e for e in excluded if e.rule == rule.id and e.start < end and e.end > start], (
            example,
            excluded,
        )
    for example in rule.counter_examples:
        assert rule.id not in [e.rule for e in find_numbers(example, RULES)[1]], example


@pytest.mark.parametrize("rule", LISTS, ids=name)
def test_lists(rule: FormList) -> None:
    for example in rule.examples:
        assert any(form in inside(example) for form in rule.forms) or "quote" in rule.id, example
    for example in rule.counter_examples:
        assert not any(form in example for form in rule.forms), example
