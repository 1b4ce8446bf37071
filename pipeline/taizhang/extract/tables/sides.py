"""Tables: the rows and columns of one block, each with what it says of its figures."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from taizhang.extract.places.gazetteer import within
from taizhang.extract.places.topic import Spot
from taizhang.extract.tables.blocks import Block
from taizhang.extract.tables.columns import Columns
from taizhang.extract.tables.facts import NONE, Side, side
from taizhang.extract.tables.grid import Grid
from taizhang.extract.tables.labels import Label, Labels
from taizhang.extract.tables.setting import Setting
from taizhang.extract.tables.shapes import squeezed

LONG = 5  # characters of a row's name from which on it needs no other above it


class Sides:
    """What each row and each column of a block says."""

    def __init__(self, grid: Grid, block: Block, columns: Columns, labels: Labels, setting: Setting) -> None:
        self.grid, self.block, self.columns = grid, block, columns
        self._labels, self._setting = labels, setting
        self._words = labels.words
        self.column = lru_cache(maxsize=None)(self._column)
        self.of_stub = lru_cache(maxsize=64)(self._row)
        self._stubs: dict[int, tuple[int, ...]] = {}
        self._groups: dict[int, Label] = {}
        self.heads = self._head_spots()

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

    def _head_spots(self) -> dict[str, Spot]:
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
            label = self._labels.read(self.grid.texts[cell], anchor)
            if self._words.numbering.fullmatch(text) or (text.isdecimal() and len(text) < 4):
                continue
            if text in self.heads:
                label = label._replace(words="", spot=self.heads[text])
            read.append(label)
            anchor = label.time or anchor
        made = side(read, self._words)
        if made.words and self._only_changes(made.words):
            before = self._changed(number)
            return made._replace(words=before.words + made.words, time=made.time or before.time)
        return made

    def _only_changes(self, words: str) -> bool:
        """Whether a head only says that something grew or which share it is, and not of what."""
        return self._words.form("change", words) != "" and self._words.form("generic", words) == words

    def _changed(self, number: int) -> Side:
        """What the last column before another tells that is no growth itself, and of when."""
        before = [c for c in self.columns.figures if c < number]
        for column in reversed(before):
            other = self.column(column)
            words = other.words
            if other.before or (self._words.form("change", words) and self._only_changes(words)):
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
        labels: list[Label] = []
        spot, time, unit, agency, name = NONE, "", None, "", ""
        anchor = self._setting.anchor
        total = False
        seen: set[int] = set()
        group = self._group(row)
        if group is not None:
            if group.spot and not group.words:
                spot = group.spot
            time = group.time or time
        for number in stub:
            cell = at.get(number)
            column = self.columns.all[number]
            if cell is None or cell in seen or self.grid.kinds[cell] == "none":
                continue
            seen.add(cell)
            text = self.grid.texts[cell]
            if column.role == "place":
                found = column.spots.get(text)
                if found:
                    spot = self._deeper(spot, found)
                    total = total or self._words.has("whole", text)
                else:
                    label = self._labels.read(text, anchor)
                    total = total or label.total
                    if not label.total and label.words:
                        spot = label.spot or spot
                        name = name or label.words
            elif column.role == "period":
                read = self._labels.read(text, time or anchor)
                time = read.time or time
            elif column.role == "unit":
                unit = self._labels.units.said(text)
            elif column.role == "agency":
                agency = agency or squeezed(text)
            else:
                label = self._labels.read(text, anchor)
                total = total or label.total
                if column.role == "entity":
                    name = name or label.words
                    total = total or label.total
                    spot = label.spot or spot
                    if label.among:
                        labels.append(label._replace(words=""))
                else:
                    labels.append(label)
        own = labels[-1].words if labels else ""
        if (
            group is not None
            and group.words
            and len(own) < LONG
            and not self._words.has("sorting", group.words)
        ):
            labels.insert(0, group)
        made = side(labels, self._words)
        if made.words and self._only_changes(made.words):
            made = made._replace(words=self._row_before(row, stub) + made.words)
        place = self._deeper(spot, made.spot) if made.spot.code else spot
        return made._replace(
            spot=place,
            time=time or made.time,
            unit=made.unit or unit,
            agency=agency,
            name=name,
            total=total or made.total,
        )

    def _row_before(self, row: int, stub: tuple[int, ...]) -> str:
        """What the last row before another tells that is no growth itself: 生产总值, then 增速."""
        index = bisect_left(self.block.data, row)
        for before in reversed(self.block.data[max(0, index - 3) : index]):
            words = self.of_stub(before, stub).words
            if words:
                return "" if self._only_changes(words) else words
        return ""

    def _deeper(self, outer: Spot, inner: Spot) -> Spot:
        """The more specific of two places that a row names, the later where neither holds the other."""
        if outer.code and within(outer.code, inner.code) and outer.code != inner.code:
            return outer
        return inner

    def _group(self, row: int) -> Label | None:
        cell = self.block.group.get(row, -1)
        if cell < 0:
            return None
        if cell not in self._groups:
            text = self.grid.texts[cell]
            label = self._labels.read(text, self._setting.anchor)
            exact = self._labels.spots.exact(text, self._setting.spot.code)
            self._groups[cell] = label._replace(words="", spot=exact) if exact else label
        return self._groups[cell]

    def deadline(self, row: int) -> str:
        """Until when a row's work is to be done, ISO 8601; empty where no column says."""
        at = self.grid.at[row]
        for column in self.columns.all.values():
            if column.deadline and column.number in at:
                dates = self._labels.dates(self.grid.texts[at[column.number]], self._setting.anchor)
                if dates:
                    return dates[-1].value
        return ""

    def agency(self, row: int) -> str:
        """The organisation of a row."""
        at = self.grid.at[row]
        for column in self.columns.all.values():
            if column.role == "agency" and column.number in at:
                return squeezed(self.grid.texts[at[column.number]])
        return ""
