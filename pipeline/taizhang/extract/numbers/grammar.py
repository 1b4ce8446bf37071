"""Numbers: the turns of phrase of ``grammar.toml``, compiled and named by id."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taizhang.extract.firsts import firsts, lasts
from taizhang.extract.numbers.numeral import writing
from taizhang.extract.numbers.scanner import expand
from taizhang.extract.numbers.shapes import ArticleRules, GrammarRules, UnitRules
from taizhang.rules import RuleSet, once

# turns that join two numbers, and what must follow the second
JOINTS = (("range.joint", ""), ("range.between", "range.between-end"), ("range.above", "range.below"))
MINUS = ("minus.signed", "minus.any", "minus.balance")
_ANY = re.compile("")  # for turns that may begin or end with any character


def turn(name: str, rules: RuleSet) -> re.Pattern[str]:
    """The pattern whose id is ``name``.

    >>> turn("list.and", RuleSet()).search("甲村和乙村")[0]
    '和'
    """
    return _turns(rules)[name]


@once
def joints(rules: RuleSet) -> re.Pattern[str]:
    """The characters that what joins two numbers of a range can begin with."""
    return firsts(_any_of(("bound.inclusive", *[name for name, _ in JOINTS]), rules)) or _ANY


@once
def minus_ends(rules: RuleSet) -> re.Pattern[str]:
    """The characters that a written minus can end with."""
    return lasts(_any_of(MINUS, rules)) or _ANY


def _any_of(names: Sequence[str], rules: RuleSet) -> str:
    return "|".join(f"(?:{turn(name, rules).pattern})" for name in names)


def gap(rules: RuleSet) -> str:
    """One character of a clause that is no punctuation and no number, as a pattern."""
    return turn("gap", rules).pattern


@once
def _turns(rules: RuleSet) -> dict[str, re.Pattern[str]]:
    turns = rules.load("grammar.toml", GrammarRules).turn
    between = next(entry.pattern for entry in turns if entry.id == "gap")
    units = [form for entry in rules.load("units.toml", UnitRules).unit for form in entry.forms]
    units += [form for entry in rules.load("articles.toml", ArticleRules).bases for form in entry.forms]
    bases = "|".join(re.escape(form) for form in sorted(set(units), key=lambda form: (-len(form), form)))
    signs = writing(rules)
    return {
        entry.id: re.compile(expand(entry.pattern.replace("{units}", bases).replace("{gap}", between), signs))
        for entry in turns
    }
