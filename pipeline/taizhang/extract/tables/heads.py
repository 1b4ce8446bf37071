"""Tables: what each column of one block says of its figures, the columns before it taken into account."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.blocks import TableBlock
from taizhang.extract.tables.columns import DataColumns
from taizhang.extract.tables.facts import Side, side
from taizhang.extract.tables.grid import Grid
from taizhang.extract.tables.labels import Label, Labels, year_before
from taizhang.extract.tables.numbers import plain
from taizhang.extract.tables.setting import TableSetting, anchor_of
from taizhang.extract.tables.shapes import squeezed
from taizhang.extract.tables.units import ScaledUnit

ROWS_OF_PROOF = 3  # rows of data in which parts must add up


@dataclass(slots=True)
class _Before:
    """What the columns of figures before one are, as they are gone through.

    Attributes:
        last: the one just before.
        told: the last that tells something itself and no growth or share of it; ``latest`` the latest time that it
            and those before it with the same words have.
        whole: the last that can have parts, with the ``parts`` that follow it.
        thing: what the last that gives a total number counts.
    """

    last: Side | None = None
    told: Side | None = None
    latest: str = ""
    whole: tuple[int, Side] | None = None
    parts: list[int] = field(default_factory=list)
    thing: str = ""


class ColumnSides:
    """The columns of one block; those of figures are read from the left, each once."""

    def __init__(
        self, grid: Grid, block: TableBlock, columns: DataColumns, labels: Labels, setting: TableSetting
    ) -> None:
        self._grid, self._block, self._columns = grid, block, columns
        self._labels, self._setting = labels, setting
        self._words, self._names = labels.words, labels.names
        self._made: dict[int, Side] = {}
        self._before = _Before()
        self.spots = self._head_spots()

    def of(self, number: int) -> Side:
        """What a column says."""
        if number not in self._made:
            if number in self._columns.ranks:
                self._read_to(number)
            else:
                self._made[number] = self._alone(number)
        return self._made[number]

    def _read_to(self, number: int) -> None:
        figures = self._columns.figures
        for column in figures[self._columns.ranks[number] :: -1]:
            if column in self._made:
                first = self._columns.ranks[column] + 1
                break
        else:
            first = 0
        for column in figures[first : self._columns.ranks[number] + 1]:
            made = self._after(column, self._alone(column))
            self._made[column] = made
            self._note(column, made)

    def _head_spots(self) -> dict[str, PlaceCode]:
        """The places that the heads of columns are, where most of them are places."""
        columns = [c for c in self._columns.all.values() if c.role == "figure" and c.head]
        texts = {squeezed(self._grid.texts[n]) for c in columns for n in c.head}
        found = self._labels.spots.column(sorted(texts), self._setting.spot.code)
        return found if len(found) > 1 else {}

    def _labels_over(self, number: int) -> list[Label]:
        """The heads of a column, from the top down, each taken apart."""
        column = self._columns.all.get(number)
        anchor = self._setting.anchor
        read: list[Label] = []
        for cell in column.head if column else ():
            text = squeezed(self._grid.texts[cell])
            label = self._labels.near(self._grid.texts[cell], anchor, self._setting.spot.code)
            if self._words.numbering.fullmatch(text) or (text.isdecimal() and len(text) < 4):
                continue
            if text in self.spots:
                label = label._replace(words="", spot=self.spots[text])
            elif self._words.has("whole", text):
                label = label._replace(words="", spot=self._labels.spots.whole(text, self._setting.spot.code))
            read.append(label)
            anchor = label.time or anchor
        return read

    def _alone(self, number: int) -> Side:
        """What a column's own heads say."""
        read = self._labels_over(number)
        made = side(read, self._names)
        changes = len(read) > 1 and self._words.changes(read[0].words)
        measure = self._names.of_thing(made.words)
        return made._replace(
            change=bool(made.words) and (changes or self._words.changes(made.words)), measure=measure
        )

    def _after(self, number: int, made: Side) -> Side:
        """A column of figures with what those before it leave unsaid in it."""
        before = self._before
        made = made._replace(
            rank=(self._columns.ranks[number], len(self._columns.figures)), thing=before.thing
        )
        whole = before.whole[1] if before.whole else None
        if whole and made.words and not made.change and (made.among or self._goes_on(number, made)):
            unit = made.unit or (None if made.ratio else whole.unit)
            words = self._part_of(whole, made)
            made = made._replace(words=words, unit=unit, among=True, whole_words=whole.words)
        if made.unit is None and not made.ratio:
            member = self._summed and not made.among and not made.change
            made = made._replace(whole=self._unit_of_whole, member=member)
        if made.before and before.told:
            time = made.time or (year_before(before.told.time) if before.told.time else "")
            made = made._replace(time=time, words=self._of_before(made, before.told))
        if made.change and before.told:
            of = before.last if before.last and self._points_of_plan(made, before.last) else before.told
            time = made.time or before.latest
            made = made._replace(words=self._told(of) + made.words, time=time, measure=of.measure)
        return made

    def _of_before(self, made: Side, told: Side) -> str:
        """What a figure of the time before is of: what was carried out then is no budget, as the one before it is."""
        done = self._words.form("executed", made.own)
        if done and not self._words.has("executed", told.words):
            return done
        alone = self._names.silent(made.words) and self._names.measured(told.words)
        return self._told(told) if alone else made.words

    def _part_of(self, whole: Side, made: Side) -> str:
        """A part's name; of one below the head that its whole stands below, too: 夏粮产量, 番茄设施产量."""
        outer = made.words.removesuffix(made.own)
        if not outer or not whole.words.startswith(outer):
            return self._names.part(made.words, whole.words)
        named = not set(outer).isdisjoint(made.own)
        return ("" if named else outer) + self._names.part(made.own, whole.words)

    def _of_plan(self, made: Side) -> bool:
        """Whether a column tells how much of a plan was done: what grew since the year before is no such share."""
        state = self._words.state(made.words)
        return state is not None and state.phase == "result"

    def _points_of_plan(self, made: Side, last: Side) -> bool:
        """Whether a growth is told in points of a share of a plan that stands straight before it."""
        points = made.unit is not None and made.unit.unit != self._labels.units.per_cent.unit
        return points and last.ratio and self._of_plan(last)

    def _told(self, told: Side) -> str:
        """What a growth is of: 本期价格 is 价格."""
        if self._words.form("value", told.words) == told.words:
            return ""
        rest = told.words[len(self._words.form("period_begin", told.words)) :]
        return rest if len(rest) > 1 else told.words

    def _note(self, number: int, made: Side) -> None:
        """Keep what a column tells those after it."""
        before = self._before
        ratio = made.ratio or (made.unit is not None and made.unit.kind == "ratio")
        share = ratio and (self._words.has("change", made.words) or self._of_plan(made))  # 占预算比重
        if not (made.before or made.back or made.change or share):
            same = before.told is not None and before.told.words == made.words and bool(made.time)
            before.latest = _later(before.latest, made.time) if same else made.time
            before.told = made
        if made.among and before.whole:
            before.parts.append(number)
        elif not (made.ratio or made.change) and made.words:
            before.whole, before.parts = (number, made), []
        total = self._words.form("count_of", made.words)
        if total and len(made.words) - len(total) > 1:
            before.thing = made.words[: -len(total)]
        before.last = made

    def _goes_on(self, number: int, made: Side) -> bool:
        """Whether a column is one more part beside one that 其中 begins: the last, with which they add up."""
        last, whole = self._before.last, self._before.whole
        if (
            last is None
            or whole is None
            or not last.among
            or not self._before.parts
            or made.spot.code
            or made.time
        ):
            return False
        names, words = self._names, made.words
        said = (
            made.unit is not None
            or made.ratio
            or made.measure
            or names.silent(words)
            or names.measured(words)
        )
        return not said and self._add_up([*self._before.parts, number], whole[0])

    def _add_up(self, parts: list[int], whole: int) -> bool:
        """Whether the figures of some columns are those of another, in the first rows of data."""
        proofs = []
        for row in self._block.data[:ROWS_OF_PROOF]:
            at = self._grid.at[row]
            read = [plain(self._grid.texts[at[c]]) if c in at else None for c in (*parts, whole)]
            values = [figure.value for figure in read if figure]
            proofs.append(len(values) == len(read) and sum(values[:-1]) == values[-1])
        return bool(proofs) and all(proofs)

    @cached_property
    def _summed(self) -> bool:
        """Whether one column is the sum of the others."""
        heads = (self._columns.all[c].head for c in self._columns.figures)
        texts = (squeezed(self._grid.texts[head[-1]]) for head in heads if head)
        return any(self._words.form("total", text) == text for text in texts)

    @cached_property
    def _unit_of_whole(self) -> ScaledUnit | None:
        """The unit over the column that is the sum of others, or that the caption names: 常住人口（人）, 男, 女."""
        units = []
        for column in self._columns.figures:
            head = self._columns.all[column].head
            label = self._labels.read(self._grid.texts[head[-1]], self._setting.anchor) if head else None
            if label and label.unit and (label.total or label.words == self._setting.words):
                units.append(label.unit)
        return units[0] if len(set(units)) == 1 else None


def _later(before: str, time: str) -> str:
    """The later of two times, of two that end together that of the later column: 7月, then 1-7月."""
    return before if (anchor_of(before) or "") > (anchor_of(time) or "") else time
