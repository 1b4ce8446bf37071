"""Tables: the rows and columns of one block, each with what it says of its figures."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache

from taizhang.extract.places.gazetteer import within
from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.blocks import TableBlock
from taizhang.extract.tables.columns import DataColumn, DataColumns
from taizhang.extract.tables.facts import NONE, Side, side
from taizhang.extract.tables.grid import Grid
from taizhang.extract.tables.heads import ColumnSides
from taizhang.extract.tables.labels import NOTHING, Label, Labels, latest
from taizhang.extract.tables.setting import TableSetting
from taizhang.extract.tables.shapes import squeezed
from taizhang.extract.tables.units import ScaledUnit
from taizhang.extract.tables.wholes import RowWholes

LONGEST_RUN = 60  # rows that one cell may go on down
LONG = 5  # characters of a row's name from which on it needs no other above it


class Sides:
    """What each row and each column of a block says."""

    def __init__(
        self, grid: Grid, block: TableBlock, columns: DataColumns, labels: Labels, setting: TableSetting
    ) -> None:
        self.grid, self.block, self.columns = grid, block, columns
        self._labels, self._setting = labels, setting
        self._words = labels.words
        self.column = ColumnSides(grid, block, columns, labels, setting).of
        self.of_stub = lru_cache(maxsize=64)(self._row)
        self._stubs: dict[int, tuple[int, ...]] = {}
        self._groups: dict[int, Label] = {}
        self._row_units = not setting.units and all(c.role != "unit" for c in columns.all.values())
        self._wholes: defaultdict[tuple[int, ...], RowWholes] = defaultdict(
            lambda: RowWholes(block, labels.names, self._row_units)
        )
        self._agencies = [c.number for c in columns.all.values() if c.role == "agency"]
        self._deadlines = [c.number for c in columns.all.values() if c.deadline]

    def of_row(self, row: int, column: int) -> Side:
        """What a row says of its figure in a column."""
        if column not in self._stubs:
            self._stubs[column] = tuple(c.number for c in self.columns.stub(column))
        return self.of_stub(row, self._stubs[column])

    def label_cells(self, row: int, column: int) -> tuple[int, ...]:
        """The cells that say what a row is of, for a column."""
        self.of_row(row, column)
        at = self.grid.at[row]
        return tuple(at[c] for c in self._stubs[column] if c in at)

    def _row(self, row: int, stub: tuple[int, ...]) -> Side:
        at = self.grid.at[row]
        reading = _RowReading(self._labels, self._setting)
        group = self._group(row)
        if group is not None:
            reading.spot = group.spot if group.spot and not group.words else NONE
            reading.time = group.time
        seen: set[int] = set()
        for number in stub:
            cell = at.get(number, self._above(row, number, stub))
            if cell is not None and cell not in seen and self.grid.kinds[cell] != "none":
                seen.add(cell)
                reading.take(self.columns.all[number], self.grid.texts[cell])
        made = self._named(row, stub, reading.labels, group)
        return made._replace(
            spot=deeper(reading.spot, made.spot) if made.spot.code else reading.spot,
            time=reading.time or made.time,
            undated=reading.undated or made.undated,
            unit=made.unit or reading.unit,
            agency=reading.agency,
            name=reading.name,
            total=reading.total or made.total,
            product=any(self._words.has("product", squeezed(self.columns.all[n].title)) for n in stub),
        )

    def _named(self, row: int, stub: tuple[int, ...], labels: list[Label], group: Label | None) -> Side:
        """What a row's labels name together, with what it leaves to those above it to say."""
        names = self._labels.names
        own = labels[-1].words if labels else ""
        governs = group is not None and group.words != "" and not self._words.has("sorting", group.words)
        made = side(labels, names)
        if group is not None and governs and len(own) < LONG:
            measure = bool(self._words.tail(group.words)) and not names.measured(own)
            both = [made.words, group.words] if measure else [group.words, made.words]
            made = side([group, *labels], names)._replace(words=names.joined(both))
        whole = self._wholes[stub].of(row, labels[-1]) if labels else NOTHING
        if whole.words and not made.total and made.words:
            words = names.part(made.words, whole.words, labels[-1].among)
            unit = made.unit or (whole.unit if self._row_units and not made.ratio else None)
            made = made._replace(words=words, whole_words=whole.words, unit=unit)
        if made.total and made.words == self._words.form("total", made.words):
            made = made._replace(words=self._of_what(stub) + made.words)
        if made.words and self._words.changes(made.words):
            made = made._replace(words=self._row_before(row, stub) + made.words)
        return made

    def _above(self, row: int, column: int, stub: tuple[int, ...]) -> int | None:
        """The cell that goes on down to an empty one, where the format has no merged cells and the row has a name."""
        at, group = self.grid.at[row], self.block.group.get(row, -1)
        if not any(c > column and c in at and self.grid.kinds[at[c]] == "text" for c in stub):
            return None
        index = bisect_left(self.block.data, row)
        for before in reversed(self.block.data[max(0, index - LONGEST_RUN) : index]):
            if self.block.group.get(before, -1) != group:
                return None
            if column in self.grid.at[before]:
                return self.grid.at[before][column]
        return None

    def _of_what(self, stub: tuple[int, ...]) -> str:
        """Of two tables side by side, what the head over this one's rows says before a word for rows: 收入项目."""
        names = [c.number for c in self.columns.all.values() if c.role == "label"]
        if not stub or len(names) <= len(stub):
            return ""
        title = self.columns.all[stub[-1]].title
        cuts = range(2, len(title) - 1)
        return next((title[:c] for c in cuts if self._words.form("indicator", title[c:]) == title[c:]), "")

    def _row_before(self, row: int, stub: tuple[int, ...]) -> str:
        """What the last row before another tells that is no growth itself: 生产总值, then 增速."""
        index = bisect_left(self.block.data, row)
        for before in reversed(self.block.data[max(0, index - 3) : index]):
            words = self.of_stub(before, stub).words
            if words:
                return "" if self._words.changes(words) else words
        return ""

    def _group(self, row: int) -> Label | None:
        cell = self.block.group.get(row, -1)
        if cell < 0:
            return None
        if cell not in self._groups:
            text = self.grid.texts[cell]
            label = self._labels.near(text, self._setting.anchor, self._setting.spot.code)
            exact = self._labels.spots.exact(text, self._setting.spot.code)
            self._groups[cell] = label._replace(words="", spot=exact) if exact else label
        return self._groups[cell]

    def deadline(self, row: int) -> str:
        """Until when a row's work is to be done, ISO 8601; empty where no column says."""
        at = self.grid.at[row]
        for column in self._deadlines:
            if column in at:
                text = self.grid.texts[at[column]]
                dates = self._labels.dates(text, self._setting.anchor)
                value = latest(dates[-1]) if dates else self._labels.words.month_of(text)
                if value:
                    return value
        return ""

    def agency(self, row: int) -> str:
        """The organisation of a row."""
        at = self.grid.at[row]
        return next((squeezed(self.grid.texts[at[c]]) for c in self._agencies if c in at), "")


