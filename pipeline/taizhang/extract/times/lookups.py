"""Times: the rules of which date governs a quantity, ready to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.extract.times.shapes import (
    Narrow,
    ReachRule,
    TimeRules,
    WordsRule,
)
from taizhang.rules import RuleSet, once


@dataclass(frozen=True, slots=True)
class TimeLookups:
    """The time rules as look-ups: reaches by date rule, and one expression for each kind of word."""

    reach: dict[str, ReachRule]
    narrow: tuple[tuple[Narrow, re.Pattern[str], re.Pattern[str]], ...]
    title_marks: tuple[str, ...]
    close: re.Pattern[str]
    narrated: re.Pattern[str]
    narrated_of: dict[str, str]
    resume: re.Pattern[str]
    leave: re.Pattern[str]
    lead: re.Pattern[str]
    trailing: re.Pattern[str]
    statement_ends: tuple[str, ...]
    statement_end: re.Pattern[str]
    spoken: re.Pattern[str]
    titles: re.Pattern[str]
    indicators: re.Pattern[str]
    timeless: frozenset[str]
    comparisons: frozenset[str]
    now: frozenset[str]
    cues: re.Pattern[str]
    cue_of: dict[str, str]
    tenses: frozenset[str]
    openings: re.Pattern[str]
    opening_of: dict[str, str]
    phrases: dict[str, re.Pattern[str]]
    genres: re.Pattern[str]
    genre_of: dict[str, str]

    def genre(self, title: str) -> str:
        """What a text is, by the last word of its title that says so."""
        found = self.genres.findall(title)
        return self.genre_of[found[-1]] if found else "news"


@once
def time_rules(rules: RuleSet) -> TimeLookups:
    """The compiled time rules of a set, built once."""
    return _compile(rules.load("times.toml", TimeRules))


def _compile(file: TimeRules) -> TimeLookups:
    return TimeLookups(
        reach={date: rule for rule in file.reach for date in rule.dates},
        narrow=tuple((n, re.compile(f"{_any(n.before)}$"), _after(n)) for n in file.narrow),
        title_marks=tuple(mark for rule in file.title for mark in rule.marks),
        close=_words(file.close),
        narrated=_words(file.narrated),
        narrated_of={word: rule.id for rule in file.narrated for word in rule.words},
        resume=_words(file.resume),
        leave=_words(file.leave),
        lead=re.compile(f"(?:{_words(file.lead).pattern})*+"),
        trailing=re.compile(f"{_words(file.trailing).pattern}$"),
        statement_ends=tuple(mark for rule in file.statement for mark in rule.marks),
        statement_end=re.compile(_any(mark for rule in file.statement for mark in rule.marks)),
        spoken=re.compile("|".join(rule.pattern for rule in file.speech)),
        titles=re.compile(_any(t for rule in file.report for t in rule.titles)),
        indicators=re.compile(_any(t for rule in file.report for t in rule.indicators)),
        timeless=frozenset(d for rule in file.reach if rule.reach == "nothing" for d in rule.dates),
        comparisons=frozenset(n.id for n in file.narrow if n.compares),
        now=frozenset(d for rule in file.reach if rule.now for d in rule.dates),
        cues=re.compile(_any(word for rule in file.cue for word in rule.words)),
        tenses=frozenset(rule.id for rule in file.cue if rule.tense),
        cue_of={word: rule.id for rule in file.cue for word in rule.words},
        openings=_words(file.opening),
        opening_of={word: rule.id for rule in file.opening for word in rule.words},
        genres=_words(file.genre),
        genre_of={word: rule.id for rule in file.genre for word in rule.words},
        phrases={rule.id: re.compile(rule.pattern) for rule in file.phrase},
    )


def _after(narrow: Narrow) -> re.Pattern[str]:
    """What may follow a date; other words of the clause may come between."""
    return re.compile(f"[^，。；：、,;\n]{{0,{narrow.between}}}?{_any(narrow.after)}")


def _words(rules: list[WordsRule]) -> re.Pattern[str]:
    return re.compile(_any(word for rule in rules for word in rule.words))


def _any(words: Iterable[str]) -> str:
    """A group that matches any of the words, the longest first; no words match everywhere."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"
