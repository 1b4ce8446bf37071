"""Every rule of the clean room against its own examples and counter-examples."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from taizhang.align import Edit
from taizhang.clean.boilerplate import boilerplate, compiled
from taizhang.clean.damage import damage
from taizhang.clean.entities import entities
from taizhang.clean.lost import lost
from taizhang.clean.mojibake import mojibake
from taizhang.clean.number_spacing import number_spacing
from taizhang.clean.radicals import radicals
from taizhang.clean.readings import readings
from taizhang.clean.rules import CleaningRules, known
from taizhang.clean.script import script
from taizhang.clean.shapes import Boilerplate, Cleaning
from taizhang.clean.width import width
from taizhang.clean.wrapped import wrapped
from taizhang.clean.zero import zero
from taizhang.pipeline import shipped_pipeline
from taizhang.rules import Rule

RULES = shipped_pipeline().rules
KNOWN = known(RULES)
CLEANING = RULES.load("cleaning.toml", Cleaning)
BOILERPLATE = RULES.load("boilerplate.toml", Boilerplate)
Function = Callable[[str, CleaningRules], list[Edit]]
CODED: list[tuple[Rule, Function]] = [
    (CLEANING.width, width),
    (CLEANING.radicals, radicals),
    (CLEANING.mojibake, mojibake),
    (CLEANING.entities, entities),
    (CLEANING.readings, readings),
    (CLEANING.damage, damage),
    (CLEANING.script, script),
    (CLEANING.zero, zero),
    (CLEANING.han_spaces, number_spacing),
    (CLEANING.wrapped, wrapped),
    (CLEANING.lost, lost),
    (CLEANING.lists, lambda text, book: book.replacements["clean.unit-spaces"].edits(text)),
]
PATTERNS: list[tuple[Rule, Function]] = [
    (rule, lambda text, book, name=rule.id: book.replacements[name].edits(text)) for rule in CLEANING.pattern
]


def unmarked(example: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its marks, and the spans that they enclosed."""
    text, spans = "", []
    for part in re.split("(⟨[^⟩]*⟩)", example):
        words = part.strip("⟨⟩")
        if part != words:
            spans.append((len(text), len(text) + len(words)))
        text += words
    return text, spans


@pytest.mark.parametrize(("rule", "fix"), CODED + PATTERNS, ids=lambda value: getattr(value, "id", ""))
def test_a_fix_changes_what_its_examples_mark_and_nothing_else(rule: Rule, fix: Function) -> None:
    for example in rule.examples:
        text, spans = unmarked(example)
        assert spans
        assert [(edit.start, edit.end) for edit in fix(text, KNOWN)] == spans, example
    for example in rule.counter_examples:
        assert fix(example, KNOWN) == [], example


@pytest.mark.parametrize("pattern", CLEANING.pattern, ids=lambda rule: rule.id)
def test_the_triggers_do_not_hide_a_match(pattern: Rule) -> None:
    triggers = KNOWN.replacements[pattern.id].triggers
    assert all(triggers & set(unmarked(example)[0]) for example in pattern.examples)


@pytest.mark.parametrize("mark", BOILERPLATE.mark, ids=lambda rule: rule.id)
def test_a_mark_finds_what_its_examples_mark(mark: Rule) -> None:
    for example in mark.examples:
        text, spans = unmarked(example)
        found = [(f.start, f.end) for f in boilerplate(text, RULES) if f.rule == mark.id]
        assert found == spans, example
    for example in mark.counter_examples:
        assert mark.id not in {f.rule for f in boilerplate(example, RULES)}, example


def test_the_date_of_a_page() -> None:
    date = compiled(RULES).date
    assert all(re.fullmatch(date.pattern, unmarked(example)[0]) for example in date.examples)
    assert not any(re.search(date.pattern, example) for example in date.counter_examples)


@pytest.mark.fault(
    "Time",
    "very many damaged runs",
    made="more runs that a reading pushed out of step than are read back in one article",
    guard="rules/cleaning.toml: damage.most",
)
def test_of_very_many_damaged_runs_only_the_first_are_read_back(happened: Callable[[str], None]) -> None:
    most = CLEANING.damage.most
    edits = damage("學(xué)習(xí)時(shí)我們?cè)谵r(nóng)村。" * (most + 5), KNOWN)
    assert [edit.uncertain for edit in edits] == [False] * most + [True] * 5, "the others are noted, not lost"
    happened("the first are put right; the others stay as they are, noted as damaged")