def deeper(outer: PlaceCode, inner: PlaceCode) -> PlaceCode:
    """The more specific of two places that a row names, the later where neither holds the other."""
    if outer.code and within(outer.code, inner.code) and outer.code != inner.code:
        return outer
    return inner


class _RowReading:
    """What the cells that say what a row is of have told so far."""

    def __init__(self, labels: Labels, setting: TableSetting) -> None:
        self._labels, self._anchor, self._context = labels, setting.anchor, setting.spot.code
        self._words = labels.words
        self.labels: list[Label] = []
        self.spot, self.time, self.agency, self.name = NONE, "", "", ""
        self.unit: ScaledUnit | None = None
        self.undated = ""
        self.total = False

    def take(self, column: DataColumn, text: str) -> None:
        """One more cell, by what its column holds."""
        if column.role == "unit":
            self.unit = self._labels.units.said(text)
        elif column.role == "period":
            label = self._labels.read(text, self.time or self._anchor)
            self.time, self.undated = label.time or self.time, label.undated
        elif column.role == "agency":
            self.agency = self.agency or squeezed(text)
        elif column.role == "place":
            self._place(column, text)
        else:
            self._name(column, text)

    def _place(self, column: DataColumn, text: str) -> None:
        found = column.spots.get(text)
        if found:
            self.spot = deeper(self.spot, found)
            self.total = self.total or self._words.has("whole", text)
            return
        label = self._labels.near(text, self._anchor, self._context)
        self.total = self.total or label.total
        if not label.total and label.words:
            self.spot = label.spot or self.spot
            self.name = self.name or label.words

    def _name(self, column: DataColumn, text: str) -> None:
        label = self._labels.near(text, self._anchor, self._context)
        self.total = self.total or label.total
        if column.role != "entity":
            self.labels.append(label)
            return
        self.name = self.name or label.words
        if label.spot and (not self._context or within(label.spot.code, self._context)):
            self.spot = label.spot  # who comes from elsewhere tells of no place here
        if label.among:
            self.labels.append(label._replace(words=""))
