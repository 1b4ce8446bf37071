"""Tables: cells that are prose, each with what its row and column say of the figures told in it."""

from __future__ import annotations

from typing import NamedTuple, cast

from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.saying import reader_in
from taizhang.judge import Choice
from taizhang.records import Phase

PLANS = frozenset({"context", "measure", "result", "effect"})
WRONGS = frozenset({"context", "result", "effect"})
# With what the rules begin that read a phase outright from a word for it.
DONE, BASE, TO_COME = "phase.done.", "phase.role.", "phase.target."


class ProseCell(NamedTuple):
    """One cell of prose, half-open in the text.

    Attributes:
        row: the name of its row.
        spot, how, agency, deadline, time: what the row or the table says.
        about: which part of a rectification its column is: problem, plan, outcome or nothing.
    """

    start: int
    end: int
    row: str
    spot: PlaceCode
    how: str
    agency: str
    deadline: str
    time: str
    about: str = ""


def phase_in(item: ProseCell, choice: Choice) -> tuple[Phase, str]:
    """The phase of a figure in a cell: a column of problems, of measures to come or of outcomes decides where no word
    tells more.

    What is to be done by a date is a plan, whatever verb tells it, but not what was so before (由…提升至); what a list
    finds wrong is a problem, whatever was built or given wrongly; what became of it is no plan.
    """
    phase, reader = cast("Phase", choice.winner.value), reader_in(choice.winner.seen)
    if reader.startswith(DONE):
        return phase, choice.winner.rule
    if item.about == "plan" and phase in PLANS and not (phase == "context" and reader.startswith(BASE)):
        return "target", "table.phase.plan"
    if item.about == "problem" and phase in WRONGS:
        return "problem", "table.phase.problem"
    if item.about == "outcome" and phase == "target" and not reader.startswith(TO_COME):
        return cast("Phase", choice.options[1].value), "table.phase.outcome"
    return phase, choice.winner.rule
