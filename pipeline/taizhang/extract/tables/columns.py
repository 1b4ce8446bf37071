"""Tables: what each column of a block holds: figures, what its rows are of, units, or numbers that are none."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.blocks import TableBlock
from taizhang.extract.tables.grid import Grid
from taizhang.extract.tables.kinds import PLAIN as PLAIN_FIGURE
from taizhang.extract.tables.kinds import is_prose
from taizhang.extract.tables.labels import Labels
from taizhang.extract.tables.over import HeadsOver, counts_up
from taizhang.extract.tables.shapes import HAN, CellKind, Class, TableWords, squeezed

Role = Literal[
    "figure", "serial", "phone", "code", "date", "unit", "period", "place", "agency", "entity", "label", "text",
]  # fmt: skip
PLAIN: tuple[tuple[Class, Role], ...] = (
    ("serial", "serial"),
    ("phone", "phone"),
    ("code", "code"),
    ("remark", "text"),
)
SIDES = frozenset({"label", "place", "entity", "agency", "period", "unit"})
BESIDE = frozenset({"place", "period", "unit", "agency"})  # those that say something from the right, too
NAMED: tuple[tuple[Class, Role], ...] = (
    ("agency", "agency"),
    ("place", "place"),
    ("indicator", "label"),
    ("entity", "entity"),
)
TOLD: tuple[Class, ...] = ("grade", "plan", "outcome")  # what is told of a row that has a name: 立即整改
REPORTED: tuple[Class, ...] = ("problem", "plan", "outcome", "content")
QUANTITY = re.compile(r"(?:\A\s*|[\u4e00-\u9fff])[0-9](?:[0-9.,]*[0-9])?+[\u4e00-\u9fff]")  # before words
PROOF = 200  # cells of a column that tell whether its figures have several units
WITH_UNIT = re.compile(r"\s*+[0-9][0-9.,]*+(?P<unit>[^\s0-9.,%％]{1,6})\s*+")


@dataclass(slots=True)
class DataColumn:
    """One column.

    Attributes:
        head: the cells above its data, from the top down.
        role: what it holds.
        title: the text of its head.
        spots: for a column of places, the place of each text.
        deadline: whether its dates say until when.
    """

    number: int
    head: tuple[int, ...] = ()
    role: Role = "text"
    title: str = ""
    spots: dict[str, PlaceCode] = field(default_factory=dict)
    deadline: bool = False


class DataColumns:
    """The columns of one block."""

    def __init__(self, grid: Grid, block: TableBlock, labels: Labels, context: str) -> None:
        self.grid, self.block, self._labels, self._context = grid, block, labels, context
        self._words: TableWords = labels.words
        self._cells: dict[int, array[int]] = {}
        for row in block.data:
            for column, number in grid.row(row):
                self._cells.setdefault(column, array("i")).append(number)
        self._head = HeadsOver(grid, block, labels.words, self._cells).of
        self.all: dict[int, DataColumn] = {}
        for c in range(grid.width):
            if c in self._cells or self._head(c):
                self.all[c] = self._column(c)
        self.figures = [c.number for c in self.all.values() if c.role == "figure"]
        self.ranks = {column: rank for rank, column in enumerate(self.figures)}
        self._label_columns()

    def _column(self, number: int) -> DataColumn:
        head = self._head(number)
        texts = [squeezed(self._words.untranslated(self.grid.texts[n])) for n in head]
        title, last = "".join(texts), texts[-1] if texts else ""
        made = DataColumn(number, head, title=title)
        cells = self._cells.get(number, array("i"))
        self._months(last, cells)
        kinds = Counter(self.grid.kinds[n] for n in cells)
        filled = sum(kinds.values()) - kinds["none"]
        made.deadline = self._words.has("deadline", title) or self._words.has("deadline", last)
        made.role = self._by_head(title, last, kinds, filled) or self._by_cells(made, cells, kinds, filled)
        if made.role in ("text", "label", "place", "entity"):
            texts = [self.grid.texts[n] for n in cells if self.grid.kinds[n] == "text"]
            said, site = self._words.has("place", last), self._words.has("site", last)
            made.spots = self._labels.spots.column(texts, self._context, said, site)
            if made.spots:
                made.role = "place"
            elif made.role == "place":
                made.role = "agency" if self._words.has("unit", last) else "label"
        return made

    def _months(self, last: str, cells: Sequence[int]) -> None:
        """Numbers such as 2023.5 or 20230517 are dates under a head of dates, where all of them can be."""
        has = self._words.has
        if has("period", last) or has("date", last) or has("deadline", last):
            numbers = [n for n in cells if self.grid.kinds[n] == "number"]
            texts = [self.grid.texts[n] for n in numbers]
            if all(map(self._words.month_of, texts)) or all(map(self._words.day_of, texts)):
                for n in numbers:
                    self.grid.kinds[n] = "date"

    def _by_head(self, title: str, last: str, kinds: Counter[CellKind], filled: int) -> Role | None:
        """What the head says; where it could mean two things, the cells tell which."""
        has = self._words.has
        for name, role in PLAIN:
            if has(name, last) or has(name, title):
                return role
        figures = kinds["number"] + kinds["year"]
        dated = kinds["date"] + kinds["year"]
        if has("period", last) and 2 * dated >= filled:
            return "period"
        if (has("date", last) or has("deadline", last)) and 2 * figures < max(1, filled):
            return "date"
        if has("unit", last) and not figures:
            return "unit" if self._are_units(last) else "place"
        if 2 * figures >= max(1, filled) and figures:
            graded = self._words.form("grade", last) == last != "" and not kinds["text"]
            return "code" if graded else None
        return next((role for name, role in NAMED if has(name, last)), None)

    def _are_units(self, last: str) -> bool:
        return not self._words.has("unit_or_body", last) or self._unit_share >= 0.5

    @property
    def _unit_share(self) -> float:
        """How many of the texts in the columns with that head are units."""
        texts = [
            self.grid.texts[n]
            for column, cells in self._cells.items()
            if (head := self._head(column)) and self._words.has("unit", squeezed(self.grid.texts[head[-1]]))
            for n in cells
        ]
        known = sum(self._labels.units.read(t) is not None for t in texts)
        return known / len(texts) if texts else 0.0

    def _by_cells(
        self, column: DataColumn, cells: Sequence[int], kinds: Counter[CellKind], filled: int
    ) -> Role:
        if not filled:
            return "text"
        for kind in ("phone", "code"):
            if kinds[kind] * 2 > filled:
                return kind
        if not column.title and counts_up(self.grid, cells):
            return "serial"
        figures = kinds["number"] + kinds["year"]
        only_years = kinds["year"] == filled and column.number == min(self._cells, default=0)
        if only_years or kinds["date"] * 2 > filled:
            return "period" if not column.number or only_years else "date"
        if figures and 2 * figures >= filled:
            return "label" if self._names_rows(column, cells) else "figure"
        return self._of_words(column, cells, filled)

    def _of_words(self, column: DataColumn, cells: Sequence[int], filled: int) -> Role:
        units = sum(self._labels.units.read(self.grid.texts[n]) is not None for n in cells)
        if units == filled and filled > 1 and not column.title:
            return "unit"
        prose = sum(is_prose(self._words.untranslated(self.grid.texts[n])) for n in cells)
        tells = self._measures(column, cells, filled) or self._reports(column, cells, filled)
        return "text" if tells or 2 * prose > filled else "label"

    def _reports(self, column: DataColumn, cells: Sequence[int], filled: int) -> bool:
        """Whether short cells under a head for problems, measures or outcomes tell of quantities: 违规出租门面17间."""
        said = any(self._words.has(about, column.title) for about in REPORTED)
        return said and 2 * sum(bool(QUANTITY.search(self.grid.texts[n])) for n in cells) > filled

    def _measures(self, column: DataColumn, cells: Sequence[int], filled: int) -> bool:
        """Whether words tell sizes and do not name the row, which has a name already: 日供水5万吨."""
        named = any(c.role in ("label", "entity", "place") for c in self.all.values())
        with_digits = sum(any(c.isdigit() for c in self.grid.texts[n]) for n in cells)
        return named and column.number > min(self._cells, default=0) and 2 * with_digits > filled

    def _names_rows(self, column: DataColumn, cells: Sequence[int]) -> bool:
        """Whether the first column's figures tell rows apart: 0-14岁, 60岁以上."""
        if column.number != min(self._cells, default=0) or len(self._cells) < 2:
            return False
        plain = sum(bool(PLAIN_FIGURE.fullmatch(self.grid.texts[n])) for n in cells)
        return 2 * plain < len(cells)

    def _label_columns(self) -> None:
        """Columns of words that stand right of the figures only remark on them, and so do marks beside a name.

        Rows that have units of their own are of indicators, whatever the head over their names says.
        """
        first = min(self.figures, default=self.grid.width)
        roles = [column.role for column in self.all.values()]
        names = sum(role in ("label", "entity", "place", "agency") for role in roles)
        for column in self.all.values():
            told = any(self._words.has(word_class, column.title) for word_class in TOLD)
            if column.role == "label" and names > 1 and told:
                column.role = "text"
            if column.role == "entity" and "label" not in roles and ("unit" in roles or self._units_differ):
                column.role = "label"
        for column in [c for c in self.all.values() if self._words.has("ranked", c.title)][:-1]:
            column.role = "text"
        self._pass_over_translations()
        for column in self.all.values():
            remark = self._words.has("remark", column.title)
            if column.role == "label" and remark:
                column.role = "text"
        self.first = first
        self._side = {c.number: c for c in self.all.values() if c.role in SIDES}

    def _pass_over_translations(self) -> None:
        """Names in other letters say nothing that those in characters beside them do not: 卢沟桥, lugouqiao."""
        named = [c for c in self.all.values() if c.role in ("label", "entity", "place")]
        latin = [
            c for c in named if not any(HAN.search(self.grid.texts[n]) for n in self._cells.get(c.number, ()))
        ]
        for column in latin if len(latin) < len(named) else ():
            column.role = "text"

    @cached_property
    def _units_differ(self) -> bool:
        """Whether figures under heads that leave it to the rows what is counted have several units: 18个, 62公里."""
        names = self._labels.names
        heads = [c for c in self.all.values() if c.role == "figure" and c.head]
        open_ = [c for c in heads if names.of_thing(c.title) or names.silent(c.title)]
        texts = [self.grid.texts[n] for c in open_ for n in self._cells.get(c.number, [])[:PROOF]]
        read = [self._labels.units.read(m["unit"]) for t in texts if (m := WITH_UNIT.fullmatch(t))]
        return len({unit.unit for unit in read if unit}) > 1

    def stub(self, column: int) -> list[DataColumn]:
        """The columns that say what a row is of, for a column of figures.

        They stand before the first column of figures; where heads repeat or there are none, nearest before this one.
        """
        numbers = sorted(self._side)
        left = [self._side[n] for n in numbers[: bisect_left(numbers, self.first)]]
        nearest = self._nearest(numbers[: bisect_left(numbers, column)])
        if nearest and (not left or self._repeats(nearest, left)):
            return nearest
        others = [self._side[n] for n in numbers[len(left) :] if self._side[n].role in BESIDE]
        own = [c for c in others if c.number < column or c.role == "agency"] or others
        return left + own

    def _nearest(self, before: list[int]) -> list[DataColumn]:
        """The last columns of ``before`` that stand side by side."""
        found: list[DataColumn] = []
        for number in reversed(before):
            if found and number != found[0].number - 1:
                break
            found.insert(0, self._side[number])
        return found

    def _repeats(self, nearest: list[DataColumn], left: list[DataColumn]) -> bool:
        if nearest[0].number < self.first:
            return False
        title = nearest[0].title
        if not self.block.heads or not title or title in {c.title for c in left}:
            return True
        own, others = self._titles_after(nearest[-1].number), self._titles_after(left[-1].number)
        return bool(own) and own == others

    def _titles_after(self, column: int) -> list[str]:
        """The heads of the figures that stand straight after a column: equal ones are of two tables side by side."""
        found: list[str] = []
        while (after := self.all.get(column + 1)) is not None and after.role == "figure":
            found.append(after.title)
            column += 1
        return found
