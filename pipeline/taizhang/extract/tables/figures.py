"""Tables: one block's cells as candidates, exclusions and prose."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from taizhang.article import Cell, Cleaned
from taizhang.extract.candidates import Exclusion
from taizhang.extract.kept import KeptCandidates
from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.columns import DataColumn
from taizhang.extract.tables.facts import Side
from taizhang.extract.tables.items import ProseCell
from taizhang.extract.tables.kinds import is_prose
from taizhang.extract.tables.links import Links
from taizhang.extract.tables.numbers import Figure
from taizhang.extract.tables.shapes import CellKind, squeezed
from taizhang.extract.tables.telling import CandidateMaker, CellMetric
from taizhang.extract.tables.tools import BlockReading, TableReaders

NUMBER_REASONS = {"serial": "ordinal", "phone": "boilerplate", "code": "boilerplate"}
ABOUT: tuple[Literal["outcome", "plan", "problem"], ...] = ("outcome", "plan", "problem")
NAMING = frozenset({"label", "place", "entity", "agency", "unit"})


class BlockReader:
    """One block. ``read`` puts its figures to ``made``; ``exclusions`` and ``items`` then hold its other cells."""

    def __init__(
        self, part: BlockReading, tools: TableReaders, cleaned: Cleaned, made: KeptCandidates
    ) -> None:
        self.table, self.grid, self.block, self.columns, self.sides, self.setting = part
        self.tools, self.cleaned = tools, cleaned
        self.exclusions: list[Exclusion] = []
        self.items: list[ProseCell] = []
        self._made = made
        self._teller, self._links = CandidateMaker(part, tools, cleaned), Links(part, tools.words, made)
        self._stubs = {c.number for f in self.columns.figures for c in self.columns.stub(f)}

    def read(self) -> None:
        """Go through the block in text order."""
        for number in (*self.block.captions, *self._head_cells(), *sorted(set(self.block.group.values()))):
            if is_prose(self.grid.texts[number]) and "。" in self.grid.texts[number]:
                self._prose(number, None)
            else:
                self._label(number)
        for number in self.block.notes:
            self._prose(number, None)
        for row in self.block.data:
            for number in self.grid.own[row]:
                self._cell(number)
        self._links.link()

    def _head_cells(self) -> Iterator[int]:
        for row in self.block.heads:
            yield from self.grid.own[row]

    def _label(self, number: int) -> None:
        """The numbers of a head, a caption or a name are no figures."""
        cell, text = self.grid.cells[number], self.grid.texts[number]
        plain = squeezed(text)
        if plain.isdecimal() and len(plain) < 3:
            self._exclude(number, "ordinal", "table.column-number")
            return
        for e in self.tools.figures.label(text):
            self.exclusions.append(e._replace(start=e.start + cell.start, end=e.end + cell.start))

    def _exclude(self, number: int, reason: str, rule: str) -> None:
        cell = self.grid.cells[number]
        self.exclusions.append(Exclusion(cell.start, cell.end, reason, rule))

    def _cell(self, number: int) -> None:
        """One cell of data, by what its column holds."""
        kind = self.grid.kinds[number]
        column = self.columns.all[self.grid.cells[number].column]
        reason = self._no_figure(kind, column)
        if reason:
            self._exclude(number, *reason)
        elif kind == "none" or column.role in ("period", "date") or self._names(number, column):
            self._label(number)
        elif column.role == "text" and self.tools.words.has("remark", column.title):
            self._prose(number, column)
        elif kind in ("number", "year"):
            self._figures(number)
        elif column.role == "figure":
            self._mixed(number, column)
        else:
            self._prose(number, column)

    def _no_figure(self, kind: CellKind, column: DataColumn) -> tuple[str, str] | None:
        """Why a number is none, with the rule: it counts rows, is a code, a telephone number or a date."""
        if column.role in NUMBER_REASONS and kind not in ("none", "text"):
            return NUMBER_REASONS[column.role], f"table.{column.role}"
        if kind == "date" or (kind == "year" and column.role in ("period", "date")):
            return "date", f"table.{kind}"
        return ("boilerplate", f"table.{kind}") if kind in ("phone", "code") else None

    def _names(self, number: int, column: DataColumn) -> bool:
        """Whether words only name something: what a row is of, who did it, where."""
        text = self.grid.texts[number]
        if self.grid.kinds[number] != "text" or column.role not in NAMING:
            return False
        stub = column.number in self._stubs and not is_prose(text)
        return stub or column.role in ("place", "agency", "unit") or not any(c.isdigit() for c in text)

    def _mixed(self, number: int, column: DataColumn) -> None:
        """Words in a column of figures: prose if they are a sentence, else figures with words beside them."""
        if is_prose(self.grid.texts[number]):
            self._prose(number, column)
        else:
            self._figures(number)

    def _prose(self, number: int, column: DataColumn | None) -> None:
        """A cell of prose with what its row says of the figures in it; without a column it belongs to no row."""
        cell, setting = self.grid.cells[number], self.setting
        if column is None:
            spot, how, time = setting.spot, setting.how, setting.time
            self.items.append(ProseCell(cell.start, cell.end, "", spot, how, "", "", time))
            return
        row, said = self.sides.of_row(cell.row, cell.column), self.sides.column(column.number)
        agency = row.agency or self.sides.agency(cell.row)
        spot, how = self._spot_of_row(cell.row, row, agency)
        about = next((c for c in ABOUT if self.tools.words.has(c, column.title)), "") or self._to_do(column)
        time = row.time or said.time or setting.time
        deadline, name = self.sides.deadline(cell.row), self._row_name(cell.row)
        self.items.append(ProseCell(cell.start, cell.end, name, spot, how, agency, deadline, time, about))

    def _to_do(self, column: DataColumn) -> str:
        """Whether a column tells what is to be done, in a list of that."""
        return "plan" if self.tools.words.has("content", column.title) and self._listed else ""

    @cached_property
    def _listed(self) -> bool:
        """Whether a table is a list of what is to be done: its caption says so, or it has plans in figures."""
        has = self.tools.words.has
        if any(has("planned", caption) for caption in self.setting.captions):
            return True
        return any(has("plan", self.columns.all[number].title) for number in self.columns.figures)

    def _spot_of_row(self, row: int, side: Side, agency: str) -> tuple[PlaceCode, str]:
        """Of what place a row of prose is: what names it, the seat of who answers for it, the one that it tells of."""
        if side.spot.code:
            return side.spot, "heading"
        seat, how, _ = self.tools.seat(agency, self.setting) if agency else (PlaceCode(), "", "")
        if seat.township or (seat.code and seat.code != self.setting.spot.code):
            return seat, how
        for number in self.grid.own[row]:
            text = self.grid.texts[number]
            told = self.tools.spots.only(text, self.setting.spot.code) if is_prose(text) else None
            if told:
                return told, "heading"
        return self.setting.spot, self.setting.how

    def _row_name(self, row: int) -> str:
        return f"t{self.table}r{row + 1}"

    def _figures(self, number: int) -> None:
        """The figures of one cell."""
        cell = self.grid.cells[number]
        found = self.tools.figures.read(self.grid.texts[number])
        for e in found.others:
            self.exclusions.append(e._replace(start=e.start + cell.start, end=e.end + cell.start))
        row, over = self.sides.of_row(cell.row, cell.column), self.sides.column(cell.column)
        meeting = CellMetric(number, row, over, *self.tools.naming.metric(row, over, self.setting))
        meeting = meeting._replace(name=self._way(number, meeting.name, over))
        named = bool(meeting.name) and number not in self.sides.label_cells(cell.row, cell.column)
        for figure in found.figures:
            start, end = cell.start + figure.start, cell.start + figure.end
            if self._uncertain(start, end):
                self.exclusions.append(Exclusion(start, end, "damaged", "clean.uncertain"))
            elif self._over_several(cell):
                self.exclusions.append(Exclusion(start, end, "table", "table.no-column"))
            elif named:
                own = self._in_brackets(number, figure.start)
                self._add(figure, meeting._replace(name=own, rule="table.cell") if own else meeting)
            else:
                self.exclusions.append(Exclusion(start, end, "table", "table.unnamed"))

    def _over_several(self, cell: Cell) -> bool:
        """Whether a cell goes over columns with heads of their own: then its figures are of none of them."""
        over = (self.columns.all.get(c) for c in range(cell.column, cell.column + cell.columns))
        return cell.columns > 1 and len({column.head for column in over if column}) > 1

    def _in_brackets(self, number: int, at: int) -> str:
        """What brackets in a cell say that a figure in them counts: 五保户 in 98户（含五保户12户）."""
        found = self.tools.words.own_name.search(self.grid.texts[number], 0, at)
        return found["name"] if found else ""

    def _way(self, number: int, name: str, said: Side) -> str:
        """The name of a change with the way it went, where only the cell says so: 同比, then 下降3.7%."""
        moved = self.tools.words.form("moved", self.grid.texts[number])
        return name + moved if moved and self.tools.words.has("change", said.own) else name

    def _add(self, figure: Figure, meeting: CellMetric) -> None:
        row = self.grid.cells[meeting.cell].row
        made = self._teller.candidate(figure, meeting, self.sides.agency(row), self._row_name(row))
        self._made.append(made)
        self._links.note(meeting.cell, meeting.row)

    def _uncertain(self, start: int, end: int) -> bool:
        spans = self.cleaned.uncertain
        index = bisect_left(spans, (end + 1,))
        return index > 0 and start < spans[index - 1][1] + 1
