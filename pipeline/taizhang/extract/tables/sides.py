"""Tables: the rows and columns of one block, each with what it says of its figures."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from taizhang.extract.places.gazetteer import within
from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.blocks import TableBlock
from taizhang.extract.tables.columns import DataColumn, DataColumns
from taizhang.extract.tables.facts import NONE, Side, side
from taizhang.extract.tables.grid import Grid
from taizhang.extract.tables.labels import Label, Labels
from taizhang.extract.tables.setting import TableSetting
from taizhang.extract.tables.shapes import squeezed
from taizhang.extract.tables.units import ScaledUnit

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
        self.column = lru_cache(maxsize=None)(self._column)
        self.of_stub = lru_cache(maxsize=64)(self._row)
        self._stubs: dict[int, tuple[int, ...]] = {}
        self._groups: dict[int, Label] = {}
        self._agencies = [c.number for c in columns.all.values() if c.role == "agency"]
        self._deadlines = [c.number for c in columns.all.values() if c.deadline]
        self._ranks = {column: rank for rank, column in enumerate(columns.figures)}
        self.heads = self._head_spots()
        self._whole: tuple[ScaledUnit | None] | None = None

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

    def _head_spots(self) -> dict[str, PlaceCode]:
        """The places that the heads of columns are, where most of them are places."""
        columns = [c for c in self.columns.all.values() if c.role == "figure" and c.head]
        texts = {squeezed(self.grid.texts[n]) for c in columns for n in c.head}
        found = self._labels.spots.column(sorted(texts), self._setting.spot.code)
        return found if len(found) > 1 else {}

    def _column(self, number: int) -> Side:
        column = self.columns.all.get(number)
        if column is None or not column.head:
            return Side()
        anchor = self._setting.anchor
        read: list[Label] = []
        for cell in column.head:
            text = squeezed(self.grid.texts[cell])
            label = self._labels.near(self.grid.texts[cell], anchor, self._setting.spot.code)
            if self._words.numbering.fullmatch(text) or (text.isdecimal() and len(text) < 4):
                continue
            if text in self.heads:
                label = label._replace(words="", spot=self.heads[text])
            elif self._words.has("whole", text):
                label = label._replace(words="", spot=self._labels.spots.whole(text, self._setting.spot.code))
            read.append(label)
            anchor = label.time or anchor
        made = side(read, self._words)
        if number in self._ranks:
            made = made._replace(rank=(self._ranks[number], len(self._ranks)))
        if made.unit is None and not made.ratio:
            made = made._replace(
                unit=self._unit_before(number) if made.among else None, whole=self._unit_of_whole()
            )
        change = self._only_changes(made.words) or (len(read) > 1 and self._only_changes(read[0].words))
        if made.words and change:
            before = self._changed(number)
            return made._replace(words=before.words + made.words, time=made.time or before.time, change=True)
        return made

    def _unit_before(self, number: int) -> ScaledUnit | None:
        """The unit of the column that one of parts follows: 饭店数（家）, 其中：五星级."""
        before = [c for c in self.columns.figures if c < number]
        return self.column(before[-1]).unit if before else None

    def _unit_of_whole(self) -> ScaledUnit | None:
        """The unit over the column that is the sum of others, or that the caption names: 常住人口（人）, 男, 女."""
        if self._whole is None:
            units = []
            for column in self.columns.figures:
                head = self.columns.all[column].head
                label = self._labels.read(self.grid.texts[head[-1]], self._setting.anchor) if head else None
                if label and label.unit and (label.total or label.words == self._setting.words):
                    units.append(label.unit)
            self._whole = (units[0] if len(set(units)) == 1 else None,)
        return self._whole[0]

    def _only_changes(self, words: str) -> bool:
        """Whether a head only says that something grew or which share it is, and not of what."""
        return self._words.form("change", words) != "" and self._words.form("generic", words) == words

    def _changed(self, number: int) -> Side:
        """What the last column before another tells that is no growth itself, and of when."""
        before = [c for c in self.columns.figures if c < number]
        for column in reversed(before):
            other = self.column(column)
            words = other.words
            share = other.ratio and self._words.has("change", words)  # 占预算比重
            if other.before or other.change or share:
                continue
            told = "" if self._words.form("value", words) == words else words
            return other._replace(words=told, time=self._latest(column, other))
        return Side()

    def _latest(self, column: int, told: Side) -> str:
        """The latest time of the columns that tell the same up to ``column``: growth is of the last of them."""
        times = [told.time]
        for before in reversed([c for c in self.columns.figures if c < column]):
            other = self.column(before)
            if other.words != told.words or not other.time:
                break
            times.append(other.time)
        return max(times)

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
        labels = reading.labels
        own = labels[-1].words if labels else ""
        if (
            group is not None
            and group.words
            and len(own) < LONG
            and not self._words.has("sorting", group.words)
        ):
            labels.insert(0, group)
        made = side(labels, self._words)
        if made.total and made.words == self._words.form("total", made.words):
            made = made._replace(words=self._of_what(stub) + made.words)
        if made.words and self._only_changes(made.words):
            made = made._replace(words=self._row_before(row, stub) + made.words)
        return made._replace(
            spot=deeper(reading.spot, made.spot) if made.spot.code else reading.spot,
            time=reading.time or made.time,
            undated=reading.undated or made.undated,
            unit=made.unit or reading.unit,
            agency=reading.agency,
            name=reading.name,
            total=reading.total or made.total,
        )

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
                return "" if self._only_changes(words) else words
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
                value = dates[-1].value if dates else self._labels.words.month_of(text)
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
        self.spot = label.spot or self.spot
        if label.among:
            self.labels.append(label._replace(words=""))
