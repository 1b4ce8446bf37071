"""Tables: the phase of a figure, and its metric's verb and object: what prose that says the same would have.

The one seam to the chooser of phases: a metric and a number are handed to it as a clause.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, cast

from taizhang.extract.metrics.resolve import resolve_metrics
from taizhang.extract.phases.judged import judge_phases
from taizhang.extract.tables.shapes import TableWords
from taizhang.records import Kind, Phase, Quantity
from taizhang.rules import RuleSet, once
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.tokens import TokenLexicon, Tokens

FIGURE = "36"
STANDS = "table.phase.stands"
BY_KIND = "phase.default"
READER = "reader="  # begins the feature that says which rule read the phase


class PhaseReading(NamedTuple):
    """A phase, the rule that decided it, and the verb and the noun of a metric."""

    phase: Phase
    rule: str
    action: str
    object: str


class ProseReader:
    """Asks the rules for prose what a metric's figure is; equal ones once."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._words = TableWords.of(rules)
        self._boundaries, self._lexicon = Boundaries.of(rules), TokenLexicon.of(rules)
        self.of = lru_cache(maxsize=65536)(self._of)

    def _of(self, metric: str, heads: tuple[str, ...], unit: str, kind: Kind) -> PhaseReading:
        """``heads``: what the column's and the row's head say, the one that decides first."""
        said = self._as_prose(metric, unit, kind)
        states = [state for head in heads if head and (state := self._words.state(head))]
        if states:
            first = states[0]
            stands = first.phase == "result" and states[-1].phase == "context"  # 预算收入: 完成数
            state = states[-1] if stands else first
            return said._replace(phase=state.phase, rule=state.id)
        if said.rule.startswith(BY_KIND):  # no word decides: a table tells how things stand
            return said._replace(phase="context", rule=STANDS)
        return said

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
