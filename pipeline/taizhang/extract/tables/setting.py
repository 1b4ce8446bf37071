"""Tables: what governs a whole table: its caption, place, time and units, from its own first rows, the lines above it,
the headings and the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from taizhang.article import Table
from taizhang.extract.places.topic import PlaceCode
from taizhang.extract.tables.blocks import TableBlock
from taizhang.extract.tables.grid import Grid
from taizhang.extract.tables.labels import HAN_SPACE, Labels
from taizhang.extract.tables.shapes import HAN, HeadPhaseRule, TableWords, squeezed
from taizhang.extract.tables.units import ScaledUnit
from taizhang.records import Date, Document
from taizhang.segment.layout import Layout

LINES_ABOVE = 4
LONGEST_LINE = 60  # characters of a line above a table that may be its caption
STOP = re.compile(r"[。！？!?]")
UNTIL = re.compile(r"[\s）)】\]；;]|[　]")
CAPTION_END = re.compile(r"[（(][^（）()]{0,30}[)）]$")


class TableSetting(NamedTuple):
    """What holds for a table as a whole.

    Attributes:
        words: what its caption names, for a table whose heads name nothing.
        spot: its place, with how it was found.
        time: ISO 8601, or empty; ``anchor`` completes dates without a year.
        units: those that it says to have, in order.
        until: whether it says up to when its figures run.
        state: the rule for the phase of what its caption says.
    """

    words: str = ""
    spot: PlaceCode = PlaceCode()
    how: str = ""
    time: str = ""
    anchor: str | None = None
    units: tuple[ScaledUnit, ...] = ()
    captions: tuple[str, ...] = ()
    until: bool = False
    state: HeadPhaseRule | None = None


class TableSettings:
    """Finds the settings of one article's tables."""

    def __init__(self, layout: Layout, labels: Labels, document: Document) -> None:
        self._layout, self._labels, self._document = layout, labels, document
        self._words: TableWords = labels.words

    def of(self, table: Table, grid: Grid, block: TableBlock, before: TableSetting | None) -> TableSetting:
        """The setting of one block; ``before``: of the one above it in the same table, which goes on to hold."""
        own = [grid.texts[n] for n in block.captions]
        for row in {grid.cells[n].row for n in block.captions}:
            own += [grid.texts[n] for n in grid.own[row] if grid.texts[n] not in own]
        above = [] if before else self._above(table)
        near = [*above, *own]
        corner = [grid.texts[n] for r in block.heads for n in grid.own[r] if self._says_unit(grid.texts[n])]
        title = self._document.title or self._layout.text[: self._layout.title.end]
        names = [name for name in table.name.split("\n") if HAN.search(name)]
        captions = [*near[::-1], *names, title]
        time = self._time(captions)
        made = TableSetting(
            words=self._name([*near[::-1], *names, title]),
            spot=self._spot(captions),
            how="heading" if captions else "",
            time=time,
            anchor=anchor_of(time),
            units=self._units([*corner, *near[::-1], *names]),
            captions=tuple(captions),
            state=next((r for line in captions if (r := self._words.caption_state(_bare(line)))), None),
            until=any(self._words.has("until", line) for line in captions),
        )
        return made if before is None else _inherited(made, before, bool(own))

    def _above(self, table: Table) -> list[str]:
        """The short lines straight above a table."""
        layout = self._layout
        last = layout.paragraph_at(table.start - 1) if table.start else -1
        found: list[str] = []
        while last >= 0 and len(found) < LINES_ABOVE:
            low, high = layout.paragraphs[last]
            line = layout.text[low:high]
            if layout.table_at(low) or len(line) > LONGEST_LINE or STOP.search(line):
                break
            found.insert(0, line)
            last -= 1
        return found

    def _says_unit(self, text: str) -> bool:
        return self._words.has("unit_said", text) or bool(self._words.unit_said.search(text))

    def _units(self, lines: Sequence[str]) -> tuple[ScaledUnit, ...]:
        for line in lines:
            plain = HAN_BLANK.sub("", line)
            for form in self._words.unit_said.finditer(plain):
                rest = plain[form.end() :].lstrip()
                rest = UNTIL.split(rest.lstrip("　 "))[0] if rest else ""
                made = [self._labels.units.said(part) for part in UNIT_PARTS.split(rest) if squeezed(part)]
                if made and all(len(u.unit) <= 10 for u in made):
                    return tuple(made)
        for line in lines:
            unit = self._labels.read(line, None).unit
            if unit:
                return (unit,)
        return ()

    def _time(self, lines: Sequence[str]) -> str:
        for line in lines:
            said = self._words.form("time_said", line)
            text = line[len(said) :] if said else line
            plain = HAN_SPACE.sub("", text.strip())
            dates = [d for d in self._labels.dates(plain, None) if not d.value.endswith("..")]
            if len(dates) == 1 and not said and _is_dateline(dates[0], plain):
                continue
            if dates:
                return self._governing(dates, plain).value
        return ""

    def _governing(self, dates: Sequence[Date], line: str) -> Date:
        """Of the times that a line names, that of its figures: up to when they run, or the first and what lies in it.

        2023年度审计查出问题整改情况（截至2024年10月底） is of 2024-10, “十四五”规划2023年完成情况 of 2023.
        """
        starts = (0, *(d.end for d in dates))
        between = zip(dates, starts, strict=False)
        until = next((d for d, start in between if self._words.has("until", line[start : d.start])), None)
        return until or next((d for d in dates[1:] if _inside(d.value, dates[0].value)), dates[0])

    def _spot(self, lines: Sequence[str]) -> PlaceCode:
        for line in lines:
            spot = self._labels.spots.named(line)
            if spot:
                return spot
        return PlaceCode()

    def _name(self, lines: Sequence[str]) -> str:
        for line in lines:
            name = self.caption_words(line)
            if name:
                return name
        return ""

    def caption_words(self, line: str) -> str:
        """What a caption says is told: 表1 2023年各县区财政收入情况表（万元） is 财政收入."""
        has = self._words.form
        if line.rstrip().endswith(("：", ":")) or any(
            has(said, line) for said in ("unit_said", "filed_by", "time_said", "source_said", "note")
        ):
            return ""
        text = self._words.caption.sub("", HAN_SPACE.sub("", line.strip())).strip()
        lead = self._words.lead.match(text)
        if lead and lead.end() < len(text) - 1:
            text = text[lead.end() :]
        text = self._labels.read(self._after_year(text), None).words
        while CAPTION_END.search(text):
            text = CAPTION_END.sub("", text)
        for _ in range(4):
            tail = has("caption_tail", text)
            head = has("caption_place", text)
            if tail and len(text) > len(tail):
                text = text[: len(text) - len(tail)].strip(self._words.edges)
            elif head and len(text) > len(head):
                text = text[len(head) :].strip(self._words.edges)
            else:
                break
        again = self._labels.read(text, None)
        text = again.words
        whole = any(has(c, text) == text for c in ("caption_tail", "caption_place", "value", "light"))
        return "" if len(text) < 2 or len(text) > 30 or whole or not HAN.search(text) else text

    def _after_year(self, text: str) -> str:
        """A caption without who filed it, where that stands before a time: 水务局2023年度收支 is 2023年度收支."""
        rest = self._labels.read(text, None).words
        date = next((d for d in self._labels.dates(rest, None) if d.start and len(rest) - d.end > 1), None)
        return rest[date.start :] if date else text


