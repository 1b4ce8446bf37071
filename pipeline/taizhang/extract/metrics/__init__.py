"""The metrics room: for each quantity what it counts, its phase, and the total that it is part of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from spacy.tokens import Doc

from taizhang.extract.metrics.atoms import Block, Token, atoms
from taizhang.extract.metrics.carry import names
from taizhang.extract.metrics.lexicon import Grammar
from taizhang.extract.metrics.names import LONGEST, Name
from taizhang.extract.metrics.parts import Parts
from taizhang.extract.metrics.phases import PhaseChoice, Phases
from taizhang.extract.metrics.rows import row_of
from taizhang.records import Metric, Phase, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.boundaries import Boundaries
from taizhang.segment.layout import Layout, Unit

__all__ = ["MetricChoice", "resolve_metrics"]


class MetricChoice(NamedTuple):
    """What a quantity counts, its phase, its total (an index among the quantities), and the rules that decided."""

    metric: Metric
    phase: Phase
    part_of: int | None
    rules: dict[str, str]


def resolve_metrics(
    doc: Doc, layout: Layout, quantities: Sequence[Quantity], blocks: Iterable[Block], rules: RuleSet
) -> list[MetricChoice]:
    """One choice for each quantity, in order.

    ``blocks`` are the dates, places, agencies and excluded numbers that other rules have understood; they and the
    quantities must be in text order and must not overlap.
    """
    held = [*blocks, *(Block(q.start, q.end, "quantity", i) for i, q in enumerate(quantities))]
    held.sort()
    chosen: list[MetricChoice] = []
    earlier: dict[str, int] = {}
    known: dict[int, Name] = {}
    for number, group in groupby(enumerate(quantities), key=lambda pair: layout.sentence_at(pair[1].start)):
        members = dict(group)
        chosen += _sentence(doc, layout, layout.sentences[number], members, earlier, known, held, rules)
        earlier = {q.unit: i for i, q in reversed(members.items())}
    return _headline(chosen, layout, quantities)


def _sentence(
    doc: Doc,
    layout: Layout,
    unit: Unit,
    members: dict[int, Quantity],
    earlier: dict[str, int],
    known: dict[int, Name],
    held: Sequence[Block],
    rules: RuleSet,
) -> Iterable[MetricChoice]:
    grammar, marks, phases = Grammar.of(rules), Boundaries.of(rules), Phases.of(rules)
    inside = [b for b in held if unit.start <= b.start and b.end <= unit.end]
    row = row_of(
        atoms(layout.text, unit, tokens_in(doc, unit), inside, grammar, marks), marks.clause_ends | marks.sentence_ends
    )
    units = {i: q.unit for i, q in members.items()}
    parts = Parts.of(rules).find(row, units, earlier)
    named = names(row, units, {part: total for part, (total, _) in parts.items()}, known, grammar)
    known.update(named)
    phase: PhaseChoice | None = None
    for i, quantity in members.items():
        name = named.get(i, Name())
        phase = phases.choose(name, quantity, row, i, phase)
        metric = Metric(name=name.text[:LONGEST], action=name.action, object=name.object)
        used = {"metric": name.rule, "phase": phase.rule}
        total = parts.get(i)
        if total:
            used["part_of"] = total[1]
        yield MetricChoice(metric, phase.phase, total[0] if total else None, used)


def _headline(chosen: list[MetricChoice], layout: Layout, quantities: Sequence[Quantity]) -> list[MetricChoice]:
    """A title tells in short what the text tells in full: its numbers take the phase that they have there."""
    told = {(q.value, q.unit): c for q, c in zip(quantities, chosen, strict=True) if q.start >= layout.title.end}
    made = []
    for quantity, choice in zip(quantities, chosen, strict=True):
        full = told.get((quantity.value, quantity.unit))
        if full and quantity.end <= layout.title.end:
            choice = choice._replace(phase=full.phase, rules={**choice.rules, "phase": "phase.headline"})
        made.append(choice)
    return made


def tokens_in(doc: Doc, unit: Unit) -> list[Token]:
    """The tokens of a sentence, from whatever tokeniser made the Doc."""
    span = doc.char_span(unit.start, unit.end, alignment_mode="expand")
    return [Token(t.idx, t.idx + len(t), t.tag_) for t in span] if span is not None else []
