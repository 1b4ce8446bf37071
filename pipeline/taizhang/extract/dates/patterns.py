"""Dates: the patterns of ``dates.toml``, compiled to one scan."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from taizhang.errors import RuleError
from taizhang.extract.dates.shapes import DateRule, DateRules
from taizhang.extract.numbers.numeral import writing
from taizhang.extract.openings import OpeningScan
from taizhang.rules import RuleSet, once


@dataclass(frozen=True, slots=True)
class DatePatterns:
    """All date patterns as one scan, those without lengths of time as another, and the meanings of words by list.

    ``month``: one in figures, as it closes a count; ``joint``: what stands between the two ends of a period."""

    scan: OpeningScan
    articles: OpeningScan
    patterns: tuple[tuple[DateRule, re.Pattern[str]], ...]
    reads: dict[str, str]
    words: dict[str, dict[str, str]]
    pieces: dict[str, str]
    month: re.Pattern[str]
    joint: re.Pattern[str]


_MACRO = re.compile(r"\{([a-z][a-z-]*)(?::(\d))?\}")
_GROUP = re.compile(r"\(\?P<(\w+)>")


@once
def date_rules(rules: RuleSet) -> DatePatterns:
    """The compiled date rules of a set, built once.

    Raises:
        RuleError: a pattern names an unknown part or word list, or is no regular expression.
    """
    return _compile(rules.load("dates.toml", DateRules), string.digits + writing(rules).han)


def _compile(file: DateRules, figures: str) -> DatePatterns:
    pieces = {w.id: alternation(w.meanings) for w in file.word} | {p.id: p.pattern for p in file.part}
    patterns = []
    for pattern in file.pattern:
        try:
            patterns.append((pattern, re.compile(expand(pattern.pattern, pieces, pattern.id))))
        except re.error as error:
            raise RuleError(
                f"dates.toml: rule {pattern.id} key pattern: expected a regular expression, got {error}"
            ) from error
    openings = _openings(file)
    words = {w.id: w.meanings for w in file.word}
    numbered = [(number, pattern) for number, (_, pattern) in enumerate(patterns)]
    articles = [(number, pattern) for number, pattern in numbered if not patterns[number][0].length]
    return DatePatterns(
        scan=OpeningScan(numbered, figures, openings),
        articles=OpeningScan(articles, figures, openings),
        patterns=tuple(patterns),
        reads={pattern.id: pattern.reads for pattern, _ in patterns},
        words=words,
        pieces=pieces,
        month=re.compile(pieces["month-in-figures"]),
        joint=re.compile(pieces["to"]),
    )


def _openings(file: DateRules) -> re.Pattern[str]:
    """A pattern for the first characters of any date: cheap to try, it spares the whole scan at most places.

    A date begins as an ``[[opening]]`` says or with a word; every pattern's examples must.
    """
    words = {form[:2] for words in file.word if words.opens for form in words.meanings}
    first = "".join([*(o.begins for o in file.opening), *sorted({word[0] for word in words})])
    either = "|".join([*(o.pattern for o in file.opening), *map(re.escape, sorted(words))])
    openings = re.compile(f"(?=[{first}])(?:{either})")
    for pattern in file.pattern:
        for begin in re.findall("⟨([^⟩]*)", "".join(pattern.examples)):
            if not openings.match(begin):
                raise RuleError(
                    f"dates.toml: rule {pattern.id} key examples: "
                    f"expected a beginning that an [[opening]] names, got {begin!r}"
                )
    return openings


def alternation(forms: dict[str, str]) -> str:
    """A group that matches any of the forms, the longest first."""
    return "(?:" + "|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f))) + ")"


def expand(pattern: str, pieces: dict[str, str], rule: str) -> str:
    """The pattern with every ``{name}`` replaced; in ``{name:2}`` the groups get a 2 after their names."""

    def piece(match: re.Match[str]) -> str:
        name, number = match.groups()
        if name not in pieces:
            raise RuleError(
                f"dates.toml: rule {rule} key pattern: expected a part or word list, got {{{name}}}"
            )
        text = expand(pieces[name], pieces, rule)
        text = _GROUP.sub(lambda m: f"(?P<{m[1]}{number}>", text) if number else text
        return f"(?:{text})"

    return _MACRO.sub(piece, pattern)
