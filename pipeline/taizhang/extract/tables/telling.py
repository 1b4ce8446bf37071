"""Tables: a figure with what the row and the column of its cell say, as a candidate."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from taizhang.article import Cleaned
from taizhang.extract.candidates import Candidate
from taizhang.extract.places.gazetteer import NATION, within
from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.facts import Side, time
from taizhang.extract.tables.numbers import Figure
from taizhang.extract.tables.saying import FigureSaid
from taizhang.extract.tables.tools import BlockReading, TableReaders
from taizhang.records import How, Metric, Quantity

YEAR = 4  # digits


class CellMetric(NamedTuple):
    """Where a row and a column meet in a cell: what both say, and the metric that they name together."""

    cell: int
    row: Side
    column: Side
    name: str
    rule: str


class CandidateMaker:
    """Makes the candidates of one block."""

    def __init__(self, part: BlockReading, tools: TableReaders, cleaned: Cleaned) -> None:
        self.grid, self.block, self.setting = part.grid, part.block, part.setting
        self.tools, self.cleaned = tools, cleaned
        self._national: bool | None = None
        self._rules: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}  # each combination once

    def candidate(self, figure: Figure, meeting: CellMetric, agency: str, name: str) -> Candidate:
        """A figure as a candidate; ``agency``: the row's, ``name``: what the row is called."""
        row, over = meeting.row, meeting.column
        quantity = self._quantity(figure, meeting)
        said = self.tools.saying.of(self._said(quantity, meeting), self.setting.state)
        value, time_rule = self._time(row, over)
        agency = row.agency or agency
        spot, how, place_rule = (
            self.tools.seat(agency, self.setting) if agency and not row.spot.code else self._spot(row, over)
        )
        if not spot.code:
            spot, how, place_rule = self._spot(row, over)
        used = {**quantity.rules, "metric": meeting.rule, "phase": said.rule}
        used |= {"place": place_rule, "time": time_rule}
        if agency:
            used["agency"] = "table.agency"
        phase = said.phase
        if phase == "effect" and self._lost(quantity.value, meeting):
            phase, used["phase"] = "context", "table.phase.no-gain"
        if self._to_come(value):
            phase, used["phase"] = "target", "phase.time-to-come"
        return Candidate(
            quantity=quantity,
            metric=Metric(name=meeting.name, action=said.action, object=said.object),
            phase=phase,
            place=self.tools.place(spot, how),
            agency=agency,
            time=value,
            part_of=None,
            rules=self._rules.setdefault(tuple(used.items()), used),
            row=name,
        )

    def _said(self, quantity: Quantity, meeting: CellMetric) -> FigureSaid:
        """What the phase of a figure is read from."""
        row, over, caption = meeting.row, meeting.column, self.setting.words
        return FigureSaid(
            meeting.name,
            quantity.unit,
            quantity.kind,
            _joint(meeting.name, over.words),
            (over.own, over.words),
            (row.own, row.words),
            (over.whole_words, row.whole_words),
            self.tools.labels.names.thing(caption) if caption and meeting.name.startswith(caption) else "",
            self.tools.words.changes(over.own),
            self.tools.words.has("executed", over.own),
        )

    def _time(self, row: Side, over: Side) -> tuple[str, str]:
        """When a figure was so: of a row and a column that name a month and a year, both together."""
        for one, other in ((row, over), (over, row)):
            if one.undated and len(other.time) == YEAR:
                value = self.tools.labels.read(one.undated, other.time).time
                return value, "table.time.row-and-column"
        return time(row, over, self.setting)

    def _quantity(self, figure: Figure, meeting: CellMetric) -> Quantity:
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

    def _spot(self, row: Side, over: Side) -> tuple[PlaceCode, How, str]:
        """The more specific of the places that a row and a column name; else the table's."""
        if row.spot.code and over.spot.code:
            inner = row.spot if within(row.spot.code, over.spot.code) else over.spot
            return inner, "heading", "table.place.row-and-column"
        if row.spot.code:
            return row.spot, "heading", "table.place.row"
        if over.spot.code:
            return over.spot, "heading", "table.place.column"
        how: How = self.setting.how or ""  # type: ignore[assignment]
        told = self.setting.spot.code and not (self.setting.spot.code == NATION and how == "document")
        if (
            not told
        ):  # notes of any office name bodies of the nation: the table itself must say that it is the nation's
            nation = self._of_nation(row, over)
            return (PlaceCode(NATION), "heading", "table.place.nation") if nation else (PlaceCode(), "", "")
        return self.setting.spot, how, "table.place.table" if self.setting.spot.code else ""

    def _of_nation(self, row: Side, over: Side) -> bool:
        """Whether heads, captions or notes say that a table is of the whole country."""
        if self._national is None:
            notes = [self.grid.texts[n] for n in (*self.block.notes, *self.block.captions)]
            texts = [*notes, *self.setting.captions]
            self._national = any(self.tools.words.has("nation", t) for t in texts)
        return self._national or any(self.tools.words.has("nation", t) for t in (row.words, over.words))

    def _lost(self, value: Decimal, meeting: CellMetric) -> bool:
        """Whether a change of what people gain went the other way: fewer clear days, more dust."""
        words = self.tools.words
        less = words.has("less", meeting.name)
        return words.changes(meeting.column.own) and (value > 0 if less else value < 0)

    def _to_come(self, value: str) -> bool:
        document = self.cleaned.document
        published = document.published if document.published_by != "properties" else None
        begins = value.split("/", maxsplit=1)[0]
        return published is not None and begins != "" and begins > published[: len(begins)]


def _joint(name: str, over: str) -> int:
    """Where the column's part of a metric begins that has a row's before it; 0 for one of one part."""
    return len(name) - len(over) if over and name.endswith(over) else 0
