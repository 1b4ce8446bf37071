"""Every date rule's own examples, and the forms of every word list."""

from __future__ import annotations

import re

import pytest

from taizhang.errors import RuleError
from taizhang.extract.dates.find import find_dates
from taizhang.extract.dates.patterns import date_rules, expand
from taizhang.extract.dates.shapes import DateRule, DateRules, DateWords
from taizhang.pipeline import shipped_pipeline

RULES = shipped_pipeline().rules
FILE = RULES.load("dates.toml", DateRules)
MARKED = re.compile("⟨(.*?)⟩")


def plain(example: str) -> str:
    return example.replace("⟨", "").replace("⟩", "")


@pytest.mark.parametrize("rule", FILE.pattern, ids=lambda r: r.id)
def test_pattern_finds_its_examples(rule: DateRule) -> None:
    for example in rule.examples:
        found = [
            d.quote
            for d in find_dates(plain(example), RULES, "2021-06-15", lengths=rule.length)
            if d.rule == rule.id
        ]
        assert found == MARKED.findall(example), example


@pytest.mark.parametrize("rule", FILE.pattern, ids=lambda r: r.id)
def test_pattern_leaves_its_counter_examples(rule: DateRule) -> None:
    for example in rule.counter_examples:
        assert [d.quote for d in find_dates(example, RULES, "2021-06-15") if d.rule == rule.id] == [], example


@pytest.mark.parametrize("rule", [*FILE.word, *FILE.part], ids=lambda r: r.id)
def test_piece_matches_its_examples(rule: DateWords) -> None:
    piece = re.compile(expand("{" + rule.id + "}", date_rules(RULES).pieces, rule.id))
    for example in rule.examples:
        marked = MARKED.search(example)
        assert marked is not None
        assert piece.match(plain(example), marked.start()), example
        assert piece.match(plain(example), marked.start())[0].startswith(marked[1]), example  # type: ignore[index]
    for example in rule.counter_examples:
        found = piece.search(example)
        assert not (found and found[0]), example


def test_an_unknown_part_is_named() -> None:
    with pytest.raises(RuleError, match=r"rule x\.y key pattern.*\{nosuch\}"):
        expand("{nosuch}年", {}, "x.y")


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in [*FILE.word, *FILE.part, *FILE.pattern]]
    assert len(ids) == len(set(ids))
