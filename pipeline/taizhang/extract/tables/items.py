"""Tables: cells that are prose, each with what its row and column say of the figures told in it."""

from __future__ import annotations

from typing import NamedTuple

from taizhang.extract.places.topic import PlaceCode
from taizhang.records import Phase

PLANS = frozenset({"context", "measure", "result", "effect"})
DONE = "phase.done"


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


def phase_in(item: ProseCell, phase: Phase, rule: str) -> tuple[Phase, str]:
    """The phase of a figure in a cell: a column of problems or of measures to come decides where no verb tells more.

    What is to be done by a date is a plan, whatever verb tells it; what a list finds wrong is a problem where nothing
    says what became of it.
    """
    if item.about == "plan" and phase in PLANS and not rule.startswith(DONE):
        return "target", "table.phase.plan"
    if item.about == "problem" and phase == "context":
        return "problem", "table.phase.problem"
    return phase, rule
