"""Tables: what an article's prose, its tables' cells and the prose in these hold, as one extraction."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, groupby, pairwise

from taizhang.article import Cleaned, Table
from taizhang.compact import Packed, offsets
from taizhang.extract.candidates import Candidate, Extraction, PlaceChoice
from taizhang.extract.dates.find import find_dates
from taizhang.extract.kept import KeptCandidates
from taizhang.extract.numbers.seen import numerals
from taizhang.extract.places import resolve_places
from taizhang.extract.prose import SurfaceMentions, found_in, resolved
from taizhang.extract.tables.items import ProseCell, phase_in
from taizhang.extract.tables.setting import anchor_of
from taizhang.extract.tables.shapes import TableWords
from taizhang.extract.tables.stage import TableContext, read_tables
from taizhang.extract.tables.tools import TableReaders
from taizhang.extract.times.resolve import resolve_times
from taizhang.records import Date, Place, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.stage import Segmented

NEAR = 200  # characters before a table in which a date may still be its own
SETTLED = frozenset({"sentence", "agency"})  # how a place is found that a cell's own words name


def with_tables(segmented: Segmented, rules: RuleSet) -> Extraction:
    """Every number of a text with tables, as a candidate or an exclusion."""
    cleaned = segmented.cleaned
    prose = segmented.only(_outside(cleaned))
    found = found_in(prose, rules)
    tools = TableReaders(rules, cleaned.document.published)
    tabled = read_tables(cleaned, segmented.layout, _governing(prose, found, cleaned.tables, rules), tools)
    groups: list[Sequence[Candidate]] = [list(resolved(prose, found, rules)), tabled.candidates]
    exclusions, dates, mentions = [*found.exclusions, *tabled.exclusions], [*found.dates], [*found.mentions]
    if tabled.items:
        inside = segmented.only(_inside(cleaned.text, tabled.items), _bars(tabled.items))
        more = _dated(found_in(inside, rules), tabled.items, rules, cleaned.text)
        told = resolved(inside, more, rules)
        groups.append([_in_item(c, _item_at(tabled.items, c.quantity.start), tools) for c in told])
        exclusions += more.exclusions
        dates += more.dates
        mentions += more.mentions
    return Extraction(
        cleaned,
        segmented.layout,
        _in_text_order(groups, cleaned.text),
        tuple(sorted(exclusions)),
        tuple(sorted(dates, key=lambda d: d.start)),
        tuple(sorted(mentions, key=lambda m: m.start)),
        Packed(offsets, 2, numerals(cleaned.text, rules)),
    )


def _outside(cleaned: Cleaned) -> str:
    """The text with its tables blank."""
    parts, at = [], 0
    for table in cleaned.tables:
        parts += [cleaned.text[at : table.start], "\n" * (table.end - table.start)]
        at = table.end
    return "".join([*parts, cleaned.text[at:]])


def _inside(text: str, items: Sequence[ProseCell]) -> str:
    """The text with all but its cells of prose blank."""
    parts, at = [], 0
    for item in items:
        parts += ["\n" * (item.start - at), text[item.start : item.end]]
        at = item.end
    return "".join([*parts, "\n" * (len(text) - at)])


def _bars(items: Sequence[ProseCell]) -> list[int]:
    """Where a row begins, or what is in none: what a row tells is not taken up by the next."""
    before = ["", *(item.row for item in items)]
    return [item.start for row, item in zip(before, items, strict=False) if not item.row or item.row != row]


def _dated(found: SurfaceMentions, items: Sequence[ProseCell], rules: RuleSet, text: str) -> SurfaceMentions:
    """What cells hold, with the year of their table in dates without one, where nothing says when it was written."""
    undated = TableWords.of(rules).undated
    bare = [d for d in found.dates if not d.value and undated.match(d.quote)]
    if found.published is not None or not bare:
        return found
    dates: dict[int, Date] = {d.start: d for d in found.dates}
    for start, group in groupby(bare, key=lambda d: _item_at(items, d.start).start):
        item = _item_at(items, start)
        told = find_dates(text[item.start : item.end], rules, anchor_of(item.time))
        values = {d.start + item.start: d.value for d in told}
        dates |= {d.start: d.model_copy(update={"value": values.get(d.start, "")}) for d in group}
    return found._replace(dates=list(dates.values()))


def _governing(
    prose: Segmented, found: SurfaceMentions, tables: Sequence[Table], rules: RuleSet
) -> list[TableContext]:
    """What the prose says of place and time where each table begins."""
    layout, document = prose.layout, prose.cleaned.document
    starts = [table.start for table in tables]
    if not layout.sentences:
        return [TableContext(PlaceChoice(Place(), ""), "") for _ in starts]
    at = [Quantity(start=start, end=start, quote="", value=Decimal(0)) for start in starts]
    places = resolve_places(layout, at, found.mentions, rules, document, region=prose.cleaned.region)
    times = resolve_times(layout, at, found.dates, rules, document.published)
    return [
        TableContext(place, time.value or _last_date(found.dates, q.start))
        for place, time, q in zip(places, times, at, strict=True)
    ]


def _last_date(dates: Sequence[Date], before: int) -> str:
    """The last date with a year that stands near before a table."""
    index = bisect_right(dates, before, key=lambda d: d.end)
    for date in reversed(dates[max(0, index - 4) : index]):
        if before - date.end <= NEAR and date.quote[:4].isdecimal() and not date.value.endswith(".."):
            return date.value
    return ""


def _item_at(items: Sequence[ProseCell], offset: int) -> ProseCell:
    return items[bisect_right(items, offset, key=lambda item: item.start) - 1]


def _in_item(candidate: Candidate, item: ProseCell, tools: TableReaders) -> Candidate:
    """A figure told in a cell, with what its row says where the cell's own words say nothing."""
    used = dict(candidate.rules)
    place, time = candidate.place, candidate.time
    if place.how not in SETTLED and item.spot.code:
        place, used["place"] = tools.place(item.spot, item.how), "table.place.row"
    agency = candidate.agency or item.agency
    if agency and not candidate.agency:
        used["agency"] = "table.agency"
    phase, used["phase"] = phase_in(item, candidate.choices["phase"])
    if not time:
        due = phase == "target" and item.about != "problem" and item.deadline
        time = item.deadline if due else item.time
        used["time"] = "table.time.deadline" if due else "table.time.table" if time else used["time"]
    return replace(candidate, place=place, agency=agency, phase=phase, time=time, rules=used, row=item.row)


def _in_text_order(groups: Sequence[Sequence[Candidate]], text: str) -> KeptCandidates:
    """All candidates by their places, each with its total's new number."""
    filled = [group for group in groups if group]
    if len(filled) == 1 and isinstance(filled[0], KeptCandidates) and _in_order(filled[0].starts):
        return filled[0]
    starts = array("i", [c.quantity.start for group in groups for c in group])
    order = array("i", sorted(range(len(starts)), key=starts.__getitem__))
    new = array("i", order)
    for number, old in enumerate(order):
        new[old] = number
    first = list(accumulate(map(len, groups), initial=0))
    made = KeptCandidates(text)
    for old in order:
        group = bisect_right(first, old) - 1
        candidate = groups[group][old - first[group]]
        total = candidate.part_of
        made.append(candidate if total is None else replace(candidate, part_of=new[first[group] + total]))
    return made


def _in_order(starts: Sequence[int]) -> bool:
    return all(one <= other for one, other in pairwise(starts))
