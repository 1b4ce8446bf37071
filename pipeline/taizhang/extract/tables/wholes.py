"""Tables: of which row each is a part, told in one pass down the rows: by 其中, by numbering, by what follows."""

from __future__ import annotations

from bisect import bisect_left

from taizhang.extract.tables.blocks import TableBlock
from taizhang.extract.tables.labels import Label
from taizhang.extract.tables.names import Names


class RowWholes:
    """The wholes of one block's rows; rows come in order, and what is no longer needed of them is not kept.

    >>> from taizhang.rules import RuleSet
    >>> wholes = RowWholes(TableBlock(data=[1, 2, 3]), Names.of(RuleSet()))
    >>> [wholes.of(row, label) for row, label in enumerate((
    ...     Label("固定资产投资"), Label("民间投资", among=True), Label("第一产业"), Label("社会消费品零售总额")), 1)]
    ['', '固定资产投资', '固定资产投资', '']
    """

    def __init__(self, block: TableBlock, names: Names) -> None:
        self._block, self._names = block, names
        self._group, self._row = -1, -1
        self._above: list[tuple[int, str]] = []  # numbered rows that are still open, each with its level
        self._whole = ""  # the last row that is no part
        self._parts = False  # whether parts of it have begun
        self._last = ""

    def of(self, row: int, label: Label) -> str:
        """What the row names of which this one is a part; empty for one that is none."""
        if row == self._row:
            return self._last
        group = self._block.group.get(row, -1)
        if group != self._group or row < self._row or self._far(row):
            self._above, self._whole, self._parts = [], "", False
        self._group, self._row = group, row
        self._last = self._numbered(label) if label.level else self._plain(label)
        return self._last

    def _far(self, row: int) -> bool:
        """Whether rows between the last one and this one were not asked for: then nothing is known of them."""
        data = self._block.data
        return self._row >= 0 and bisect_left(data, row) - bisect_left(data, self._row) > 1

    def _numbered(self, label: Label) -> str:
        while self._above and self._above[-1][0] >= label.level:
            self._above.pop()
        whole = self._above[-1][1] if self._above else ""
        self._above.append((label.level, label.words))
        if not label.among:
            self._whole, self._parts = label.words, False
        return whole

    def _plain(self, label: Label) -> str:
        if label.among:
            self._parts = True
            return self._whole
        if label.total or not label.words:
            self._whole, self._parts = "", False
            return ""
        names = self._names
        if self._parts and self._whole and not names.measured(label.words) and not names.does(label.words):
            return self._whole
        self._whole, self._parts = label.words, False
        return ""
