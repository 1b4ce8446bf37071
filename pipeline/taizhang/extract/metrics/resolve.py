"""Metrics resolved: sentence by sentence, what each quantity counts, its phase, and its total."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from taizhang.extract.metrics import shared
from taizhang.extract.metrics.atoms import AtomReader, KnownSpan
from taizhang.extract.metrics.carry import Counted, names
from taizhang.extract.metrics.compounds import with_compounds
from taizhang.extract.metrics.holes import without_holes
from taizhang.extract.metrics.judged import judge_name
from taizhang.extract.metrics.leading import leading
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import MetricName
from taizhang.extract.metrics.near import NumberSurroundings, SentenceNumbers, said
from taizhang.extract.metrics.offer import NameContext, before, behind
from taizhang.extract.metrics.parts import PartFinder
from taizhang.extract.metrics.phases import PhaseChoice, PhaseContext, Phases
from taizhang.extract.metrics.phrases import content
from taizhang.extract.metrics.rows import ClauseBreaks, SentenceClauses, row_of
from taizhang.extract.metrics.shapes import Modality
from taizhang.extract.phases.classes import Classes
from taizhang.extract.phases.features import QuantityContext, SceneFeatures, features
from taizhang.extract.phases.states import States
from taizhang.judge import Choice
from taizhang.records import Metric, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.layout import Layout, LayoutUnit
from taizhang.segment.tokens import Tokens

NEAR = 120  # characters: about two sentences


class MetricChoice(NamedTuple):
    """What a quantity counts, its total (an index among the quantities), and the rules that decided.

    ``choice`` keeps the names that lost, ``seen`` what bears on the phase, ``name`` what the grammar alone made of it.
    """

    metric: Metric
    part_of: int | None
    rules: dict[str, str]
    choice: Choice
    seen: SceneFeatures
    name: MetricName


def resolve_metrics(
    layout: Layout,
    tokens: Tokens,
    quantities: Sequence[Quantity],
    blocks: Iterable[KnownSpan],
    rules: RuleSet,
) -> list[MetricChoice]:
    """One choice for each quantity, in order.

    ``blocks`` are the dates, places and excluded numbers that other rules have understood; they and the quantities
    must not overlap.
    """
    article = _ArticleMetrics(layout, tokens, quantities, blocks, rules)
    chosen: list[MetricChoice] = []
    for number, group in groupby(
        range(len(quantities)), key=lambda i: layout.sentence_at(quantities[i].start)
    ):
        chosen += article.sentence(layout.sentences[number], list(group))
    return chosen


class _ArticleMetrics:
    """One article on its way through, with what a sentence leaves to the next."""

    def __init__(
        self,
        layout: Layout,
        tokens: Tokens,
        quantities: Sequence[Quantity],
        blocks: Iterable[KnownSpan],
        rules: RuleSet,
    ) -> None:
        self.layout, self.tokens, self.quantities = layout, tokens, quantities
        self.marks = Boundaries.of(rules)
        counted = (
            KnownSpan(q.start, q.end, "quantity", i, said(q, self.marks)) for i, q in enumerate(quantities)
        )
        self.blocks = sorted([*blocks, *counted])
        self.grammar, self.phases, self.parts = Grammar.of(rules), Phases.of(rules), PartFinder.of(rules)
        self.rules, self.classes, self.states = rules, Classes.of(rules), States.of(rules)
        self.reader = AtomReader(self.grammar, self.marks)
        self.earlier: dict[str, int] = {}  # unit -> the last whole with it in the sentence before
        self.before = LayoutUnit(0, 0)  # the last sentence with a quantity
        self.known: dict[int, MetricName] = {}
        self.phase_of: dict[int, PhaseChoice] = {}
        self.last = MetricName()  # of the quantity before, where it is near
        self.bearers: list[str] = []  # what that one may have said its name of
        self.paragraph = -1  # the paragraph of the sentence before
        self.modality: Modality | None = None  # what the sentence before said of done and to come

    def sentence(self, unit: LayoutUnit, members: Sequence[int]) -> Iterator[MetricChoice]:
        """The choices for the quantities of one sentence."""
        row = self._row(unit)
        units = {i: self.quantities[i].unit for i in members}
        earlier = self.earlier if self._follows(unit) else {}
        parts = self.parts.find(row, {i: self.quantities[i] for i in members}, earlier)
        money = {i for i in members if self.quantities[i].kind == "money"}
        totals_of = {part: total for part, (total, _) in parts.items()}
        named = names(row, Counted(units, money, totals_of), self.known, self.grammar)
        modality = self.modality if self._goes_on(row, unit) else None
        said = self.phases.modalities.said(row, modality)
        standings = self.phases.roles.standings(row)
        totals = {total for total, rule in parts.values() if rule in self.parts.share_rules}
        at = {i: place for place, framed in enumerate(row.frames) for i in framed}
        phase: PhaseChoice | None = None
        unit_before = ""
        nearby = SentenceNumbers(self.layout.text, unit, row, self.marks, self.grammar)
        if not self._follows(unit):
            self.last, self.bearers = MetricName(), []
        for i in members:
            name = named.get(i, MetricName())
            total, rule = parts.get(i, (None, ""))
            part = total is not None and rule not in self.parts.share_rules
            whole = self.phase_of.get(total) if part and total is not None else None
            again = name.rule == "metric.carried" and units[i] == unit_before
            rules_see = PhaseContext(said.get(i), phase, i in totals, whole, standings.get(i), again)
            unit_before = units[i]
            governed = self.classes.governed(name)
            told = self.phases.evidence(governed, self.quantities[i], rules_see)
            phase = self.phase_of[i] = self.phases.choose(governed, self.quantities[i], rules_see, told)
            phase_seen = [*self.phases.seen(rules_see, told, phase)]
            of_total = self._named(total, named)
            near = nearby.next(i, at[i], self.quantities[i], named, rule)
            yield self._judged(i, name, row, at[i], phase_seen, of_total, total, rule, near, governed)
            self.bearers = shared.bearers(row.frames[at[i]][i].left, self.grammar) or self.bearers
        self.known.update(named)
        self.earlier = {self.parts.unit(self.quantities[i]): i for i in members if i not in parts}
        self.before = unit
        self.modality = said[members[-1]]

    def _named(self, number: int | None, named: Mapping[int, MetricName]) -> MetricName:
        """The name of a total, of this sentence or of an earlier one; an empty one where there is no total."""
        return MetricName() if number is None else named.get(number) or self.known.get(number) or MetricName()

    def _judged(  # noqa: PLR0913, PLR0917 - all that is known of one quantity
        self,
        i: int,
        name: MetricName,
        row: SentenceClauses,
        at: int,
        seen: list[str],
        of_total: MetricName,
        total: int | None,
        part_rule: str,
        near: NumberSurroundings,
        governed: MetricName,
    ) -> MetricChoice:
        """One quantity: its metric by the weights, and what is seen of it that bears on its phase."""
        quantity, frame = self.quantities[i], row.frames[at][i]
        earlier = row.clauses[at - 1] if at else ()
        listed = tuple(shared.members(row.turns[at][i], earlier, self.grammar))
        left = before(frame, self.grammar)
        led, following = leading(left), leading(content(frame.right))
        name = name._replace(text=following.without(led.without(name.text)))
        sides = left, led, following, behind(frame), self.grammar
        place = NameContext(
            name, frame, row.clauses, at, self.last, of_total, near, *sides, self.bearers, listed
        )
        metric, choice = judge_name(place, quantity, self.rules)
        self.last = name
        if part_rule:
            seen.append(f"part={part_rule}")
        scene = QuantityContext(governed, quantity, frame, row.clauses, at, seen)
        used = {"metric": name.rule if metric.name == name.text else choice.winner.rule}
        if part_rule:
            used["part_of"] = part_rule
        found = features(scene, self.classes, self.states)
        return MetricChoice(metric, total, used, choice, found, name)

    def _follows(self, unit: LayoutUnit) -> bool:
        """Whether the last sentence with a quantity stands near enough before this one to be what it goes on with."""
        near = unit.start - self.before.end <= NEAR
        return near and not self.layout.barred(self.before.end, unit.start)

    def _goes_on(self, row: SentenceClauses, unit: LayoutUnit) -> bool:
        """Whether a sentence goes on with the one before: it tells parts, or begins without a subject."""
        first = row.clauses[0][0]
        paragraph = self.layout.paragraph_at(unit.start)
        same = paragraph == self.paragraph
        apart = self.layout.barred(self.before.end, unit.start)
        self.paragraph = paragraph
        carried = self.modality is not None and self.modality.carries
        return (first.text in self.parts.openers and not apart) or (same and carried and first.kind == "verb")

    def _row(self, unit: LayoutUnit) -> SentenceClauses:
        low, high = bisect_left(self.blocks, (unit.start,)), bisect_left(self.blocks, (unit.end,))
        inside = [b for b in self.blocks[low:high] if b.end <= unit.end]
        read = self.reader.read(self.layout.text, unit, self.tokens.within(*unit), inside)
        made = without_holes(with_compounds(read, self.grammar), self.grammar)
        blanks = self.layout.clause_ends(unit)
        cuts = ClauseBreaks(self.marks.parting, self.marks.brackets, blanks, self.grammar)
        return row_of(made, cuts)
