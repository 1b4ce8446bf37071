"""Tables: one block's cells as candidates, exclusions and prose."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from taizhang.article import Cleaned
from taizhang.extract.candidates import Candidate, Exclusion
from taizhang.extract.places.gazetteer import NATION, gazetteer, within
from taizhang.extract.places.pointers import pointer_rules
from taizhang.extract.places.ruling import place_of
from taizhang.extract.places.topic import Spot
from taizhang.extract.tables.blocks import Block
from taizhang.extract.tables.columns import Column, Columns
from taizhang.extract.tables.facts import Naming, Side, time
from taizhang.extract.tables.grid import Grid
from taizhang.extract.tables.items import Item
from taizhang.extract.tables.kinds import Kinds, is_prose
from taizhang.extract.tables.labels import Labels
from taizhang.extract.tables.numbers import Figure, Figures
from taizhang.extract.tables.parts import COLUMNS, ROWS, Entry, linked, step
from taizhang.extract.tables.saying import STANDS, saying
from taizhang.extract.tables.setting import Setting
from taizhang.extract.tables.shapes import CellKind, Words, squeezed
from taizhang.extract.tables.sides import Sides
from taizhang.extract.tables.spots import Spots
from taizhang.extract.tables.units import Units
from taizhang.records import How, Metric, Place, Quantity
from taizhang.rules import RuleSet

NUMBER_REASONS = {"serial": "ordinal", "phone": "boilerplate", "code": "boilerplate"}
ABOUT: tuple[Literal["outcome", "plan", "problem"], ...] = ("outcome", "plan", "problem")
NAMING = frozenset({"label", "place", "entity", "agency", "unit"})


class Tools:
    """What all tables of one article are read with."""

    def __init__(self, rules: RuleSet, published: str | None) -> None:
        self.words, self.units = Words.of(rules), Units.of(rules)
        self.kinds, self.spots = Kinds.of(rules), Spots(rules, published)
        self.labels = Labels(rules, self.spots, published)
        self.figures = Figures(rules, published)
        self.saying, self.naming = saying(rules), Naming(self.words, self.units)
        self._names, self._nation = gazetteer(rules), pointer_rules(rules).nation_name
        self.place = lru_cache(maxsize=65536)(self._place)

    def _place(self, spot: Spot, how: How) -> Place:
        if not spot.code:
            return Place()
        return place_of(spot, how, self._names, self.spots.year, self._nation)


class Part(NamedTuple):
    """One block of a table, with its columns, what its rows and columns say, and what governs it all."""

    table: int
    grid: Grid
    block: Block
    columns: Columns
    sides: Sides
    setting: Setting


class Meeting(NamedTuple):
    """Where a row and a column meet in a cell: what both say, and the metric that they name together."""

    cell: int
    row: Side
    column: Side
    name: str
    rule: str


class BlockReader:
    """One block. After ``candidates()``, ``exclusions`` and ``items`` hold the rest of its cells."""

    def __init__(self, part: Part, tools: Tools, cleaned: Cleaned) -> None:
        self.table, self.grid, self.block, self.columns, self.sides, self.setting = part
        self.tools, self.cleaned = tools, cleaned
        self.exclusions: list[Exclusion] = []
        self.items: list[Item] = []
        self._made: list[Candidate] = []
        self._entries: list[tuple[Entry, int, int]] = []  # each with its row and column
        self._national: bool | None = None
        self._stubs = {c.number for f in self.columns.figures for c in self.columns.stub(f)}

    def candidates(self) -> list[Candidate]:
        """The figures of the block, in text order; ``part_of`` counts among them."""
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
        self._link()
        return self._made

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
        elif kind in ("number", "year"):
            self._figures(number)
        elif column.role == "figure":
            self._mixed(number, column)
        else:
            self._prose(number, column)

    def _no_figure(self, kind: CellKind, column: Column) -> tuple[str, str] | None:
        """Why a number is none, with the rule: it counts rows, is a code, a telephone number or a date."""
        if column.role in NUMBER_REASONS and kind not in ("none", "text"):
            return NUMBER_REASONS[column.role], f"table.{column.role}"
        if kind == "date" or (kind == "year" and column.role in ("period", "date")):
            return "date", f"table.{kind}"
        return ("boilerplate", f"table.{kind}") if kind in ("phone", "code") else None

    def _names(self, number: int, column: Column) -> bool:
        """Whether words only name something: what a row is of, who did it, where."""
        text = self.grid.texts[number]
        if self.grid.kinds[number] != "text" or column.role not in NAMING:
            return False
        stub = column.number in self._stubs and not is_prose(text)
        return stub or column.role in ("place", "agency", "unit") or not any(c.isdigit() for c in text)

    def _mixed(self, number: int, column: Column) -> None:
        """Words in a column of figures: prose if they are a sentence, else figures with words beside them."""
        if is_prose(self.grid.texts[number]):
            self._prose(number, column)
        else:
            self._figures(number)

    def _prose(self, number: int, column: Column | None) -> None:
        cell = self.grid.cells[number]
        row = self.sides.of_row(cell.row, cell.column) if column else Side()
        said = self.sides.column(column.number) if column else Side()
        spot = row.spot if row.spot.code else self.setting.spot
        agency = row.agency or (self.sides.agency(cell.row) if column else "")
        about = ""
        if column:
            has = self.tools.words.has
            about = next((c for c in ABOUT if has(c, column.title)), "")
        self.items.append(
            Item(
                start=cell.start,
                end=cell.end,
                row=self._row_name(cell.row) if column else "",
                spot=spot,
                how="heading" if row.spot.code else self.setting.how,
                agency=agency,
                deadline=self.sides.deadline(cell.row) if column else "",
                time=row.time or said.time or self.setting.time,
                about=about,
            )
        )

    def _row_name(self, row: int) -> str:
        return f"t{self.table}r{row + 1}"

    def _figures(self, number: int) -> None:
        """The figures of one cell."""
        cell = self.grid.cells[number]
        found = self.tools.figures.read(self.grid.texts[number])
        for e in found.others:
            self.exclusions.append(e._replace(start=e.start + cell.start, end=e.end + cell.start))
        row, over = self.sides.of_row(cell.row, cell.column), self.sides.column(cell.column)
        meeting = Meeting(number, row, over, *self.tools.naming.metric(row, over, self.setting))
        named = bool(meeting.name) and number not in self.sides.label_cells(cell.row, cell.column)
        for figure in found.figures:
            start, end = cell.start + figure.start, cell.start + figure.end
            if self._uncertain(start, end):
                self.exclusions.append(Exclusion(start, end, "damaged", "clean.uncertain"))
            elif named:
                own = self._in_brackets(number, figure.start)
                self._add(figure, meeting._replace(name=own, rule="table.cell") if own else meeting)
            else:
                self.exclusions.append(Exclusion(start, end, "table", "table.unnamed"))

    def _in_brackets(self, number: int, at: int) -> str:
        """What brackets in a cell say that a figure in them counts: 五保户 in 98户（含五保户12户）."""
        found = self.tools.words.own_name.search(self.grid.texts[number], 0, at)
        return found["name"] if found else ""

    def _add(self, figure: Figure, meeting: Meeting) -> None:
        cell, row, over = self.grid.cells[meeting.cell], meeting.row, meeting.column
        quantity = self._quantity(figure, meeting)
        said = self.tools.saying.of(
            meeting.name, (over.own, over.words, row.own), quantity.unit, quantity.kind
        )
        value, time_rule = time(row, over, self.setting)
        agency = row.agency or self.sides.agency(cell.row)
        spot, how, place_rule = self._seat(agency) if agency and not row.spot.code else self._spot(row, over)
        if not spot.code:
            spot, how, place_rule = self._spot(row, over)
        used = {**quantity.rules, "metric": meeting.rule, "phase": said.rule}
        used |= {"place": place_rule, "time": time_rule}
        if agency:
            used["agency"] = "table.agency"
        phase = said.phase
        if self._to_come(value):
            phase, used["phase"] = "target", "phase.time-to-come"
        self._note(meeting, quantity)
        self._made.append(
            Candidate(
                quantity=quantity,
                metric=Metric(name=meeting.name, action=said.action, object=said.object),
                phase=phase,
                place=self.tools.place(spot, how),
                agency=agency,
                time=value,
                part_of=None,
                rules=used,
                row=self._row_name(cell.row),
            )
        )

    def _quantity(self, figure: Figure, meeting: Meeting) -> Quantity:
        """A figure with its unit, and the multiplier that it brings worked in."""
        at = self.grid.cells[meeting.cell].start
        factor = Decimal(1)
        made, kind, rule = figure.unit, figure.kind, figure.rules.get("unit", "")
        if kind is None:
            naming = self.tools.naming
            unit, rule = naming.unit(meeting.row, meeting.column, self.setting, meeting.name)
            factor = unit.factor
            made, kind = naming.with_base(unit, meeting.name)
        used = {"value": "table.plain", "bound": "bound.exact", **figure.rules, "unit": rule, "kind": rule}
        return Quantity(
            start=at + figure.start,
            end=at + figure.end,
            quote=self.cleaned.text[at + figure.start : at + figure.end],
            value=figure.value * factor,
            value_max=figure.value_max * factor if figure.value_max is not None else None,
            unit=made,
            bound=figure.bound,
            kind=kind,
            rules=used,
        )

    def _spot(self, row: Side, over: Side) -> tuple[Spot, How, str]:
        """The more specific of the places that a row and a column name; else the table's."""
        if row.spot.code and over.spot.code:
            inner = row.spot if within(row.spot.code, over.spot.code) else over.spot
            return inner, "heading", "table.place.row-and-column"
        if row.spot.code:
            return row.spot, "heading", "table.place.row"
        if over.spot.code:
            return over.spot, "heading", "table.place.column"
        how: How = self.setting.how or ""  # type: ignore[assignment]
        if not self.setting.spot.code and self._of_nation(row, over):
            return Spot(NATION), "heading", "table.place.nation"
        return self.setting.spot, how, "table.place.table" if self.setting.spot.code else ""

    def _seat(self, agency: str) -> tuple[Spot, How, str]:
        """Where an organisation that names its place has its seat, inside what the table is of."""
        seat, about = self.tools.spots.named(agency), self.setting.spot.code
        fits = seat is not None and (not about or within(seat.code, about))
        return (seat, "agency", "table.place.agency") if seat is not None and fits else (Spot(), "", "")

    def _of_nation(self, row: Side, over: Side) -> bool:
        """Whether heads, captions or notes say that a table is of the whole country."""
        if self._national is None:
            notes = [self.grid.texts[n] for n in (*self.block.notes, *self.block.captions)]
            texts = [*notes, *self.setting.captions]
            self._national = any(self.tools.words.has("nation", t) for t in texts)
        return self._national or any(self.tools.words.has("nation", t) for t in (row.words, over.words))

    def _to_come(self, value: str) -> bool:
        document = self.cleaned.document
        published = document.published if document.published_by != "properties" else None
        begins = value.split("/", maxsplit=1)[0]
        return published is not None and begins != "" and begins > published[: len(begins)]

    def _uncertain(self, start: int, end: int) -> bool:
        spans = self.cleaned.uncertain
        index = bisect_left(spans, (end + 1,))
        return index > 0 and start < spans[index - 1][1] + 1

    def _note(self, meeting: Meeting, quantity: Quantity) -> None:
        """Keep what the sums are checked with, of the candidate that is made next."""
        at = self.grid.cells[meeting.cell]
        label = next(iter(self.sides.label_cells(at.row, at.column)), None)
        entry = Entry(
            number=len(self._made),
            order=at.row,
            value=quantity.value,
            step=step(quantity),
            unit=quantity.unit,
            kind=quantity.kind,
            side=meeting.row,
            indent=self.grid.cells[label].indent if label is not None else 0,
            group=self.block.group.get(at.row, -1),
        )
        self._entries.append((entry, at.row, at.column))

    def _link(self) -> None:
        """Give each part its total."""
        found = linked(_lines((column, entry) for entry, _, column in self._entries), ROWS)
        along = [
            (row, entry._replace(order=column, side=self.sides.column(column), indent=0, group=-1))
            for entry, row, column in self._entries
        ]
        for number, link in linked(_lines(along), COLUMNS).items():
            found.setdefault(number, link)
        for number, (total, rule) in found.items():
            made, whole = self._made[number], self._made[total]
            used = {**made.rules, "part_of": rule}
            phase = made.phase
            if used["phase"] == STANDS and phase != whole.phase:
                phase, used["phase"] = whole.phase, "phase.whole"
            self._made[number] = replace(made, part_of=total, phase=phase, rules=used)


def _lines(keyed: Iterable[tuple[int, Entry]]) -> list[list[Entry]]:
    lines: dict[int, list[Entry]] = {}
    for key, entry in keyed:
        lines.setdefault(key, []).append(entry)
    return list(lines.values())
