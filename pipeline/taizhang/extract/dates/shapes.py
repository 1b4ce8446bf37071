"""Dates: the shape of ``dates.toml``."""

from __future__ import annotations

from typing import Literal

from taizhang.rules import Rule, RuleFile

DateReading = Literal[
    "calendar",
    "part-of-year",
    "first-months",
    "full-year",
    "dynastic-year",
    "school-year",
    "this-month",
    "this-quarter",
    "quarters",
    "weekday-of-month",
    "ago",
    "ahead",
    "lunar",
    "week",
    "feast",
    "holidays",
    "travel-rush",
    "plan",
    "event",
    "decade",
    "this-year",
    "years-ago",
    "years-back",
    "years-ahead",
    "days-ahead",
    "days-back",
    "days-to-come",
    "now",
    "nothing",
]


class DateWords(Rule):
    """Forms by what they mean to the reading that looks them up; ``opens``: whether a date may begin with one."""

    forms: dict[str, list[str]]
    opens: bool = True

    @property
    def meanings(self) -> dict[str, str]:
        """The meaning of each form."""
        return {form: meaning for meaning, forms in self.forms.items() for form in forms}


class DateRulePart(Rule):
    """A piece of a pattern."""

    pattern: str


class DateRule(Rule):
    """What is a date, and how its value is worked out from the groups that matched.

    ``length``: a length of time that is told from the article's day (30天后). In an article it is a quantity, too, and
    is left to the numbers. ``follows``: only one character after another date (9月10号，11号)."""

    pattern: str
    reads: DateReading
    length: bool = False
    follows: bool = False


class Opening(Rule):
    """With what a date may begin: a pattern for its first characters, and ``begins``, a class of the very first."""

    pattern: str
    begins: str


class DateRules(RuleFile):
    """The shape of ``dates.toml``."""

    word: list[DateWords]
    part: list[DateRulePart]
    opening: list[Opening]
    pattern: list[DateRule]
