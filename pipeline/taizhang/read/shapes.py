"""Read: the shape of ``reading.toml``, what the program knows about how others name an article's parts."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field

from taizhang.rules import Rule, RuleFile, RuleSet

Sense = Literal["text", "title", "published", "url", "source", "id", "region"]


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


class Head(Rule):
    """What a page's head says of the article: the names of ``meta`` elements by sense, in lower case, and
    where in a title the site's own name begins."""

    meta: dict[Sense, tuple[str, ...]]
    site_name: str


class MainText(Rule):
    """What tells main text from the rest of a page.

    ``prose_marks``: a line that has one is prose; ``share`` of the prose that the article's element holds;
    ``linked``: share of a line's characters in links from which it is navigation; ``lines_to_title``: how
    many lines may stand between title and text.
    """

    prose_marks: str
    share: float = Field(gt=0.5, le=1)
    linked: float = Field(gt=0, lt=1)
    lines_to_title: int


class Separators(Rule):
    """What parts the columns of a table in text; ``longest_name``: of a column, in characters."""

    delimiters: tuple[str, ...]
    longest_name: int = Field(gt=0)


class PaperLines(Rule):
    """What tells of a line of a PDF that it only numbers the page, and of one that it begins something."""

    page_number: str
    starts: str


class Sheets(Rule):
    """The names of sheets that are as good as none."""

    unnamed: str


class Remarks(Rule):
    """Heads of columns of plain text that hold no figures and may be empty."""

    words: frozenset[str]


class Reading(RuleFile):
    """All of ``reading.toml``."""

    field: tuple[FieldNames, ...]
    title: TitleLine
    markup: Markup
    head: Head
    main: MainText
    columns: Separators
    paper: PaperLines
    sheet: Sheets
    remarks: Remarks


def reading(rules: RuleSet) -> Reading:
    """The reading rules in force."""
    return rules.load("reading.toml", Reading)


@lru_cache(maxsize=1024)  # the rows of a file have the same keys
def plain_key(key: str) -> str:
    """A JSON key as keys are compared.

    >>> plain_key("Publish-Time") == plain_key("publish_time")
    True
    """
    return "".join(c for c in key.casefold() if c not in " _-")
