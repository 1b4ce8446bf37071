"""Times: the shape of ``times.toml``."""

from __future__ import annotations

from typing import Literal

from taizhang.rules import Rule, RuleFile

Reach = Literal["nothing", "clause", "statement", "sentence", "paragraph"]


REACHES: tuple[Reach, ...] = (
    "nothing",
    "clause",
    "statement",
    "sentence",
    "paragraph",
)  # the narrowest first


class ReachRule(Rule):
    """How far the dates of some patterns hold; ``closing`` when they say up to when a count was taken.

    ``now`` when they name the time of writing.
    """

    reach: Reach
    closing: bool = False
    now: bool = False
    dates: tuple[str, ...]


class Narrow(Rule):
    """Words right before and right after a date that keep it from holding further than ``reach``.

    With both lists given, both must be there; ``between`` characters of the clause may stand before ``after``.
    ``unless`` are dates that are not so narrowed. ``compares`` when they say what a figure is compared with.
    """

    reach: Reach
    closing: bool = False
    compares: bool = False
    before: tuple[str, ...] = ()
    between: int = 0
    after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Cue(Rule):
    """Words of a quantity's clause that tell of its time; ``tense`` where they set it before or after now."""

    words: tuple[str, ...]
    tense: bool = False


class WordsRule(Rule):
    """A list of words with one effect."""

    words: tuple[str, ...]


class TimeMarks(Rule):
    """Punctuation with one effect."""

    marks: tuple[str, ...]


class YearlyReports(Rule):
    """Titles of yearly reports, and the words of indicators that are counted by the year."""

    titles: tuple[str, ...]
    indicators: tuple[str, ...]


class Phrase(Rule):
    """A turn of phrase that joins dates or says what they are of, as an expression."""

    pattern: str


class TimeRules(RuleFile):
    """The shape of ``times.toml``."""

    reach: list[ReachRule]
    narrow: list[Narrow]
    title: list[TimeMarks]
    close: list[WordsRule]
    narrated: list[WordsRule]
    resume: list[WordsRule]
    leave: list[WordsRule]
    lead: list[WordsRule]
    trailing: list[WordsRule]
    statement: list[TimeMarks]
    report: list[YearlyReports]
    cue: list[Cue]
    genre: list[WordsRule]
    opening: list[WordsRule]
    phrase: list[Phrase]
    speech: list[Phrase]
