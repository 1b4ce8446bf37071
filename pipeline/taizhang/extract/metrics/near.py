"""What stands near a number that neither its frame nor its grammar tells: what opened its clause, what it holds itself.

In 每户先交3万元 the quantity itself says 先交; in 甲业增长5%，乙业增长3%，分别加快2个和1个百分点 the last two are said
of the two before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import MetricName
from taizhang.extract.metrics.phrases import spell
from taizhang.extract.metrics.rows import SentenceClauses
from taizhang.records import Quantity
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.layout import LayoutUnit

EVEN = 2  # characters of a base that the unit does not tell: 日均
JOINED = 4  # characters between two figures of one range: 30万元至40万元
START = "start"  # what opens the first clause of a sentence
WORD = "word"  # what opens a clause that follows no mark, as behind a bracket


class NumberSurroundings(NamedTuple):
    """What stands near one number.

    Attributes:
        begins: where its quote begins.
        alike: whether the number before it in the sentence has its unit.
        first: whether it is the first of its clause.
        part: the rule by which it is a part of a total, empty where it is none.
        opens: the mark before its clause.
        nth: how many numbers there are since the sentence or its last semicolon, with it.
        lead: what it says itself from its base to its numeral: 每户先交; empty where it holds no more than the base.
        unit: its unit where that names what it counts: 5部门; else empty.
        people: whether its unit counts people, whose verb alone tells who they are: 30人在押.
        reported: whether its clause is what the clause before says that somebody says: 数据显示，新增就业3万人.
        paired: the name of the number that it is said of where it is one of a row: 分别; an empty one elsewhere.
        shared: the words before the first of that row.
    """

    begins: int
    alike: bool
    first: bool
    part: str
    opens: str
    nth: int
    lead: str
    unit: str
    people: bool
    reported: bool
    paired: MetricName
    shared: str


class SentenceNumbers:
    """The numbers of one sentence, in order."""

    def __init__(
        self, text: str, sentence: LayoutUnit, row: SentenceClauses, marks: Boundaries, grammar: Grammar
    ) -> None:
        self.text, self.sentence, self.row, self.marks, self.grammar = text, sentence, row, marks, grammar
        self.unit = ""  # of the number before
        self.count = 0
        self.seen: list[int] = []
        self.firsts: list[int] = []  # of them those that open a sentence or what follows a semicolon

    def next(
        self, number: int, at: int, quantity: Quantity, named: Mapping[int, MetricName], part: str = ""
    ) -> NumberSurroundings:
        """What stands near the next number, which is in the clause ``at``."""
        opens = self._opens(at)
        self.count = 1 if opens == START or opens in self.marks.group_ends else self.count + 1
        turn = self.row.turns[at][number]
        row = self._row_before(turn.among, turn.at)
        near = NumberSurroundings(
            begins=quantity.start,
            alike=quantity.unit == self.unit,
            first=number == next(iter(self.row.frames[at])),
            part=part,
            opens=opens,
            nth=self.count,
            lead=self._lead(quantity),
            unit=quantity.unit if quantity.unit in self.grammar.counted else "",
            people=quantity.unit in self.grammar.headcounts,
            reported=at > 0 and self.row.clauses[at - 1][-1].text in self.grammar.telling,
            paired=named.get(row[-turn.among], MetricName()) if row else MetricName(),
            shared=spell(turn.first.left) if row else "",
        )
        self.unit = quantity.unit
        self.seen.append(number)
        if self.count == 1:
            self.firsts.append(number)
        return near

    def _lead(self, quantity: Quantity) -> str:
        """The words of a quantity before its numeral, where they are more than its base and a bound: not 日均约."""
        start, end = said(quantity, self.marks)
        word = self.text[start:end]
        verb = self.grammar.verbs.get(word)
        loose = self.grammar.classes.get(word) == "filler" or (verb is not None and verb.only("reach"))
        return self.text[quantity.start : end] if start < end and not loose else ""

    def _row_before(self, among: int, at: int) -> list[int]:
        """The numbers that a row of so many is said of, as far as they stand before the number at hand.

        Those straight before it, or where each of them opens its part of the sentence and more is told of it there,
        the ones that do: 甲业产值5亿元，增长3%；乙业产值2亿元，增长1%，分别占全市的9%和4%.
        """
        if among < 2 or len(self.seen) < among:
            return []
        before = self.seen[: len(self.seen) - at]
        if len(self.firsts) >= among and len(before) > among and before[-1] != self.firsts[-1]:
            return [*self.firsts, *self.seen[len(self.seen) - at :]]
        return self.seen

    def _opens(self, at: int) -> str:
        begin = self.row.clauses[at][0].start
        if begin <= self.sentence.start:
            return START
        mark = self.text[begin - 1]
        return WORD if mark.isalnum() else mark


def said(quantity: Quantity, marks: Boundaries) -> tuple[int, int]:
    """From where to where words stand inside a quantity between its base and its numeral; an empty span if none do."""
    base = quantity.unit.partition("/")[2]
    at = quantity.quote.find(base) + len(base) if base else EVEN
    if (quantity.kind != "rate" and not base) or at < len(base):
        return (0, 0)
    numeral = -1
    end = len(quantity.quote)
    for found in reversed([*marks.numeral.finditer(quantity.quote, at)]):
        if numeral >= 0 and end - found.end() > JOINED:  # 二氧化碳排放104万吨
            break
        numeral = end = found.start()
    return (quantity.start + at, quantity.start + numeral) if numeral >= 0 else (0, 0)
