"""Segment: the shapes of ``lexicon.toml`` and ``segment.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from taizhang.rules import Rule, RuleFile, RuleModel
from taizhang.segment.layout import About


class TaggedWords(Rule):
    """A group of words with one part of speech."""

    tag: str
    forms: tuple[str, ...]

    @classmethod
    def rivals(cls, mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """A word has one tag."""
        return True


class LexiconFile(RuleFile):
    """``rules/lexicon.toml``."""

    word: tuple[TaggedWords, ...]


class LevelRule(Rule):
    """How the headings of one level are numbered, and how long a paragraph that is one may be, in characters."""

    level: int = Field(ge=0)
    longest: int = Field(gt=0)
    pattern: str


class AboutRule(Rule):
    """Words by which a heading announces a part of a rectification."""

    about: About
    forms: tuple[str, ...]


class BoundaryMarks(RuleModel):
    """The punctuation that cuts, and the pairs in which nothing is cut."""

    sentence: str
    clause: str
    group: str
    typed: str
    list: str
    blank: str
    opening: str
    closing: str
    quotes: tuple[str, ...]
    brackets: tuple[str, ...]


class HeadingRule(RuleModel):
    """What makes a line a heading."""

    longest: int
    open_end: str
    sentence_end: str


class Numeral(RuleModel):
    """Characters of which a number is made."""

    characters: str


class SegmentRules(RuleFile):
    """``rules/segment.toml``."""

    level: tuple[LevelRule, ...]
    about: tuple[AboutRule, ...]
    marks: BoundaryMarks
    heading: HeadingRule
    numeral: Numeral
