"""Tables: the figures of one block with what their sums are checked by, and which of them is a part of which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from taizhang.extract.candidates import Candidate
from taizhang.extract.tables.facts import Side
from taizhang.extract.tables.parts import COLUMNS, ROWS, PartFigure, linked, step
from taizhang.extract.tables.saying import STANDS
from taizhang.extract.tables.shapes import TableWords, squeezed
from taizhang.extract.tables.tools import BlockReading
from taizhang.records import Quantity


class Links:
    """Collects the figures of a block, then gives each part its total."""

    def __init__(self, part: BlockReading, words: TableWords) -> None:
        self.grid, self.block, self.sides = part.grid, part.block, part.sides
        self._words, self._made = words, 0
        self._codes = [c.number for c in part.columns.all.values() if c.role == "code"]
        self._entries: list[tuple[PartFigure, int, int]] = []  # each with its row and column

    def note(self, cell: int, row: Side, quantity: Quantity) -> None:
        """Keep a figure; the candidates are made in the same order."""
        at = self.grid.cells[cell]
        label = next(iter(self.sides.label_cells(at.row, at.column)), None)
        entry = PartFigure(
            number=self._made,
            order=at.row,
            value=quantity.value,
            step=step(quantity),
            unit=quantity.unit,
            kind=quantity.kind,
            side=row,
            indent=self.grid.cells[label].indent if label is not None else 0,
            group=self.block.group.get(at.row, -1),
            code=self._code(at.row),
        )
        self._made += 1
        if not self._words.has("change", self.sides.column(at.column).own):  # differences add up to nothing
            self._entries.append((entry, at.row, at.column))

    def _code(self, row: int) -> str:
        at = self.grid.at[row]
        return next((squeezed(self.grid.texts[at[c]]) for c in self._codes if c in at), "")

    def link(self, made: list[Candidate]) -> None:
        """Give each part its total, by its number among ``made``."""
        found = linked(_lines((column, entry) for entry, _, column in self._entries), ROWS)
        along = [
            (row, entry._replace(order=column, side=self.sides.column(column), indent=0, group=-1))
            for entry, row, column in self._entries
        ]
        for number, link in linked(_lines(along), COLUMNS).items():
            found.setdefault(number, link)
        for number, (total, rule) in found.items():
            part, whole = made[number], made[total]
            used = {**part.rules, "part_of": rule}
            phase = part.phase
            if used["phase"] == STANDS and phase != whole.phase:
                phase, used["phase"] = whole.phase, "phase.whole"
            made[number] = replace(part, part_of=total, phase=phase, rules=used)


def _lines(keyed: Iterable[tuple[int, PartFigure]]) -> list[list[PartFigure]]:
    lines: dict[int, list[PartFigure]] = {}
    for key, entry in keyed:
        lines.setdefault(key, []).append(entry)
    return list(lines.values())
