"""Dates: the patterns of ``dates.toml``, compiled to one scan."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from taizhang.errors import RuleError
from taizhang.extract.dates.holidays import HOLIDAY, TABLE, days_off
from taizhang.extract.dates.shapes import DateRule, DateRules
from taizhang.extract.expression import Expression
from taizhang.extract.numbers.numeral import writing
from taizhang.extract.openings import Opening, OpeningScan, openings
from taizhang.rules import RuleSet, once


@dataclass(frozen=True, slots=True)
class DatePatterns:
    """All date patterns as one scan, those without lengths of time as another, and the meanings of words by list.

    ``month``: one in figures, as it closes a count; ``joint``: what stands between the two ends of a period."""

    scan: OpeningScan
    articles: OpeningScan
    patterns: tuple[DateRule, ...]
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
    compiled = _compile(rules.load("dates.toml", DateRules), string.digits + writing(rules).han)
    compiled.words[HOLIDAY] = days_off(rules.table(TABLE), compiled.words)
    return compiled


def _compile(file: DateRules, figures: str) -> DatePatterns:
    pieces = {w.id: alternation(w.meanings) for w in file.word} | {p.id: p.pattern for p in file.part}
    known, screen = _read(file, pieces, figures), _screen(file)
    articles = [opening for opening in known if not file.pattern[opening.number].length]
    return DatePatterns(
        scan=OpeningScan(known, figures, screen),
        articles=OpeningScan(articles, figures, screen),
        patterns=tuple(file.pattern),
        reads={pattern.id: pattern.reads for pattern in file.pattern},
        words={w.id: w.meanings for w in file.word},
        pieces=pieces,
        month=re.compile(pieces["month-in-figures"]),
        joint=re.compile(pieces["to"]),
    )


def _read(file: DateRules, pieces: dict[str, str], figures: str) -> list[Opening]:
    written = [expand(pattern.pattern, pieces, pattern.id) for pattern in file.pattern]
    try:
        return openings([(number, Expression(source)) for number, source in enumerate(written)], figures)
    except re.error as error:
        rule = file.pattern[written.index(str(error.pattern))].id
        raise RuleError(
            f"dates.toml: rule {rule} key pattern: expected a regular expression, got {error}"
        ) from error


def _screen(file: DateRules) -> re.Pattern[str]:
    """A pattern for the first characters of any date: cheap to try, it spares the whole scan at most places.

    A date begins as an ``[[opening]]`` says or with a word; every pattern's examples must.
    """
    words = {form[:2] for words in file.word if words.opens for form in words.meanings}
    first = "".join([*(o.begins for o in file.opening), *sorted({word[0] for word in words})])
    either = "|".join([*(o.pattern for o in file.opening), *map(re.escape, sorted(words))])
    screen = re.compile(f"(?=[{first}])(?:{either})")
    for pattern in file.pattern:
        for begin in re.findall("⟨([^⟩]*)", "".join(pattern.examples)):
            if not screen.match(begin):
                raise RuleError(
                    f"dates.toml: rule {pattern.id} key examples: "
                    f"expected a beginning that an [[opening]] names, got {begin!r}"
                )
    return screen


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
