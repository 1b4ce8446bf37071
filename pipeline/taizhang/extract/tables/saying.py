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
from taizhang.extract.tables.names import Names
from taizhang.extract.tables.shapes import HeadPhaseRule, TableWords
from taizhang.records import Kind, Phase, Quantity
from taizhang.rules import RuleSet, once
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.tokens import TokenLexicon, Tokens

FIGURE = "36"
HEADS = 32_768  # whose reading is kept: twice those of the widest sheet
STANDS = "table.phase.stands"
DEED = "table.phase.deed"
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
        metric, unit, kind: of the figure; from ``joint`` on the metric is the column's.
        column, row: the innermost head of each and all of its heads; ``wholes``: what they are parts of.
        caption: what the caption counts, where the metric has it.
        change: whether the column tells how something changed; ``executed`` whether it tells what was carried out.
    """

    metric: str
    unit: str
    kind: Kind
    joint: int = 0
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
        self._words, self._names = TableWords.of(rules), Names.of(rules)
        self._boundaries, self._lexicon = Boundaries.of(rules), TokenLexicon.of(rules)
        self._again = lru_cache(maxsize=HEADS)(self._of)
        self._as_prose = lru_cache(maxsize=HEADS)(self._read)

    def of(self, said: FigureSaid, caption: HeadPhaseRule | None) -> PhaseReading:
        """What a figure is; what is said of a column alone is said again in each row, and kept."""
        return self._of(said, caption) if said.joint else self._again(said, caption)

    def _of(self, said: FigureSaid, caption: HeadPhaseRule | None) -> PhaseReading:
        """``caption``: the rule of what the caption says. A growth or a share tells how things stand, or a gain."""
        made = self._with_caption(said, None if said.change else caption)
        return made._replace(phase="context", rule=STANDS) if said.change and made.phase != "effect" else made

    def _with_caption(self, said: FigureSaid, caption: HeadPhaseRule | None) -> PhaseReading:
        """What the heads say, then the caption, then prose."""
        state = self._by_heads(said)
        if caption and caption.phase == "target" and said.executed:
            caption = None
        if caption and caption.rank > 1 and (state is None or state.rank < caption.rank):
            state = caption
        prose = self._of_both(said, decided=state is not None)
        if state is None and caption and (prose.rule.startswith(BY_KIND) or self._spent(said, caption)):
            state = caption
        if state:
            return prose._replace(phase=state.phase, rule=state.id)
        if prose.rule.startswith(BY_KIND):  # no word decides: a table tells how things stand
            deed = self._names.deed(said.column[0] or said.row[0])
            return prose._replace(phase=deed or "context", rule=DEED if deed else STANDS)
        return prose

    def _by_heads(self, said: FigureSaid) -> HeadPhaseRule | None:
        """The rule of what the heads say: the column's before the row's, but that of a thing before a light deed's."""
        grown = said.column[1].removesuffix(said.column[0]) if said.change else ""
        column, row = self._strongest([*said.column, grown]), self._strongest(said.row)
        if column is None:
            if row and said.joint and self._tells(said):  # 违规吃喝: 党纪处分 is what was done about it
                return None
            return row or self._strongest(said.wholes) or self._words.state(said.caption)
        if not column.light:
            return column
        of_thing = self._strongest([self._words.said_of(text) for text in said.column]) or row
        return of_thing if of_thing and of_thing.phase in OWN else column

    def _spent(self, said: FigureSaid, caption: HeadPhaseRule) -> bool:
        """Whether money was spent by the caption on what the row alone names: that tells not what became of it."""
        by_row = not self._tells(said) if said.joint else said.metric == said.row[1]
        return caption.phase == "measure" and said.kind == "money" and by_row

    def _tells(self, said: FigureSaid) -> bool:
        """Whether prose has a word that decides in what the column alone says."""
        over = self._as_prose(said.metric[said.joint :], said.unit, said.kind)
        return not over.rule.startswith(BY_KIND)

    def _strongest(self, heads: Sequence[str]) -> HeadPhaseRule | None:
        """The rule with the highest rank of what the heads of one side say."""
        found = [state for head in heads if head and (state := self._words.state(head))]
        return max(found, key=lambda state: state.rank, default=None)

    def _of_both(self, said: FigureSaid, decided: bool) -> PhaseReading:
        """What prose tells of a metric: of its column's part, or else of its row's.

        Each is asked for by itself, so that a table asks once for a row and a column and not for each cell, and not
        for a row at all where the column tells the deed and the phase is ``decided`` or told by it, too.
        """
        first, second = said.metric[: said.joint], said.metric[said.joint :]
        over = self._as_prose(second, said.unit, said.kind)
        if not first:
            return over
        if over.action and (decided or not over.rule.startswith(BY_KIND)):
            return over._replace(object=over.object or first)
        beside = self._as_prose(first, said.unit, said.kind)
        made = beside if over.rule.startswith(BY_KIND) else over
        if over.action:
            return made._replace(action=over.action, object=over.object or first)
        if beside.action:
            return made._replace(action=beside.action, object=beside.object + second)
        return made._replace(action="", object=said.metric)

    def _read(self, metric: str, unit: str, kind: Kind) -> PhaseReading:
        """What a clause of a metric and a figure would have."""
        clause = metric + FIGURE + unit
        layout = self._boundaries.layout(clause, 0)
        quantity = Quantity(
            start=len(metric), end=len(clause), quote=clause[len(metric) :], value=Decimal(FIGURE),
            unit=unit, kind=kind,
        )  # fmt: skip
        tokens = Tokens(layout, self._boundaries, self._lexicon)
        (choice,) = resolve_metrics(layout, tokens, [quantity], [], self._rules)
        reader = reader_in(choice.seen.every)
        (phases,) = judge_phases([choice.seen.every], [quantity], layout, self._rules)
        phase = phases.winner
        rule = reader if reader.startswith(BY_KIND) else phase.rule
        return PhaseReading(cast("Phase", phase.value), rule, choice.metric.action, choice.metric.object)


def reader_in(features: Sequence[str]) -> str:
    """The rule that read a phase, among the features that were seen for it."""
    return next((f.removeprefix(READER) for f in features if f.startswith(READER)), "")


@once
def saying(rules: RuleSet) -> ProseReader:
    """The asker of a rule set, built once: heads are the same from table to table."""
    return ProseReader(rules)
