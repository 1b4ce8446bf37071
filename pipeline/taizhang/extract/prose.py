"""Extract: the numbers of prose: found by characters alone, then each quantity's fields resolved against it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap
from typing import NamedTuple, cast

from taizhang.article import Cleaned
from taizhang.extract.candidates import AgencyChoice, Candidate, Exclusion, PlaceChoice, TimeChoice
from taizhang.extract.dates.find import find_dates
from taizhang.extract.metrics.atoms import KnownSpan
from taizhang.extract.metrics.resolve import MetricChoice, resolve_metrics
from taizhang.extract.numbers import find_numbers
from taizhang.extract.phases.judged import judge_phases, with_setting
from taizhang.extract.places import find_agencies, find_places, resolve_places
from taizhang.extract.places.agencies import Agency, agency_grammar
from taizhang.extract.times.dateline import written
from taizhang.extract.times.resolve import resolve_times
from taizhang.judge import Choice
from taizhang.records import Date, Phase, PlaceMention, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.stage import Segmented


class SurfaceMentions(NamedTuple):
    """What characters alone tell of a text, before anything is resolved."""

    quantities: Sequence[Quantity]
    exclusions: Sequence[Exclusion]
    dates: Sequence[Date]
    mentions: Sequence[PlaceMention]
    published: str | None


def found_in(segmented: Segmented, rules: RuleSet) -> SurfaceMentions:
    """Numbers, dates and places of a text, and the day that it was written on."""
    cleaned = segmented.cleaned
    text, published = cleaned.text, written(segmented.layout, rules, cleaned.document.published)
    dates = find_dates(text, rules, published)
    places = find_places(text, rules, published)
    quantities, exclusions = find_numbers(text, rules, dates, places)
    kept, excluded = _without_page_matter(quantities, exclusions, cleaned)
    return SurfaceMentions(kept, excluded, dates, places, published)


def resolved(segmented: Segmented, found: SurfaceMentions, rules: RuleSet) -> Iterator[Candidate]:
    """Each quantity that was found with all its fields, in text order."""
    document, layout = segmented.cleaned.document, segmented.layout
    quantities = found.quantities
    if not quantities:
        return
    bodies = agency_grammar(rules).listed(layout.text, found.mentions)
    metrics = resolve_metrics(layout, segmented.tokens, quantities, _blocks(found, bodies), rules)
    places = resolve_places(
        layout, quantities, found.mentions, rules, document, region=segmented.cleaned.region
    )
    agencies = find_agencies(layout, quantities, found.mentions, rules)
    times = resolve_times(layout, quantities, found.dates, rules, found.published)
    weak = document.published_by == "properties"  # too weak to tell what is to come
    told = None if weak else found.published
    seen = [
        with_setting(metric.seen, time.value, told, layout.about_at(quantity.start))
        for quantity, metric, time in zip(quantities, metrics, times, strict=True)
    ]
    phases = judge_phases(seen, quantities, layout, rules)
    yield from starmap(_candidate, zip(quantities, metrics, places, agencies, times, phases, strict=True))


def _candidate(  # noqa: PLR0913, PLR0917 - a field each
    quantity: Quantity,
    metric: MetricChoice,
    place: PlaceChoice,
    agency: AgencyChoice,
    time: TimeChoice,
    phase: Choice,
) -> Candidate:
    """A quantity with what was chosen for each of its fields, and the rules that did."""
    used = {**quantity.rules, **metric.rules, "place": place.rule, "time": time.rule}
    used["phase"] = phase.winner.rule
    if agency.name:
        used["agency"] = agency.rule
    return Candidate(
        quantity=quantity,
        metric=metric.metric,
        phase=cast("Phase", phase.winner.value),
        place=place.place,
        agency=agency.name,
        time=time.value,
        part_of=metric.part_of,
        rules=used,
        choices={"metric": metric.choice, "phase": phase} | ({"time": time.choice} if time.choice else {}),
        place_sure=place.sure,
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


def _touches(quantity: Quantity, spans: Sequence[tuple[int, int]], margin: int = 0) -> bool:
    """Whether one of ``spans``, which are in order and apart, comes within ``margin`` of a quantity."""
    index = bisect_left(spans, (quantity.end + margin,))
    return index > 0 and quantity.start < spans[index - 1][1] + margin


def _blocks(found: SurfaceMentions, bodies: Iterable[Agency]) -> Iterator[KnownSpan]:
    """What the metric's name leaves out: dates, places, organisations, and numbers that date, limit or order."""
    silent = {"date", "threshold", "ordinal"}
    spans = [KnownSpan(d.start, d.end, "date") for d in found.dates]
    spans += [KnownSpan(m.start, m.end, "place") for m in found.mentions]
    spans += [KnownSpan(b.start, b.end, "agency") for b in bodies]
    spans += [KnownSpan(e.start, e.end, "number") for e in found.exclusions if e.reason in silent]
    starts = [q.start for q in found.quantities]
    at = 0
    for block in sorted(spans, key=lambda span: (span.start, -span.end)):
        near = found.quantities[max(0, bisect_left(starts, block.start) - 1) : bisect_left(starts, block.end)]
        if block.start >= at and all(block.end <= q.start or q.end <= block.start for q in near):
            yield block
            at = block.end
