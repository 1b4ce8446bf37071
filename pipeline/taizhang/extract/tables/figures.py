"""Tables: one block's cells as candidates, exclusions and prose."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from taizhang.article import Cleaned
from taizhang.extract.candidates import Candidate, Exclusion
from taizhang.extract.places.gazetteer import NATION, gazetteer, within
from taizhang.extract.places.pointers import pointer_rules
from taizhang.extract.places.ruling import place_of
from taizhang.extract.places.topic import Spot
from taizhang.extract.tables.blocks import Block
from taizhang.extract.tables.columns import Column, Columns
from taizhang.extract.tables.facts import Side, kind_of, metric, time, unit
from taizhang.extract.tables.grid import Grid
from taizhang.extract.tables.items import Item
from taizhang.extract.tables.kinds import is_prose
from taizhang.extract.tables.labels import Labels
from taizhang.extract.tables.numbers import Figure, Figures
from taizhang.extract.tables.parts import COLUMNS, ROWS, Entry, linked
from taizhang.extract.tables.saying import STANDS, saying
from taizhang.extract.tables.setting import Setting
from taizhang.extract.tables.shapes import Words, squeezed
from taizhang.extract.tables.sides import Sides
from taizhang.extract.tables.spots import Spots
from taizhang.extract.tables.units import Units
from taizhang.records import How, Metric, Place, Quantity
from taizhang.rules import RuleSet

NUMBER_REASONS = {"serial": "ordinal", "phone": "boilerplate", "code": "boilerplate"}
NAMING = frozenset({"label", "place", "entity", "agency", "unit"})


class Tools:
    """What all tables of one article are read with."""

    def __init__(self, rules: RuleSet, published: str | None) -> None:
        self.words, self.units = Words.of(rules), Units.of(rules)
        self.spots = Spots(rules, published)
        self.labels = Labels(rules, self.spots, published)
        self.figures = Figures(rules, published)
        self.saying = saying(rules)
        self._names, self._nation = gazetteer(rules), pointer_rules(rules).nation_name
        self.place = lru_cache(maxsize=65536)(self._place)

    def _place(self, spot: Spot, how: How) -> Place:
        if not spot.code:
            return Place()
        return place_of(spot, how, self._names, self.spots.year, self._nation)


class BlockReader:
    """One block. After ``candidates()``, ``exclusions`` and ``items`` hold the rest of its cells."""

    def __init__(
        self,
        table: int,
        grid: Grid,
        block: Block,
        columns: Columns,
        sides: Sides,
        setting: Setting,
        tools: Tools,
        cleaned: Cleaned,
    ) -> None:
        self.table, self.grid, self.block, self.columns = table, grid, block, columns
        self.sides, self.setting, self.tools, self.cleaned = sides, setting, tools, cleaned
        self.exclusions: list[Exclusion] = []
        self.items: list[Item] = []
        self._made: list[Candidate] = []
        self._entries: list[tuple[Entry, int, int]] = []  # each with its row and column
        self._national: bool | None = None
        self._stubs = {c.number for f in columns.figures for c in columns.stub(f)}

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
        cell, kind = self.grid.cells[number], self.grid.kinds[number]
        text = self.grid.texts[number]
        column = self.columns.all[cell.column]
        if not any(c.isdigit() for c in text) and kind == "text" and column.role in NAMING:
            self._label(number)
        elif column.role in NUMBER_REASONS and kind in ("number", "year", "code", "phone", "date"):
            self._exclude(number, NUMBER_REASONS[column.role], f"table.{column.role}")
        elif kind in ("date", "phone") or (kind == "year" and column.role in ("period", "date")):
            self._exclude(number, "boilerplate" if kind == "phone" else "date", f"table.{kind}")
        elif kind == "code":
            self._exclude(number, "boilerplate", "table.code")
        elif column.role in ("period", "date"):
            self._label(number)
        elif kind in ("number", "year"):
            self._figures(number, column)
        elif kind == "none":
            self._label(number)
        elif column.role == "figure":
            self._mixed(number, column)
        elif (column.role in NAMING and cell.column in self._stubs and not is_prose(text)) or column.role in (
            "place",
            "agency",
            "unit",
        ):
            self._label(number)
        else:
            self._prose(number, column)

    def _mixed(self, number: int, column: Column) -> None:
        """Words in a column of figures: prose if they are a sentence, else figures with words beside them."""
        if is_prose(self.grid.texts[number]):
            self._prose(number, column)
        else:
            self._figures(number, column)

    def _prose(self, number: int, column: Column | None) -> None:
        cell = self.grid.cells[number]
        row = self.sides.of_row(cell.row, cell.column) if column else Side()
        said = self.sides.column(column.number) if column else Side()
        spot = row.spot if row.spot.code else self.setting.spot
        agency = row.agency or (self.sides.agency(cell.row) if column else "")
        about = ""
        if column:
            has = self.tools.words.has
            about = next((c for c in ("outcome", "plan", "problem") if has(c, column.title)), "")  # type: ignore[arg-type]
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

    def _figures(self, number: int, column: Column) -> None:
        """The figures of one cell."""
        cell = self.grid.cells[number]
        found = self.tools.figures.read(self.grid.texts[number])
        for e in found.others:
            self.exclusions.append(e._replace(start=e.start + cell.start, end=e.end + cell.start))
        row = self.sides.of_row(cell.row, cell.column)
        over = self.sides.column(cell.column)
        name, rule = metric(row, over, self.setting, self.tools.words)
        naming = {n for n in self.sides.label_cells(cell.row, cell.column)}
        for figure in found.figures:
            start, end = cell.start + figure.start, cell.start + figure.end
            if self._uncertain(start, end):
                self.exclusions.append(Exclusion(start, end, "damaged", "clean.uncertain"))
            elif not name or number in naming:
                self.exclusions.append(Exclusion(start, end, "table", "table.unnamed"))
            else:
                self._add(figure, number, row, over, name, rule)

    def _add(self, figure: Figure, number: int, row: Side, over: Side, name: str, rule: str) -> None:
        cell = self.grid.cells[number]
        quantity, factor = self._quantity(figure, cell.start, row, over, name)
        heads = (over.own, over.words, row.own)
        said = self.tools.saying.of(name, heads, quantity.unit, quantity.kind)
        value, time_rule = time(row, over, self.setting)
        spot, how, place_rule = self._spot(row, over)
        agency = row.agency or self.sides.agency(cell.row)
        used = {**quantity.rules, "metric": rule, "phase": said.rule, "place": place_rule, "time": time_rule}
        if agency:
            used["agency"] = "table.agency"
        phase = said.phase
        if self._to_come(value):
            phase, used["phase"] = "target", "phase.time-to-come"
        number_ = len(self._made)
        self._made.append(
            Candidate(
                quantity=quantity,
                metric=Metric(name=name, action=said.action, object=said.object),
                phase=phase,
                place=self.tools.place(spot, how),
                agency=agency,
                time=value,
                part_of=None,
                rules=used,
                row=self._row_name(cell.row),
            )
        )
        self._note(figure, quantity, factor, number, number_, row, over)

    def _quantity(
        self, figure: Figure, at: int, row: Side, over: Side, name: str
    ) -> tuple[Quantity, Decimal]:
        """A figure with its unit, and the multiplier that the unit brought."""
        start, end = at + figure.start, at + figure.end
        factor = Decimal(1)
        made, kind, rule = figure.unit, figure.kind, figure.rules.get("unit", "")
        if kind is None:
            unit_, rule = unit(row, over, self.setting, name, self.tools.words, self.tools.units)
            factor = unit_.factor
            made, kind = kind_of(unit_, name, self.tools.words)
        rules = {
            "value": figure.rules.get("value", "table.plain"),
            "unit": rule,
            "bound": figure.rules.get("bound", "bound.exact"),
            "kind": rule,
        }
        return (
            Quantity(
                start=start,
                end=end,
                quote=self.cleaned.text[start:end],
                value=figure.value * factor,
                value_max=figure.value_max * factor if figure.value_max is not None else None,
                unit=made,
                bound=figure.bound,
                kind=kind,
                rules=rules,
            ),
            factor,
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

    def _of_nation(self, row: Side, over: Side) -> bool:
        """Whether heads, captions or notes say that a table is of the whole country."""
        if self._national is None:
            notes = [self.grid.texts[n] for n in (*self.block.notes, *self.block.captions)]
            texts = [*notes, *self.setting.captions]
            self._national = any(self.tools.words.has("nation", t) for t in texts)
        return self._national or any(self.tools.words.has("nation", t) for t in (row.words, over.words))

    def _to_come(self, value: str) -> bool:
        published = self.cleaned.document.published
        begins = value.split("/", maxsplit=1)[0]
        return published is not None and begins != "" and begins > published[: len(begins)]

    def _uncertain(self, start: int, end: int) -> bool:
        spans = self.cleaned.uncertain
        index = bisect_left(spans, (end + 1,))
        return index > 0 and start < spans[index - 1][1] + 1

    def _note(
        self, figure: Figure, quantity: Quantity, factor: Decimal, cell: int, made: int, row: Side, over: Side
    ) -> None:
        """Keep what the sums are checked with."""
        exponent = figure.value.as_tuple().exponent
        step = (Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)) * factor
        at = self.grid.cells[cell]
        label = next(iter(self.sides.label_cells(at.row, at.column)), None)
        indent = self.grid.cells[label].indent if label is not None else 0
        group = self.block.group.get(at.row, -1)
        entry = Entry(made, at.row, quantity.value, step, quantity.unit, quantity.kind, row, indent, group)
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
