"""The extract stage: everything is found by characters alone, then each quantity's fields are resolved against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from taizhang.article import Cleaned
from taizhang.extract.candidates import Candidate, Exclusion, Extraction
from taizhang.extract.dates import find_dates
from taizhang.extract.metrics import resolve_metrics
from taizhang.extract.metrics.atoms import Block
from taizhang.extract.numbers import find_numbers
from taizhang.extract.places import find_agencies, find_places, resolve_places
from taizhang.extract.times import resolve_times
from taizhang.records import Date, PlaceMention, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout

__all__ = ["extract"]


def extract(doc: Doc, rules: RuleSet) -> Extraction:
    """Every number of a Doc that ``segment`` made, as a candidate or an exclusion."""
    cleaned: Cleaned = doc.user_data["taizhang.cleaned"]
    layout: Layout = doc.user_data["taizhang.layout"]
    text, published = cleaned.text, cleaned.document.published
    dates = find_dates(text, rules, published)
    found, exclusions = find_numbers(text, rules, dates)
    quantities, exclusions = _without_page_matter(found, exclusions, cleaned)
    mentions = find_places(text, rules, published)
    candidates = _resolved(doc, layout, quantities, exclusions, dates, mentions, rules)
    return Extraction(cleaned, layout, tuple(candidates), tuple(exclusions), tuple(dates), tuple(mentions))


def _resolved(
    doc: Doc,
    layout: Layout,
    quantities: Sequence[Quantity],
    exclusions: Sequence[Exclusion],
    dates: Sequence[Date],
    mentions: Sequence[PlaceMention],
    rules: RuleSet,
) -> Iterator[Candidate]:
    cleaned: Cleaned = doc.user_data["taizhang.cleaned"]
    blocks = list(_blocks(quantities, exclusions, dates, mentions))
    metrics = resolve_metrics(doc, layout, quantities, blocks, rules)
    places = resolve_places(layout, quantities, mentions, rules, cleaned.document)
    agencies = find_agencies(layout, quantities, mentions, rules)
    times = resolve_times(layout, quantities, dates, rules, cleaned.document.published)
    for quantity, metric, place, agency, time in zip(quantities, metrics, places, agencies, times, strict=True):
        used = {**quantity.rules, **metric.rules, "place": place.rule, "time": time.rule}
        if agency.name:
            used["agency"] = agency.rule
        yield Candidate(
            quantity=quantity,
            metric=metric.metric,
            phase=metric.phase,
            place=place.place,
            agency=agency.name,
            time=time.value,
            part_of=metric.part_of,
            rules=used,
        )


def _without_page_matter(
    found: Sequence[Quantity], exclusions: Sequence[Exclusion], cleaned: Cleaned
) -> tuple[list[Quantity], list[Exclusion]]:
    """Numbers that cleaning could not vouch for, or that belong to the page and not to the prose, are no records."""
    kept: list[Quantity] = []
    moved = list(exclusions)
    for quantity in found:
        if _touches(quantity, cleaned.uncertain, margin=1):
            moved.append(Exclusion(quantity.start, quantity.end, "damaged", "clean.uncertain"))
        elif _touches(quantity, cleaned.boilerplate):
            moved.append(Exclusion(quantity.start, quantity.end, "boilerplate", "clean.boilerplate"))
        else:
            kept.append(quantity)
    return kept, sorted(moved)


def _touches(quantity: Quantity, spans: Iterable[tuple[int, int]], margin: int = 0) -> bool:
    return any(start - margin < quantity.end and quantity.start < end + margin for start, end in spans)


def _blocks(
    quantities: Sequence[Quantity],
    exclusions: Sequence[Exclusion],
    dates: Sequence[Date],
    mentions: Sequence[PlaceMention],
) -> Iterator[Block]:
    """What the metric's name leaves out: dates, places, and numbers that are names or ordinals stay words."""
    taken = sorted((q.start, q.end) for q in quantities)
    at = 0
    spans = [Block(d.start, d.end, "date") for d in dates]
    spans += [Block(m.start, m.end, "place") for m in mentions]
    spans += [Block(e.start, e.end, "number") for e in exclusions if e.reason in {"date", "threshold", "ordinal"}]
    for block in sorted(spans):
        clear = all(block.end <= start or end <= block.start for start, end in taken)
        if clear and block.start >= at:
            yield block
            at = block.end
