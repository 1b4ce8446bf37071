"""Extract: the rules of which date governs a quantity, as read from ``times.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from taizhang.rules import Rule, RuleFile, RuleSet

Reach = Literal["nothing", "clause", "sentence", "paragraph"]


class ReachRule(Rule):
    """How far the dates of some patterns hold."""

    reach: Reach
    dates: tuple[str, ...]


class Narrow(Rule):
    """Words right before or right after a date that keep it from holding further than ``reach``."""

    reach: Reach
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class WordsRule(Rule):
    """A list of words with one effect."""

    words: tuple[str, ...]


class Report(Rule):
    """Titles of yearly reports, and the words of indicators that are counted by the year."""

    titles: tuple[str, ...]
    indicators: tuple[str, ...]


class TimeRules(RuleFile):
    """The shape of ``times.toml``."""

    reach: list[ReachRule]
    narrow: list[Narrow]
    close: list[WordsRule]
    narrated: list[WordsRule]
    leave: list[WordsRule]
    lead: list[WordsRule]
    trailing: list[WordsRule]
    report: list[Report]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The time rules as look-ups: reaches by date rule, and one expression for each kind of word."""

    reach: dict[str, tuple[Reach, str]]
    narrow: tuple[tuple[Narrow, re.Pattern[str] | None, re.Pattern[str] | None], ...]
    close: re.Pattern[str]
    narrated: re.Pattern[str]
    leave: re.Pattern[str]
    lead: re.Pattern[str]
    trailing: re.Pattern[str]
    titles: re.Pattern[str]
    indicators: re.Pattern[str]


def time_rules(rules: RuleSet) -> Compiled:
    """The compiled time rules of a set, built once."""
    if "times" not in rules.compiled:
        rules.compiled["times"] = _compile(rules.load("times.toml", TimeRules))
    compiled = rules.compiled["times"]
    assert isinstance(compiled, Compiled)
    return compiled


def _compile(file: TimeRules) -> Compiled:
    return Compiled(
        reach={date: (rule.reach, rule.id) for rule in file.reach for date in rule.dates},
        narrow=tuple((n, _any(n.before, "", "$"), _any(n.after, "", "")) for n in file.narrow),
        close=_words(file.close),
        narrated=_words(file.narrated),
        leave=_words(file.leave),
        lead=re.compile(f"(?:{_words(file.lead).pattern}|[，,：:])*$"),
        trailing=re.compile(f"{_words(file.trailing).pattern}$"),
        titles=re.compile("|".join(re.escape(t) for r in file.report for t in r.titles)),
        indicators=re.compile("|".join(re.escape(t) for r in file.report for t in r.indicators)),
    )


def _words(rules: list[WordsRule]) -> re.Pattern[str]:
    found = _any(tuple(w for rule in rules for w in rule.words), "", "")
    assert found is not None  # the shape asks for words
    return found


def _any(words: tuple[str, ...], head: str, tail: str) -> re.Pattern[str] | None:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(f"{head}(?:{'|'.join(map(re.escape, ordered))}){tail}") if words else None
