"""Tables: what the heads of one row and one column say together of the figure where they meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.labels import NOTHING, Label, year_before
from taizhang.extract.tables.names import Names, fitted
from taizhang.extract.tables.setting import TableSetting
from taizhang.extract.tables.shapes import TableWords
from taizhang.extract.tables.units import ScaledUnit, UnitReader
from taizhang.records import Kind

MONTH = 7  # characters
NONE = PlaceCode()
BASED = frozenset({"money", "area", "count", "weight", "volume", "length"})


class Side(NamedTuple):
    """What a row or a column says of its figures.

    ``words``: its heads' names, joined from the outermost in; ``own``: the innermost alone; ``name``: of the thing
    whose row it is, where that is no indicator. ``change``: whether it tells how what stands before
    it changed; ``level``: how deep its numbering stands, from 1; ``undated``: a time
    without its year. Of a column ``rank``
    is which of how many columns of figures it is, ``whole`` the unit of the column that is the sum of the others,
    ``member`` whether it is one of those summed without a unit of its own, ``measure`` whether it names only what was
    done or measured, ``thing`` what a column before it counts. ``product``: whether a row is of goods;
    ``whole_words``: what that names of which it is a part; ``back``: whether it tells of the period before the table's;
    ``of_the_year``: whether it is a sum since the year began, by whichever month it is told.
    """

    words: str = ""
    own: str = ""
    name: str = ""
    unit: ScaledUnit | None = None
    time: str = ""
    spot: PlaceCode = NONE
    agency: str = ""
    among: bool = False
    total: bool = False
    ratio: bool = False
    before: bool = False
    running: bool = False
    of_the_year: bool = False
    month_alone: bool = False
    deadline: str = ""
    change: bool = False
    level: int = 0
    undated: str = ""
    rank: tuple[int, int] = (0, 0)
    whole: ScaledUnit | None = None
    member: bool = False
    measure: bool = False
    thing: str = ""
    product: bool = False
    whole_words: str = ""
    back: bool = False


def side(labels: Sequence[Label], names: Names) -> Side:
    """The heads of one row or column, outermost first, as one."""
    words = names.words
    time, spot = "", NONE
    unit: ScaledUnit | None = None
    for label in labels:
        time = label.time or time
        unit = label.unit or unit
        spot = label.spot or spot
    last = labels[-1] if labels else NOTHING
    return Side(
        words=names.joined([label.words for label in labels]),
        own=last.words,
        unit=unit,
        time=time,
        spot=spot,
        among=any(label.among for label in labels),
        total=last.total,
        ratio=last.ratio,
        before=any(label.before for label in labels),
        month_alone=any(words.has("month_alone", label.text) for label in labels),
        level=last.level,
        undated=next((label.undated for label in reversed(labels) if label.undated), ""),
        running=any(words.has("running", label.text) for label in labels),
        of_the_year=any(words.has("of_the_year", label.text) for label in labels),
        back=any(words.has("back", label.text) for label in labels),
    )


class HeadMetrics:
    """What heads and captions name: the metric of a figure and its unit."""

    def __init__(self, names: Names, units: UnitReader) -> None:
        self._words, self._units, self._names = names.words, units, names

    def metric(self, row: Side, column: Side, setting: TableSetting) -> tuple[str, str]:
        """The metric's name, and the rule that made it; an empty name where nothing names the figure."""
        words, names = self._words, self._names
        over = "" if names.silent(column.words) else column.words
        beside = "" if names.silent(row.words) or (over and _only_total(row, words)) else row.words
        if beside and over:
            if words.form("generic", over) == over or names.of_thing(over):
                beside = self._with_caption(beside, row, setting.words, deed=not words.has("generic", over))
            return fitted(names.beside(beside, over)), "table.row-and-column"
        if over:
            return self._of_column(over, row, column, setting)
        if beside:
            return self._of_row(beside, row, setting)
        if setting.words:
            return fitted(setting.words), "table.caption"
        return fitted(row.name), "table.row" if row.name else ""

    def _of_column(self, over: str, row: Side, column: Side, setting: TableSetting) -> tuple[str, str]:
        """The name where only the column's head has one."""
        caption, words = setting.words, self._words
        longer = _caption_for(over, caption, words)
        change = words.has("change", over) and not words.told_in(over) and not row.name
        if not longer and caption and (len(over) <= 1 or change):
            longer = caption + over
        if not longer and words.has("light", over) and column.thing:
            return fitted(column.thing + over), "table.column"
        if not longer and caption and not row.name and column.measure:
            longer = self._names.with_thing(over, caption)
        if not longer and column.member and not self._names.measured(over):
            longer = over + words.tail(caption)
        return fitted(longer or over), "table.column" if longer in ("", over) else "table.caption-and-column"

    def _of_row(self, beside: str, row: Side, setting: TableSetting) -> tuple[str, str]:
        """The name where only the row's head has one."""
        longer = self._with_caption(beside, row, setting.words, deed=False)
        if longer == beside and setting.words and len(beside) <= 1:
            longer = setting.words + beside
        return fitted(longer), "table.row" if longer == beside else "table.caption-and-row"

    def _with_caption(self, beside: str, row: Side, caption: str, *, deed: bool) -> str:
        """A row's name with what the caption says is told of it: the deed done to it, or the measure taken.

        城镇居民 under 居民人均可支配收入, 烤烟 under 农产品产量, 低保户 under 危房改造.
        """
        names, words = self._names, self._words
        if deed:
            thing = names.thing(caption)
            of_deed = bool(thing) and names.does(thing) and not words.told_in(thing)
            return thing + beside if of_deed and not names.does(beside) else beside
        if names.measured(beside):
            return beside
        for size in range(min(len(beside), len(caption)) - 1, 1, -1):
            if caption.startswith(beside[-size:]):
                return beside + caption[size:]
        made = next((n for end, n in words.made.items() if row.product and caption.endswith(end)), "")
        tail = words.tail(caption) or (made if row.unit is None or row.unit.kind != "money" else "")
        return names.beside(beside, tail)

    def unit(self, row: Side, column: Side, setting: TableSetting, name: str) -> tuple[ScaledUnit, str]:
        """The unit of a figure that has none in its cell, and the rule that says so."""
        per_cent = self._units.per_cent
        own = column.unit or self._units.told(column.own)
        if own:
            return own if own.unit else self._units.scaled(own, name), "table.unit.column"
        if column.ratio:
            return per_cent, "table.unit.ratio"
        if row.unit:
            return row.unit, "table.unit.row"
        if row.ratio:
            return per_cent, "table.unit.ratio"
        said = _of_table(setting.units, name, column.rank, self._units)
        if said:
            return said, "table.unit.table"
        counted = self._units.counted(name)
        rest = (counted, "table.unit.counted") if counted else (column.whole, "table.unit.whole")
        return (rest[0], rest[1]) if rest[0] else (self._units.none, "unit.none")

    def with_base(self, made: ScaledUnit, name: str) -> tuple[str, Kind]:
        """The unit and kind of a figure, with the base that the metric's name holds: 人均."""
        if made.unit and "/" not in made.unit and made.kind in BASED and self._words.has("per_head", name):
            return f"{made.unit}/{self._words.head}", "rate"
        return made.unit, made.kind


