"""Extract: the numbers of prose: found by characters alone, then each quantity's fields resolved against it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.article import Cleaned
from taizhang.extract.candidates import Candidate, Exclusion, TimeChoice
from taizhang.extract.dates import find_dates
from taizhang.extract.metrics.atoms import Block
from taizhang.extract.metrics.resolve import resolve_metrics
from taizhang.extract.numbers import find_numbers
from taizhang.extract.places import find_agencies, find_places, resolve_places
from taizhang.extract.times import resolve_times
from taizhang.records import Date, Phase, PlaceMention, Quantity
from taizhang.rules import RuleSet
from taizhang.segment.layout import About
from taizhang.segment.stage import Segmented

ANNOUNCED: dict[About, Phase] = {"problem": "problem", "plan": "target", "outcome": "result"}


class Found(NamedTuple):
    """What characters alone tell of a text, before anything is resolved."""

    quantities: Sequence[Quantity]
    exclusions: Sequence[Exclusion]
    dates: Sequence[Date]
    mentions: Sequence[PlaceMention]


def found_in(cleaned: Cleaned, rules: RuleSet) -> Found:
    text, published = cleaned.text, cleaned.document.published
    dates = find_dates(text, rules, published)
    quantities, exclusions = find_numbers(text, rules, dates)
    kept, excluded = _without_page_matter(quantities, exclusions, cleaned)
    return Found(kept, excluded, dates, find_places(text, rules, published))


def resolved(segmented: Segmented, found: Found, rules: RuleSet) -> Iterator[Candidate]:
    document, layout = segmented.cleaned.document, segmented.layout
    quantities = found.quantities
    if not quantities:
        return
    metrics = resolve_metrics(layout, segmented.tokens, quantities, _blocks(found), rules)
    places = resolve_places(layout, quantities, found.mentions, rules, document)
    agencies = find_agencies(layout, quantities, found.mentions, rules)
    times = resolve_times(layout, quantities, found.dates, rules, document.published)
    for quantity, metric, place, agency, time in zip(
        quantities, metrics, places, agencies, times, strict=True
    ):
        open_ = metric.phase != "target" and metric.rules["metric"] != "metric.base"
        told = document.published if document.published_by != "properties" else None
        to_come = open_ and _to_come(time, told)
        used = {**quantity.rules, **metric.rules, "place": place.rule, "time": time.rule}
        if agency.name:
            used["agency"] = agency.rule
        if to_come:
            used["phase"] = "phase.time-to-come"
        phase, used["phase"] = _announced(layout.about_at(quantity.start), metric.phase, used["phase"])
        yield Candidate(
            quantity=quantity,
            metric=metric.metric,
            phase="target" if to_come else phase,
            place=place.place,
            agency=agency.name,
            time=time.value,
            part_of=metric.part_of,
            rules=used,
        )


def _announced(about: About, phase: Phase, rule: str) -> tuple[Phase, str]:
    """The phase that a heading announces, where no word beside the figure decides."""
    if not about or not rule.startswith("phase.default"):
        return phase, rule
    return ANNOUNCED[about], f"phase.heading.{about}"


def _to_come(time: TimeChoice, published: str | None) -> bool:
    """Whether a quantity's time begins after the article's date: then it can only be a plan."""
    begins = time.value.split("/")[0]
    return published is not None and begins != "" and begins > published[: len(begins)]


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


def _blocks(found: Found) -> Iterator[Block]:
    """What the metric's name leaves out: dates, places, and numbers that date, limit or order something."""
    silent = {"date", "threshold", "ordinal"}
    spans = [Block(d.start, d.end, "date") for d in found.dates]
    spans += [Block(m.start, m.end, "place") for m in found.mentions]
    spans += [Block(e.start, e.end, "number") for e in found.exclusions if e.reason in silent]
    starts = [q.start for q in found.quantities]
    at = 0
    for block in sorted(spans):
        near = found.quantities[max(0, bisect_left(starts, block.start) - 1) : bisect_left(starts, block.end)]
        if block.start >= at and all(block.end <= q.start or q.end <= block.start for q in near):
            yield block
            at = block.end
