"""Read: the shape of ``reading.toml``, what the program knows about how others name an article's parts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from taizhang.rules import Rule, RuleFile, RuleSet

Sense = Literal["text", "title", "published", "url", "source", "id"]


class FieldNames(Rule):
    """The JSON keys under which one part of an article may be found, best first."""

    sense: Sense
    keys: tuple[str, ...] = Field(min_length=1)


class TitleLine(Rule):
    """When the first line of a plain text is its title. ``max_length`` is in Chinese characters."""

    max_length: int = Field(gt=0)
    full_stop: str
    sentence_ends: str
    closing: str
    continues: str


class Markup(Rule):
    """HTML elements that begin a line, and those whose content is no text."""

    block: frozenset[str]
    silent: frozenset[str]


class Reading(RuleFile):
    """All of ``reading.toml``."""

    field: tuple[FieldNames, ...]
    title: TitleLine
    markup: Markup


def reading(rules: RuleSet) -> Reading:
    """The reading rules in force."""
    return rules.load("reading.toml", Reading)


def plain_key(key: str) -> str:
    """A JSON key as keys are compared.

    >>> plain_key("Publish-Time") == plain_key("publish_time")
    True
    """
    return "".join(c for c in key.casefold() if c not in " _-")
