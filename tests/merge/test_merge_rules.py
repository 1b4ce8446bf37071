"""The own examples of the rules for merging: two articles with ‖ between them, the number marked in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from taizhang.merge.numbers import UnitClasses
from taizhang.merge.shapes import MERGE, ConflictRule, Dropped, LinkRule, MergeRules, UnitClass
from taizhang.pipeline import shipped_pipeline

if TYPE_CHECKING:
    from tests.merge.conftest import Merged, Merging

RULES = shipped_pipeline().rules.load(MERGE, MergeRules)


def _cases(rules: tuple[LinkRule, ...] | tuple[ConflictRule, ...], kind: str) -> list[object]:
    return [
        pytest.param(rule, text, id=f"{rule.id} {text}") for rule in rules for text in getattr(rule, kind)
    ]


def _merged(merging: Merging, rule: LinkRule | ConflictRule, example: str) -> tuple[Merged, int, int]:
    """The two articles merged, and the numbers of the two records that are marked."""
    one, two = example.split("‖")
    texts = [text.replace("⟨", "").replace("⟩", "") for text in (one, two)]
    ids = ["d", "d"] if rule.by == "record" else ["d0", "d1"]
    merged = merging.texts(*texts, ids=ids)
    split = sum(1 for record in merged.records if record["document"]["id"] == "d0")
    split = len(merged.records) // 2 if rule.by == "record" else split
    found = []
    for text, records in ((one, merged.records[:split]), (two, merged.records[split:])):
        start = text.index("⟨")
        (number,) = [n for n, r in enumerate(records) if r["span"]["start"] == start]
        assert records[number]["quote"] == text[start + 1 : text.index("⟩")]
        found.append(number)
    return merged, found[0], split + found[1]


@pytest.mark.parametrize(("rule", "example"), _cases(RULES.link, "examples"))
def test_what_a_rule_links_is_one_fact(merging: Merging, rule: LinkRule, example: str) -> None:
    merged, a, b = _merged(merging, rule, example)
    assert merged.fact(a) == merged.fact(b)
    assert merged.rule(b) == rule.id


@pytest.mark.parametrize(("rule", "example"), _cases(RULES.link, "counter_examples"))
def test_what_a_rule_does_not_link_is_two_facts(merging: Merging, rule: LinkRule, example: str) -> None:
    merged, a, b = _merged(merging, rule, example)
    assert merged.fact(a) != merged.fact(b)


@pytest.mark.parametrize(("rule", "example"), _cases(RULES.conflict, "examples"))
def test_what_contradicts_is_marked_in_both_facts(merging: Merging, rule: ConflictRule, example: str) -> None:
    merged, a, b = _merged(merging, rule, example)
    one, two = merged.fact(a), merged.fact(b)
    assert [(c["fact"], c["rule"]) for c in one["conflicts"]] == [(two["id"], rule.id)]
    assert [(c["fact"], c["rule"]) for c in two["conflicts"]] == [(one["id"], rule.id)]


@pytest.mark.parametrize(("rule", "example"), _cases(RULES.conflict, "counter_examples"))
def test_what_only_differs_is_no_contradiction(merging: Merging, rule: ConflictRule, example: str) -> None:
    merged, a, b = _merged(merging, rule, example)
    assert not merged.fact(a)["conflicts"]
    assert not merged.fact(b)["conflicts"]


@pytest.mark.parametrize("entry", RULES.unit, ids=lambda entry: entry.id)
def test_units_of_a_class_have_one_base(entry: UnitClass) -> None:
    kind = entry.kind or "count"
    for form in entry.forms:
        assert UnitClasses(RULES.unit).of(form, kind) == (entry.base, entry.factor)
    for text in entry.examples:
        marked = text[text.index("⟨") + 1 : text.index("⟩")]
        assert marked.endswith(tuple(form for form in entry.forms if form)) or (entry.kind == "money")
    for text in entry.counter_examples:
        unit = text.lstrip("0123456789.万")
        assert UnitClasses(RULES.unit).of(unit, kind) != (entry.base, entry.factor)


@pytest.mark.parametrize("entry", RULES.drop, ids=lambda entry: entry.id)
def test_dropped_words_are_in_their_examples_and_not_in_the_others(entry: Dropped) -> None:
    for text in entry.examples:
        assert text[text.index("⟨") + 1 : text.index("⟩")] in entry.forms
    for text in entry.counter_examples:
        assert not any(form in text for form in entry.forms)


def test_a_form_of_a_unit_stands_in_one_class() -> None:
    keys = [(form, entry.kind) for entry in RULES.unit for form in entry.forms]
    assert len(keys) == len(set(keys))
