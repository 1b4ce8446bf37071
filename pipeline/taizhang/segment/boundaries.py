"""Where sections, paragraphs, sentences and clauses begin and end; never inside a number, a quotation, a bracket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Self

from pydantic import BaseModel, ConfigDict

from taizhang.rules import RuleFile, RuleSet
from taizhang.segment.layout import Layout, Section, Unit


class Marks(BaseModel):
    """The punctuation that cuts, and the pairs in which nothing is cut."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sentence: str
    clause: str
    list: str
    closing: str
    quotes: tuple[str, ...]
    brackets: tuple[str, ...]


class Heading(BaseModel):
    """What makes a line a heading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    longest: int
    open_end: str
    sentence_end: str


class Numeral(BaseModel):
    """Characters of which a number is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    characters: str


class SegmentRules(RuleFile):
    """``rules/segment.toml``."""

    marks: Marks
    heading: Heading
    numeral: Numeral


class Boundaries:
    """The compiled cutting rules of one rule set."""

    def __init__(self, rules: SegmentRules) -> None:
        marks = rules.marks
        self.heading = rules.heading
        self.quotes = {pair[0]: pair[1] for pair in marks.quotes}
        self.brackets = {pair[0]: pair[1] for pair in marks.brackets}
        self.closers = self.quotes | self.brackets
        self.sentence_ends = frozenset(marks.sentence)
        self.clause_ends = frozenset(marks.clause)
        self.list_marks = frozenset(marks.list)
        self.closing = frozenset(marks.closing)
        special = marks.sentence + marks.clause + "".join(marks.quotes + marks.brackets)
        self.scan = re.compile(f"[{re.escape(special)}]")
        self.numeral = re.compile(f"[{re.escape(rules.numeral.characters)}]")

    @classmethod
    def of(cls, rules: RuleSet) -> Self:
        """The boundaries of a rule set, compiled once."""
        if "segment.boundaries" not in rules.compiled:
            rules.compiled["segment.boundaries"] = cls(rules.load("segment.toml", SegmentRules))
        made: Self = rules.compiled["segment.boundaries"]
        return made

    def layout(self, text: str, title_end: int) -> Layout:
        """All pieces of ``text``; the first ``title_end`` characters are its title."""
        paragraphs = tuple(_lines(text))
        sentences: list[Unit] = []
        clauses: list[Unit] = []
        for paragraph in paragraphs:
            for sentence, ends in self._sentences(text, paragraph):
                sentences.append(sentence)
                clauses += _split(sentence, ends)
        sections = self._sections(text, paragraphs, title_end)
        title = Unit(0, title_end)
        return Layout(text, title, sections, paragraphs, tuple(sentences), tuple(clauses))

    def _sentences(self, text: str, paragraph: Unit) -> Iterator[tuple[Unit, list[int]]]:
        """Each sentence of a paragraph with the offsets after its clause marks."""
        start, clause_ends = paragraph.start, []
        guarded = self._guarded(text, paragraph)
        for mark in self.scan.finditer(text, paragraph.start, paragraph.end):
            at, end = mark.start(), mark.end()
            if at < start or at in guarded:
                continue
            if mark[0] in self.clause_ends and not _inside_number(text, at):
                clause_ends.append(end)
            elif mark[0] in self.sentence_ends:
                while end < paragraph.end and (text[end] in self.sentence_ends or text[end] in self.closing):
                    end += 1
                yield Unit(start, end), clause_ends
                start, clause_ends = end, []
        if start < paragraph.end:
            yield Unit(start, paragraph.end), clause_ends

    def _guarded(self, text: str, paragraph: Unit) -> set[int]:
        """Offsets of marks inside a closed quotation or bracket; an unclosed one guards nothing."""
        guarded: set[int] = set()
        stack: list[tuple[str, int]] = []
        marks: list[int] = []
        for mark in self.scan.finditer(text, paragraph.start, paragraph.end):
            char = mark[0]
            if char in self.closers:
                stack.append((self.closers[char], len(marks)))
            elif any(closer == char for closer, _ in stack):
                while stack[-1][0] != char:
                    stack.pop()
                guarded.update(marks[stack.pop()[1] :])
            else:
                marks.append(mark.start())
        return guarded

    def _sections(self, text: str, paragraphs: tuple[Unit, ...], title_end: int) -> tuple[Section, ...]:
        sections: list[Section] = []
        open_heading: Unit | None = None
        for paragraph in paragraphs:
            if paragraph.end <= title_end:
                continue
            if self.is_heading(text[paragraph.start : paragraph.end]):
                start = open_heading.start if open_heading else paragraph.start
                open_heading = Unit(start, paragraph.end)
            elif open_heading:
                sections.append(Section(open_heading.start, paragraph.end, *open_heading))
                open_heading = None
            elif sections:
                sections[-1] = sections[-1]._replace(end=paragraph.end)
            else:
                sections.append(Section(paragraph.start, paragraph.end, paragraph.start, paragraph.start))
        if open_heading:
            sections.append(Section(*open_heading, *open_heading))
        return tuple(sections)

    def is_heading(self, line: str) -> bool:
        """Whether a line stands over what follows it."""
        if len(line) > self.heading.longest:
            return False
        return line[-1] in self.heading.open_end or line[-1] not in self.heading.sentence_end


def _lines(text: str) -> Iterator[Unit]:
    for line in re.finditer(r"[^\n]+", text):
        body = line[0].strip()
        if body:
            start = line.start() + line[0].index(body)
            yield Unit(start, start + len(body))


def _split(sentence: Unit, ends: list[int]) -> Iterator[Unit]:
    start = sentence.start
    for end in (*ends, sentence.end):
        if end > start:
            yield Unit(start, end)
        start = end


def _inside_number(text: str, at: int) -> bool:
    """Whether a half-width comma or colon stands between two digits."""
    return text[at] in ",:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
