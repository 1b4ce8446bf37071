"""Segment: headings by their numbering: which items and parts a text has, how deep each is, and how far it governs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taizhang.article import Table
from taizhang.segment.layout import About, Heading, LayoutUnit
from taizhang.segment.shapes import AboutRule, LevelRule


class Levels:
    """The compiled levels of one rule set."""

    def __init__(self, levels: Sequence[LevelRule], abouts: Sequence[AboutRule]) -> None:
        self._levels = [(rule.level, rule.longest, re.compile(rule.pattern)) for rule in levels]
        self._abouts = [(rule.about, form) for rule in abouts for form in rule.forms]

    def headings(
        self, text: str, paragraphs: Sequence[LayoutUnit], title_end: int, tables: Sequence[Table]
    ) -> tuple[Heading, ...]:
        """The headings of a text, each until the next of its level or a higher one. None stands in a table.

        Of a paragraph too long to be one the first sentence is no heading; a label (整改情况：) heads its paragraph.
        """
        found: list[Heading] = []
        open_: list[int] = []  # of those that still govern, the numbers, the highest first
        waiting = 0
        for paragraph in paragraphs:
            while waiting < len(tables) and tables[waiting].end <= paragraph.start:
                waiting += 1
            tabled = waiting < len(tables) and tables[waiting].start <= paragraph.start
            if paragraph.end <= title_end or tabled:
                continue
            level, end = self._level(text, paragraph)
            if level < 0:
                continue
            while open_ and found[open_[-1]].level >= level:
                number = open_.pop()
                found[number] = found[number]._replace(until=paragraph.start)
            under = open_[-1] if open_ else -1
            open_.append(len(found))
            about = self._about(text[paragraph.start : end])
            found.append(Heading(paragraph.start, end, level, len(text) + 1, about, under))
        return tuple(found)

    def _level(self, text: str, paragraph: LayoutUnit) -> tuple[int, int]:
        """The level of a paragraph that is a heading or begins with a label, and where the heading ends; else -1."""
        for level, longest, pattern in self._levels:
            if paragraph.end - paragraph.start <= longest:
                m = pattern.match(text, paragraph.start, paragraph.end)
                if m:
                    label = longest > LABELLED
                    return level, m.end() if label else paragraph.end
        return -1, 0

    def _about(self, heading: str) -> About:
        """What a heading announces, by the longest of the words in it."""
        held = [(len(form), about) for about, form in self._abouts if form in heading]
        return max(held)[1] if held else ""


LABELLED = 1000  # characters from which on a paragraph is headed by its label alone
