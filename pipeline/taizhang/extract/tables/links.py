"""Tables: the figures of one block with what their sums are checked by, and which of them is a part of which."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from taizhang.compact import Packed
from taizhang.extract.kept import KeptCandidates, Shared
from taizhang.extract.tables.facts import Side
from taizhang.extract.tables.parts import COLUMNS, ROWS, Found, PartFigure, linked, step
from taizhang.extract.tables.saying import STANDS
from taizhang.extract.tables.shapes import TableWords, squeezed
from taizhang.extract.tables.tools import BlockReading


class Links:
    """Notes the figures of a block as they are put to ``made``, then gives each part its total."""

    def __init__(self, part: BlockReading, words: TableWords, made: KeptCandidates) -> None:
        self.grid, self.block, self.sides = part.grid, part.block, part.sides
        self._words, self._made = words, made
        self._codes = [c.number for c in part.columns.all.values() if c.role == "code"]
        self._entries: Packed[tuple[int, ...]] = Packed(_entry, 7)
        self._columns: dict[int, array[int]] = {}
        self._shared = Shared()

    def note(self, cell: int, row: Side) -> None:
        """Note the figure that was put to ``made`` last."""
        at = self.grid.cells[cell]
        if self._words.has("change", self.sides.column(at.column).own):  # differences add up to nothing
            return
        label = next(iter(self.sides.label_cells(at.row, at.column)), None)
        indent = self.grid.cells[label].indent if label is not None else 0
        group = self.block.group.get(at.row, -1)
        code, side = self._code(at.row), _told(row)
        self._columns.setdefault(at.column, array("i")).append(len(self._entries))
        shared = self._shared.number(code, code), self._shared.number(side, side)
        self._entries.append((len(self._made) - 1, at.row, at.column, indent, group, *shared))

    def _code(self, row: int) -> str:
        at = self.grid.at[row]
        return next((squeezed(self.grid.texts[at[c]]) for c in self._codes if c in at), "")

    def link(self) -> None:
        """Give each part its total: the lines down the columns first, then those along the rows."""
        done = bytearray(len(self._made))
        for numbers in self._columns.values():
            self._apply(linked([self._down(numbers)], ROWS), done)
        rows = self._entries.column(1)
        for _, along in groupby(range(len(rows)), key=rows.__getitem__):
            self._apply(linked([self._along(along)], COLUMNS), done)

    def _down(self, numbers: Iterable[int]) -> list[PartFigure]:
        return [self._figure(n) for n in numbers]

    def _along(self, numbers: Iterable[int]) -> list[PartFigure]:
        columns = self._entries.column(2)
        return [
            self._figure(n)._replace(order=columns[n], side=self.sides.column(columns[n]), indent=0, group=-1)
            for n in numbers
        ]

    def _figure(self, entry: int) -> PartFigure:
        number, row, _, indent, group, code, side = self._entries[entry]
        quantity, values = self._made.quantity(number), self._shared.values
        return PartFigure(
            number=number,
            order=row,
            value=quantity.value,
            step=step(quantity),
            unit=quantity.unit,
            kind=quantity.kind,
            side=values[side],
            indent=indent,
            group=group,
            code=values[code],
        )

    def _apply(self, found: Found, done: bytearray) -> None:
        for number, (total, rule) in found.items():
            if done[number]:
                continue
            done[number] = True
            part, whole = self._made[number], self._made[total]
            used = {**part.rules, "part_of": rule}
            phase = part.phase
            if used["phase"] == STANDS and phase != whole.phase:
                phase, used["phase"] = whole.phase, "phase.whole"
            self._made[number] = replace(part, part_of=total, phase=phase, rules=used)


def _told(row: Side) -> Side:
    """What of a row tells parts from totals: the same for many rows."""
    return Side(
        words=row.words, time=row.time, spot=row.spot, among=row.among, total=row.total, level=row.level
    )


def _entry(*fields: int) -> tuple[int, ...]:
    return fields
