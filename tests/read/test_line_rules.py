"""The patterns of ``reading.toml`` for the lines of papers and the names of sheets, against their examples."""

from __future__ import annotations

import re

import pytest

from taizhang.read.shapes import reading
from taizhang.rules import Rule, RuleSet

READING = reading(RuleSet())
PATTERNS = [
    (READING.paper, f"{READING.paper.page_number}|(?:{READING.paper.starts}).*"),
    (READING.sheet, READING.sheet.unnamed),
]


@pytest.mark.parametrize(("rule", "pattern"), PATTERNS, ids=[rule.id for rule, _ in PATTERNS])
def test_a_line_is_known_by_its_examples(rule: Rule, pattern: str) -> None:
    for example in rule.examples:
        assert re.fullmatch(pattern, example.replace("⟨", "").replace("⟩", "")), example
    for example in rule.counter_examples:
        assert not re.fullmatch(pattern, example), example
