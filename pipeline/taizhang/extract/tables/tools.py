"""Tables: what all tables of one article are read with, and a block with all that is known of it before its cells."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from taizhang.extract.places.gazetteer import gazetteer, within
from taizhang.extract.places.pointer_rules import pointer_rules
from taizhang.extract.places.ruling import place_of
from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.blocks import TableBlock
from taizhang.extract.tables.columns import DataColumns
from taizhang.extract.tables.facts import HeadMetrics
from taizhang.extract.tables.grid import Grid
from taizhang.extract.tables.kinds import CellKinds
from taizhang.extract.tables.labels import Labels
from taizhang.extract.tables.numbers import Figures
from taizhang.extract.tables.saying import saying
from taizhang.extract.tables.setting import TableSetting
from taizhang.extract.tables.shapes import REMEMBERED, TableWords
from taizhang.extract.tables.sides import Sides
from taizhang.extract.tables.spots import TablePlaces
from taizhang.extract.tables.units import UnitReader
from taizhang.records import How, Place
from taizhang.rules import RuleSet


class TableReaders:
    """What all tables of one article are read with."""

    def __init__(self, rules: RuleSet, published: str | None) -> None:
        self.words, self.units = TableWords.of(rules), UnitReader.of(rules)
        self.kinds, self.spots = CellKinds.of(rules), TablePlaces(rules, published)
        self.labels = Labels(rules, self.spots, published)
        self.figures = Figures(rules, published)
        self.saying, self.naming = saying(rules), HeadMetrics(self.labels.names, self.units)
        self._names, self._nation = gazetteer(rules), pointer_rules(rules).nation_name
        self.place = lru_cache(maxsize=REMEMBERED)(self._place)

    def _place(self, spot: PlaceCode, how: How) -> Place:
        if not spot.code:
            return Place()
        return place_of(spot, how, self._names, self.spots.year, self._nation)

    def seat(self, agency: str, setting: TableSetting) -> tuple[PlaceCode, How, str]:
        """Where an organisation that names its place has its seat, inside what the table is of."""
        about = setting.spot.code
        seat = self.spots.named(agency) or self.spots.exact(agency, about)
        fits = seat is not None and (not about or within(seat.code, about))
        return (seat, "agency", "table.place.agency") if seat is not None and fits else (PlaceCode(), "", "")


class BlockReading(NamedTuple):
    """One block of a table, with its columns, what its rows and columns say, and what governs it all."""

    table: int
    grid: Grid
    block: TableBlock
    columns: DataColumns
    sides: Sides
    setting: TableSetting
