"""Segment: where sections, paragraphs, sentences and clauses begin and end; never in a number, quote or bracket."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from taizhang.article import Table
from taizhang.compact import Packed
from taizhang.rules import RuleSet, once
from taizhang.segment.layout import Layout, LayoutUnit, Section
from taizhang.segment.levels import Levels
from taizhang.segment.shapes import SegmentRules

LINE = re.compile(r"[^\n]+")


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
        self.group_ends = frozenset(marks.group)
        self.parting = self.sentence_ends | self.clause_ends | frozenset(marks.typed)
        self.list_marks = frozenset(marks.list)
        self.blank, self.opening = re.compile(marks.blank), frozenset(marks.opening)
        self.closing = frozenset(marks.closing)
        special = marks.sentence + marks.clause + "".join(marks.quotes + marks.brackets)
        self.scan = re.compile(f"[{re.escape(special)}]")
        self.levels = Levels(rules.level, rules.about)
        self.numeral = re.compile(f"[{re.escape(rules.numeral.characters)}]")

    @staticmethod
    @once
    def of(rules: RuleSet) -> Boundaries:
        """The boundaries of a rule set, compiled once."""
        return Boundaries(rules.load("segment.toml", SegmentRules))

    def layout(self, text: str, title_end: int, tables: Sequence[Table] = ()) -> Layout:
        """All pieces of ``text``; the first ``title_end`` characters are its title.

        Each cell of a table is paragraphs of its own, of which none is a heading.
        """
        paragraphs, sentences, clauses = (_units(tables) for _ in range(3))
        for paragraph in _paragraphs(text, tables):
            paragraphs.append(paragraph)
            for sentence, ends in self._sentences(text, paragraph):
                sentences.append(sentence)
                for clause in _split(sentence, self._with_blanks(text, sentence, ends)):
                    clauses.append(clause)
        sections = self._sections(text, paragraphs, title_end, tables)
        title = LayoutUnit(0, title_end)
        headings = self.levels.headings(text, paragraphs, title_end, tables)
        return Layout(
            text,
            title,
            sections,
            _fixed(paragraphs),
            _fixed(sentences),
            _fixed(clauses),
            tuple(tables),
            headings,
        )

    def _sentences(self, text: str, paragraph: LayoutUnit) -> Iterator[tuple[LayoutUnit, list[int]]]:
        """Each sentence of a paragraph with the offsets after its clause marks."""
        start = paragraph.start
        clause_ends: list[int] = []
        guards = self._guards(text, paragraph)
        at_guard = 0
        for mark in self.scan.finditer(text, paragraph.start, paragraph.end):
            at, end = mark.start(), mark.end()
            while at_guard < len(guards) and guards[at_guard][1] <= at:
                at_guard += 1
            guard = guards[at_guard] if at_guard < len(guards) and guards[at_guard][0] <= at else None
            taken = clause_ends[-1] if clause_ends else start
            if at < taken or (guard and not self._ends_quotation(text, at, guard)):
                continue
            if mark[0] in self.clause_ends and not guard and not _inside_number(text, at):
                while end < paragraph.end and text[end] == text[at]:  # …… is one mark
                    end += 1
                clause_ends.append(end)
            elif mark[0] in self.sentence_ends:
                while end < paragraph.end and (text[end] in self.sentence_ends or text[end] in self.closing):
                    end += 1
                yield LayoutUnit(start, end), clause_ends
                start, clause_ends = end, []
        if start < paragraph.end:
            yield LayoutUnit(start, paragraph.end), clause_ends

    def _with_blanks(self, text: str, sentence: LayoutUnit, ends: list[int]) -> list[int]:
        """The ends of clauses; in a headline, whose only marks are such as open, blanks are ends, too.

        What ends the line itself, as that of a digest's item does, parts nothing in it.
        """
        if any(text[end - 1] not in self.opening and end < sentence.end for end in ends):
            return ends
        return sorted([*ends, *(blank.end() for blank in self.blank.finditer(text, *sentence))])

    def _ends_quotation(self, text: str, at: int, guard: LayoutUnit) -> bool:
        """Whether a full stop is the last thing that a quotation says, and the text begins anew behind it."""
        if text[at] not in self.sentence_ends or text[guard.start] not in self.quotes:
            return False
        following = text[guard.end : guard.end + 1]
        return (
            at + 2 == guard.end and following not in self.clause_ends and following not in self.sentence_ends
        )

    def _guards(self, text: str, unit: LayoutUnit) -> list[LayoutUnit]:
        """The closed quotations and brackets of a unit, outermost only: nothing is cut in them."""
        guards: list[LayoutUnit] = []
        for start, end in sorted(self.pairs(text, unit)):
            if not guards or start >= guards[-1].end:
                guards.append(LayoutUnit(start, end))
        return guards

    def pairs(self, text: str, unit: LayoutUnit) -> Iterator[LayoutUnit]:
        """Every closed quotation and bracket, from its opening to behind its closing; an unclosed one is none."""
        stack: list[tuple[str, int]] = []
        waiting: Counter[str] = Counter()
        for mark in self.scan.finditer(text, unit.start, unit.end):
            char = mark[0]
            if char in self.closers:
                stack.append((self.closers[char], mark.start()))
                waiting[self.closers[char]] += 1
            elif waiting[char]:
                while stack[-1][0] != char:
                    waiting[stack.pop()[0]] -= 1
                waiting[char] -= 1
                yield LayoutUnit(stack.pop()[1], mark.end())

    def _sections(
        self, text: str, paragraphs: Sequence[LayoutUnit], title_end: int, tables: Sequence[Table]
    ) -> tuple[Section, ...]:
        sections: list[Section] = []
        open_heading: LayoutUnit | None = None
        waiting = 0
        for paragraph in paragraphs:
            if paragraph.end <= title_end:
                continue
            while waiting < len(tables) and tables[waiting].end <= paragraph.start:
                waiting += 1
            tabled = waiting < len(tables) and tables[waiting].start <= paragraph.start
            if not tabled and self.is_heading(text[paragraph.start : paragraph.end]):
                start = open_heading.start if open_heading else paragraph.start
                open_heading = LayoutUnit(start, paragraph.end)
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


Units = list[LayoutUnit] | Packed[LayoutUnit]


def _units(tables: Sequence[Table]) -> Units:
    """Room for units: of a text with tables, each cell of which has one of each kind, as numbers."""
    return Packed(LayoutUnit, 2) if tables else []


def _fixed(units: Units) -> Sequence[LayoutUnit]:
    return units if isinstance(units, Packed) else tuple(units)


def _paragraphs(text: str, tables: Sequence[Table]) -> Iterator[LayoutUnit]:
    at = 0
    for table in tables:
        yield from _lines(text, at, table.start)
        for cell in table.cells:
            yield from _lines(text, cell.start, cell.end)
        at = table.end
    yield from _lines(text, at, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[LayoutUnit]:
    for line in LINE.finditer(text, start, end):
        body = line[0].strip()
        if body:
            start = line.start() + line[0].index(body)
            yield LayoutUnit(start, start + len(body))


def _split(sentence: LayoutUnit, ends: list[int]) -> Iterator[LayoutUnit]:
    start = sentence.start
    for end in (*ends, sentence.end):
        if end > start:
            yield LayoutUnit(start, end)
        start = end


def _inside_number(text: str, at: int) -> bool:
    """Whether a half-width comma or colon stands between two digits."""
    return text[at] in ",:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
