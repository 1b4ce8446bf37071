"""Tables: of which row each is a part, told in one pass down the rows: by 其中, by numbering, by what follows."""

from __future__ import annotations

from bisect import bisect_left

from taizhang.extract.tables.blocks import TableBlock
from taizhang.extract.tables.labels import NOTHING, Label
from taizhang.extract.tables.names import Names


class RowWholes:
    """The wholes of one block's rows; rows come in order, and what is no longer needed of them is not kept.

    >>> from taizhang.rules import RuleSet
    >>> wholes = RowWholes(TableBlock(data=[1, 2, 3]), Names.of(RuleSet()))
    >>> [wholes.of(row, label).words for row, label in enumerate((
    ...     Label("固定资产投资"), Label("民间投资", among=True), Label("第一产业"), Label("社会消费品零售总额")), 1)]
    ['', '固定资产投资', '固定资产投资', '']

    ``units``: whether only the rows say units: then a part has that of its whole, and one more without is a part, too.
    """

    def __init__(self, block: TableBlock, names: Names, units: bool = False) -> None:
        self._block, self._names, self._units = block, names, units
        self._group, self._row = -1, -1
        self._above: list[tuple[int, Label]] = []  # numbered rows that are still open, each with its level
        self._whole = NOTHING  # the last row that is no part
        self._parts = False  # whether parts of it have begun
        self._last = NOTHING

    def of(self, row: int, label: Label) -> Label:
        """The row of which this one is a part; without words for one that is none."""
        if row == self._row:
            return self._last
        group = self._block.group.get(row, -1)
        if group != self._group or row < self._row or self._far(row):
            self._above, self._whole, self._parts = [], NOTHING, False
        self._group, self._row = group, row
        self._last = self._numbered(label) if label.level else self._plain(label)
        return self._last

    def _far(self, row: int) -> bool:
        """Whether rows between the last one and this one were not asked for: then nothing is known of them."""
        data = self._block.data
        return self._row >= 0 and bisect_left(data, row) - bisect_left(data, self._row) > 1

    def _numbered(self, label: Label) -> Label:
        while self._above and self._above[-1][0] >= label.level:
            self._above.pop()
        whole = self._above[-1][1] if self._above else NOTHING
        self._above.append((label.level, label))
        if not label.among:
            self._whole, self._parts = label, False
        return whole

    def _plain(self, label: Label) -> Label:
        if label.among:
            self._parts = True
            return self._whole
        if label.total or not label.words:
            self._whole, self._parts = NOTHING, False
            return NOTHING
        if self._parts and self._whole.words and self._goes_on(label):
            return self._whole
        self._whole, self._parts = label, False
        return NOTHING

    def _goes_on(self, label: Label) -> bool:
        """Whether a row after a part is one more: no measure and no deed, or without a unit where rows have theirs."""
        names, words = self._names, label.words
        if self._units and self._whole.unit:
            return label.unit is None and not label.ratio
        return not names.measured(words) and not names.does(words)
