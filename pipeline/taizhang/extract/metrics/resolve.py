"""Metrics resolved: sentence by sentence, what each quantity counts, its phase, and its total."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from taizhang.extract.metrics.atoms import AtomReader, Block
from taizhang.extract.metrics.carry import names
from taizhang.extract.metrics.lengths import LONGEST
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.modality import Modality
from taizhang.extract.metrics.names import Name
from taizhang.extract.metrics.parts import Parts
from taizhang.extract.metrics.phases import PhaseChoice, Phases, Setting
from taizhang.extract.metrics.rows import Row, row_of
from taizhang.records import Metric, Phase, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.layout import Layout, Unit
from taizhang.segment.tokens import Tokens

NEAR = 120  # characters: about two sentences


class MetricChoice(NamedTuple):
    """What a quantity counts, its phase, its total (an index among the quantities), and the rules that decided."""

    metric: Metric
    phase: Phase
    part_of: int | None
    rules: dict[str, str]


def resolve_metrics(
    layout: Layout, tokens: Tokens, quantities: Sequence[Quantity], blocks: Iterable[Block], rules: RuleSet
) -> list[MetricChoice]:
    """One choice for each quantity, in order.

    ``blocks`` are the dates, places and excluded numbers that other rules have understood; they and the quantities
    must not overlap.
    """
    article = _Article(layout, tokens, quantities, blocks, rules)
    chosen: list[MetricChoice] = []
    for number, group in groupby(
        range(len(quantities)), key=lambda i: layout.sentence_at(quantities[i].start)
    ):
        chosen += article.sentence(layout.sentences[number], list(group))
    return _headline(chosen, layout, quantities)


class _Article:
    """One article on its way through, with what a sentence leaves to the next."""

    def __init__(
        self,
        layout: Layout,
        tokens: Tokens,
        quantities: Sequence[Quantity],
        blocks: Iterable[Block],
        rules: RuleSet,
    ) -> None:
        self.layout, self.tokens, self.quantities = layout, tokens, quantities
        self.blocks = sorted(
            [*blocks, *(Block(q.start, q.end, "quantity", i) for i, q in enumerate(quantities))]
        )
        self.grammar, self.phases, self.parts = Grammar.of(rules), Phases.of(rules), Parts.of(rules)
        self.marks = Boundaries.of(rules)
        self.reader = AtomReader(self.grammar, self.marks)
        self.earlier: dict[str, int] = {}  # unit -> the last whole with it in the sentence before
        self.before = Unit(0, 0)  # the last sentence with a quantity
        self.known: dict[int, Name] = {}
        self.phase_of: dict[int, PhaseChoice] = {}
        self.paragraph = -1  # the paragraph of the sentence before
        self.modality: Modality | None = None  # what the sentence before said of done and to come

    def sentence(self, unit: Unit, members: Sequence[int]) -> Iterator[MetricChoice]:
        """The choices for the quantities of one sentence."""
        row = self._row(unit)
        units = {i: self.quantities[i].unit for i in members}
        earlier = self.earlier if self._follows(unit) else {}
        parts = self.parts.find(row, {i: self.quantities[i] for i in members}, earlier)
        named = names(
            row, units, {part: total for part, (total, _) in parts.items()}, self.known, self.grammar
        )
        modality = self.modality if self._goes_on(row, unit) else None
        said = self.phases.modalities.said(row, modality)
        standings = self.phases.roles.standings(row)
        totals = {total for total, rule in parts.values() if rule in self.parts.share_rules}
        phase: PhaseChoice | None = None
        last = ""  # the unit of the number before
        for i in members:
            name = named.get(i, Name())
            total, rule = parts.get(i, (None, ""))
            whole = (
                self.phase_of.get(total) if total is not None and rule not in self.parts.share_rules else None
            )
            again = name.rule == "metric.carried" and units[i] == last
            setting = Setting(said.get(i), phase, i in totals, whole, standings.get(i), again)
            last = units[i]
            phase = self.phase_of[i] = self.phases.choose(name, self.quantities[i], setting)
            metric = Metric(name=name.text[:LONGEST], action=name.action, object=name.object)
            used = {"metric": name.rule, "phase": phase.rule}
            if rule:
                used["part_of"] = rule
            yield MetricChoice(metric, phase.phase, total, used)
        self.known.update(named)
        self.earlier = {self.parts.unit(self.quantities[i]): i for i in members if i not in parts}
        self.before = unit
        self.modality = said[members[-1]]

    def _follows(self, unit: Unit) -> bool:
        """Whether the last sentence with a quantity stands near enough before this one to be what it goes on with."""
        return unit.start - self.before.end <= NEAR

    def _goes_on(self, row: Row, unit: Unit) -> bool:
        """Whether a sentence goes on with the one before: it tells parts, or begins without a subject."""
        first = row.clauses[0][0]
        paragraph = self.layout.paragraph_at(unit.start)
        same = paragraph == self.paragraph
        self.paragraph = paragraph
        carried = self.modality is not None and self.modality.carries
        return first.text in self.parts.openers or (same and carried and first.kind == "verb")

    def _row(self, unit: Unit) -> Row:
        low, high = bisect_left(self.blocks, (unit.start,)), bisect_left(self.blocks, (unit.end,))
        inside = [b for b in self.blocks[low:high] if b.end <= unit.end]
        made = self.reader.read(self.layout.text, unit, self.tokens.within(*unit), inside)
        return row_of(made, self.marks.clause_ends | self.marks.sentence_ends, self.marks.brackets)


def _headline(
    chosen: list[MetricChoice], layout: Layout, quantities: Sequence[Quantity]
) -> list[MetricChoice]:
    """A title tells in short what the text tells in full: its numbers take the phase that they have there."""
    told = {
        (q.value, q.unit): c for q, c in zip(quantities, chosen, strict=True) if q.start >= layout.title.end
    }
    made = []
    for quantity, choice in zip(quantities, chosen, strict=True):
        full = told.get((quantity.value, quantity.unit)) if quantity.end <= layout.title.end else None
        rules = {**choice.rules, "phase": "phase.headline"}
        made.append(choice._replace(phase=full.phase, rules=rules) if full else choice)
    return made