HAN_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff：:])")
YEARS = re.compile("[0-9]{4}/[0-9]{4}")
UNIT_PARTS = re.compile(r"[、,，;；]+")


def _is_dateline(date: Date, line: str) -> bool:
    """Whether a line is a day and nothing else: then it says when the paper was written."""
    return len(date.value) == 10 and date.quote == line.strip("（）()[]【】 ")


def _inside(time: str, whole: str) -> bool:
    """Whether a time lies in another that says it less exactly: a month in a year, a year in a span of years."""
    first, to, last = whole.partition("/")
    if not to:
        return time.startswith(whole)
    return YEARS.fullmatch(whole) is not None and first <= time[: len(first)] <= last and "/" not in time


def _bare(caption: str) -> str:
    """A caption without what brackets at its end say."""
    return CAPTION_END.sub("", caption.strip())


def anchor_of(time: str) -> str | None:
    """The date that completes those without a year in a table of a time: its end, where it has one.

    >>> anchor_of("2024-01/2024-06"), anchor_of("2019/.."), anchor_of("")
    ('2024-06', '2019', None)
    """
    parts = [part for part in time.split("/") if part and part != ".."]
    return parts[-1] if parts else None


def _inherited(made: TableSetting, before: TableSetting, own: bool) -> TableSetting:
    return made._replace(
        words=made.words if own and made.words else before.words,
        spot=made.spot if made.spot.code else before.spot,
        time=made.time or before.time,
        anchor=made.anchor or before.anchor,
        units=made.units or before.units,
        until=made.until if made.time else before.until,
        state=made.state or before.state,
    )
