"""Tables: the phase of a figure, and its metric's verb and object: what prose that says the same would have.

The one seam to the chooser of phases: a metric and a number are handed to it as a clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, cast

from taizhang.extract.metrics.resolve import resolve_metrics
from taizhang.extract.phases.judged import judge_phases
from taizhang.extract.tables.shapes import HeadPhaseRule, TableWords
from taizhang.records import Kind, Phase, Quantity
from taizhang.rules import RuleSet, once
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.tokens import TokenLexicon, Tokens

FIGURE = "36"
STANDS = "table.phase.stands"
BY_KIND = "phase.default"
OWN = frozenset({"context", "measure", "effect"})  # phases of things that were carried out
READER = "reader="  # begins the feature that says which rule read the phase


class PhaseReading(NamedTuple):
    """A phase, the rule that decided it, and the verb and the noun of a metric."""

    phase: Phase
    rule: str
    action: str
    object: str


class FigureSaid(NamedTuple):
    """What is said of a figure.

    Attributes:
        metric, unit, kind: of the figure.
        column, row: the innermost head of each and all of its heads; ``wholes``: what they are parts of.
        caption: what the caption counts, where the metric has it.
        change: whether the column tells how something changed; ``executed`` whether it tells what was carried out.
    """

    metric: str
    unit: str
    kind: Kind
    column: tuple[str, str] = ("", "")
    row: tuple[str, str] = ("", "")
    wholes: tuple[str, str] = ("", "")
    caption: str = ""
    change: bool = False
    executed: bool = False


class ProseReader:
    """Asks the rules for prose what a metric's figure is; equal ones once."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._words = TableWords.of(rules)
        self._boundaries, self._lexicon = Boundaries.of(rules), TokenLexicon.of(rules)
        self.of = lru_cache(maxsize=65536)(self._of)

    def _of(self, said: FigureSaid, caption: HeadPhaseRule | None) -> PhaseReading:
        """``caption``: the rule of what the caption says."""
        prose = self._as_prose(said.metric, said.unit, said.kind)
        state = self._by_heads(said)
        if caption and caption.phase == "target" and said.executed:
            caption = None
        if caption and caption.rank > 1 and (state is None or state.rank < caption.rank):
            state = caption
        if state is None and prose.rule.startswith(BY_KIND):
            state = caption
        if state:
            return prose._replace(phase=state.phase, rule=state.id)
        if prose.rule.startswith(BY_KIND):  # no word decides: a table tells how things stand
            return prose._replace(phase="context", rule=STANDS)
        return prose

    def _by_heads(self, said: FigureSaid) -> HeadPhaseRule | None:
        """The rule of what the heads say: the column's before the row's, but that of a thing before a light deed's."""
        column, row = self._strongest(said.column), self._strongest(said.row)
        if column is None:
            row = row or self._strongest(said.wholes)
            grown = (
                row is not None and row.phase == "measure" and said.change
            )  # how spending grew is no effort
            return None if grown else row or self._words.state(said.caption)
        if not column.light:
            return column
        of_thing = self._strongest([self._words.said_of(text) for text in said.column]) or row
        return of_thing if of_thing and of_thing.phase in OWN else column

    def _strongest(self, heads: Sequence[str]) -> HeadPhaseRule | None:
        """The rule with the highest rank of what the heads of one side say."""
        found = [state for head in heads if head and (state := self._words.state(head))]
        return max(found, key=lambda state: state.rank, default=None)

    def _as_prose(self, metric: str, unit: str, kind: Kind) -> PhaseReading:
        clause = metric + FIGURE + unit
        layout = self._boundaries.layout(clause, 0)
        quantity = Quantity(
            start=len(metric), end=len(clause), quote=clause[len(metric) :], value=Decimal(FIGURE),
            unit=unit, kind=kind,
        )  # fmt: skip
        tokens = Tokens(layout, self._boundaries, self._lexicon)
        (choice,) = resolve_metrics(layout, tokens, [quantity], [], self._rules)
        reader = next(f for f in choice.seen if f.startswith(READER)).removeprefix(READER)
        (judged,) = judge_phases([choice.seen], [quantity], layout, self._rules)
        phase = judged.winner
        rule = reader if reader.startswith(BY_KIND) else phase.rule
        return PhaseReading(cast("Phase", phase.value), rule, choice.metric.action, choice.metric.object)


@once
def saying(rules: RuleSet) -> ProseReader:
    """The asker of a rule set, built once: heads are the same from table to table."""
    return ProseReader(rules)