def _only_total(row: Side, words: TableWords) -> bool:
    """Whether a row's name says no more than that it is the sum of the others: 合计, 全市合计; but not 支出合计."""
    if not row.total:
        return False
    rest = row.words.removesuffix(words.form("total", row.words))
    return not rest or words.has("whole", row.words) or words.has("whole", rest)


def _caption_for(over: str, caption: str, words: TableWords) -> str:
    """The caption's name for a head that only repeats its end, growth and all: 粮食产量 for 产量, 产量增长."""
    common = next((over[:n] for n in range(len(over), 1, -1) if caption.endswith(over[:n])), "")
    rest = over[len(common) :]
    if not common or len(common) == len(caption) or (rest and words.form("generic", rest) != rest):
        return ""
    return caption + rest


def _of_table(
    said: Sequence[ScaledUnit], name: str, rank: tuple[int, int], units: UnitReader
) -> ScaledUnit | None:
    """Of the units that a table says to have, the one for what is counted; of as many as columns each has its own."""
    plain = [u for u in said if u.kind != "ratio"]
    if len(plain) == 1:
        counted = units.counted(name)
        money = plain[0].kind == "money"
        return counted if counted and money else plain[0]
    counted = units.counted(name)
    if counted and counted.unit in {u.unit for u in plain}:
        return counted
    fitting = next((found for k in units.kinds(name) if (found := [u for u in plain if u.kind == k])), [])
    number, count = rank
    if number < count == len(said) and (not fitting or said[number] in fitting):
        return said[number]
    if fitting or counted:
        return fitting[0] if fitting else counted
    return plain[0] if plain else (said[0] if said else None)


def time(row: Side, column: Side, setting: TableSetting) -> tuple[str, str]:
    """When a figure was so, and the rule that says so."""
    value, rule = _when(row, column, setting)
    sums = column.of_the_year or row.of_the_year
    return (_since_january(value) if sums else value), rule


def _since_january(value: str) -> str:
    """From the beginning of the year to the end of a month or of some months of it; any other time as it is.

    >>> _since_january("2023-05"), _since_january("2023-04/2023-06"), _since_january("2023")
    ('2023-01/2023-05', '2023-01/2023-06', '2023')
    """
    first, _, last = value.partition("/")
    last = last or first
    if len(first) != MONTH or len(last) != MONTH or first[:4] != last[:4] or last[5:] == "01":
        return value
    return f"{first[:4]}-01/{last}"


def _when(row: Side, column: Side, setting: TableSetting) -> tuple[str, str]:
    if column.time and row.time:
        finer = max(row.time, column.time, key=len)
        return finer, "table.time.row-and-column"
    if row.time and column.before:
        return year_before(row.time), "table.time.before"
    if column.time or row.time:
        value = column.time or row.time
        return value, "table.time.column" if column.time else "table.time.row"
    if not setting.time:
        return "", ""
    value = setting.time
    if column.running and len(value) == MONTH and not setting.until:
        value = f"{value[:4]}-01/{value}" if value[5:] != "01" else value
    if column.month_alone and "/" in value and len(value.rpartition("/")[2]) == MONTH:
        value = value.rpartition("/")[2]
    if column.before or row.before:
        return year_before(value), "table.time.before"
    return value, "table.time.table"
