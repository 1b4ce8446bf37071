"""Places: the sections of an article as far as places carry: a form's filled lines (时限：6月底) begin no new one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from taizhang.records import PlaceMention
from taizhang.segment.layout import Layout, Section


class JoinedSections:
    """Sections by offset, each line of a form that is filled in and names no place joined to what stands before it."""

    def __init__(self, layout: Layout, mentions: Sequence[PlaceMention], colons: Sequence[str]) -> None:
        self._starts = [m.start for m in mentions]
        self.sections = list(self._joined(layout, tuple(colons)))
        self.forms = {s.start for s in self.sections if s not in layout.sections}
        self._begins = [s.start for s in self.sections]

    def _joined(self, layout: Layout, colons: tuple[str, ...]) -> Iterator[Section]:
        held: Section | None = None
        for section in layout.sections:
            heading = layout.text[section.heading_start : section.heading_end].strip()
            filled = any(colon in heading[:-1] for colon in colons) and not heading.endswith(colons)
            if held and filled and not self._named(section.heading_start, section.heading_end):
                held = held._replace(end=section.end)
                continue
            if held:
                yield held
            held = section
        if held:
            yield held

    def _named(self, low: int, high: int) -> bool:
        return bisect_right(self._starts, high - 1) > bisect_right(self._starts, low - 1)

    def at(self, offset: int) -> Section | None:
        """The section that holds an offset; None before the first."""
        index = bisect_right(self._begins, offset) - 1
        return self.sections[index] if index >= 0 else None
