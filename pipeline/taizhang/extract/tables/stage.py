"""Tables: every cell of an article's tables as a candidate, as a number that is none, or as prose to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.article import Cleaned
from taizhang.extract.candidates import Exclusion, PlaceChoice
from taizhang.extract.kept import KeptCandidates
from taizhang.extract.tables.blocks import blocks
from taizhang.extract.tables.columns import DataColumns
from taizhang.extract.tables.figures import BlockReader
from taizhang.extract.tables.grid import Grid
from taizhang.extract.tables.items import ProseCell
from taizhang.extract.tables.setting import TableSetting, TableSettings, anchor_of
from taizhang.extract.tables.sides import Sides
from taizhang.extract.tables.tools import BlockReading, TableReaders
from taizhang.segment.layout import Layout


class TableContext(NamedTuple):
    """What the prose before a table says of its place and time."""

    place: PlaceChoice
    time: str


class TableResults(NamedTuple):
    """What the tables of an article hold. ``items``: the cells that are prose, in order."""

    candidates: KeptCandidates
    exclusions: list[Exclusion]
    items: list[ProseCell]


def read_tables(
    cleaned: Cleaned, layout: Layout, governing: Sequence[TableContext], tools: TableReaders
) -> TableResults:
    """All tables of a text; ``governing`` has what the prose says before each of them."""
    settings = TableSettings(layout, tools.labels, cleaned.document)
    made = TableResults(KeptCandidates(cleaned.text), [], [])
    for number, (table, said) in enumerate(zip(cleaned.tables, governing, strict=True), 1):
        for part in _parts(
            number, Grid(table, cleaned.text, tools.kinds, tools.words), said, settings, tools
        ):
            reader = BlockReader(part, tools, cleaned, made.candidates)
            reader.read()
            made.exclusions.extend(reader.exclusions)
            made.items.extend(reader.items)
    made.exclusions.sort()
    made.items.sort(key=lambda item: item.start)
    return made


def _parts(
    number: int, grid: Grid, said: TableContext, settings: TableSettings, tools: TableReaders
) -> Iterator[BlockReading]:
    """The blocks of one table, each with what governs it."""
    setting: TableSetting | None = None
    for block in blocks(grid, tools.words):
        setting = settings.of(grid.table, grid, block, setting)
        holding = _governed(setting, said)
        columns = DataColumns(grid, block, tools.labels, holding.spot.code)
        sides = Sides(grid, block, columns, tools.labels, holding)
        yield BlockReading(number, grid, block, columns, sides, holding)


def _governed(setting: TableSetting, said: TableContext) -> TableSetting:
    """The setting with what the prose says where the table itself says nothing."""
    if not setting.spot.code and said.place.place.code:
        place = said.place.place
        spot = setting.spot._replace(code=place.code, township=place.township, surface=place.surface)
        setting = setting._replace(spot=spot, how=place.how)
    if not setting.time and said.time:
        setting = setting._replace(time=said.time, anchor=anchor_of(said.time))
    return setting
