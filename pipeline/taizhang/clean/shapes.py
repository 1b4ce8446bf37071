"""Clean: the shapes of ``cleaning.toml`` and ``boilerplate.toml``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from taizhang.rules import Rule, RuleFile


class Lists(Rule):
    """Characters and words that the patterns name."""

    han: str
    open: str
    close: str
    unit: tuple[str, ...]
    figure: str
    scale: str


class ReplacementRule(Rule):
    """What is replaced by what. ``within``: only inside matches of that pattern. ``triggers``: a set of
    characters (or a bracketed class) of which a text must have one."""

    pattern: str
    new: str = ""
    triggers: str = Field(min_length=1)
    within: str = ""


class Width(Rule):
    """Full-width forms that fold only in a number."""

    between_digits: str
    group: str
    percent: str


class Radicals(Rule):
    """Code point ranges, as in a character class."""

    ranges: str


class Readings(Rule):
    """``signature``: readings in brackets that make a page one of a mirror site."""

    signature: int = Field(gt=0)


class Damage(Rule):
    """``margin`` in natural logarithm; ``longest`` and ``context`` in characters; ``most`` in runs; ``name_count``:
    how often an office or a division counts as seen in the dictionary's text of sixty million words."""

    margin: float
    longest: int
    most: int
    context: int
    name_count: int
    number: str
    offices: tuple[str, ...]
    punctuation: dict[str, float]


class Script(Rule):
    """``share`` of traditional among the distinct characters that tell the scripts apart."""

    share: float = Field(gt=0, le=1)


class Zero(Rule):
    """What may stand for 〇, and among which numerals; ``zeros``: the signs of nought, the one that is put in first."""

    numerals: str
    zeros: str
    sure: str
    likely: str


class HanSpaces(Rule):
    """``minimum`` number of spaces between Chinese and digits."""

    minimum: int


class Wrapped(Rule):
    """What makes a text hard-wrapped: at least ``lines`` lines that another follows without an indent, of which
    ``share`` come up to one width, while of all lines at most the share ``over`` goes over it. Widths in columns.
    ``indents``: how many indented lines make it a habit."""

    lines: int
    share: float
    over: float
    narrowest: int
    slack: int
    indent: str
    indents: int
    ends: str
    closing: str
    starts: str


class Lost(Rule):
    """``marks``: the characters that ``pattern`` needs one of."""

    pattern: str
    marks: str


class Cleaning(RuleFile):
    """All of ``cleaning.toml``."""

    lists: Lists
    pattern: tuple[ReplacementRule, ...]
    width: Width
    radicals: Radicals
    mojibake: Rule
    entities: Rule
    readings: Readings
    damage: Damage
    script: Script
    zero: Zero
    han_spaces: HanSpaces
    wrapped: Wrapped
    lost: Lost


Where = Literal["line", "head", "tail", "edge", "opening", "inline"]


class StampPattern(Rule):
    """What ``{date}`` and ``{time}`` stand for; ``edge_lines``: how many lines are a head or a tail;
    ``longest_line``: in characters, from which a line is prose; ``unnamed``: sources that are no names."""

    pattern: str
    time: str
    edge_lines: int
    longest_line: int
    unnamed: frozenset[str]


class BoilerplateRule(Rule):
    """One kind of boilerplate. Groups named ``date`` and ``source`` fill the document.
    ``needs``: strings of which a text must have one for the pattern to match.
    ``prose``: it says something of the document but is part of the article."""

    where: Where
    needs: tuple[str, ...] = Field(min_length=1)
    pattern: str
    prose: bool = False


class Boilerplate(RuleFile):
    """All of ``boilerplate.toml``."""

    date: StampPattern
    mark: tuple[BoilerplateRule, ...]
