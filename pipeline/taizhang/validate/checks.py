"""Warnings that a record carries: what does not fit together in it or between it and its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.extract.candidates import Candidate


def checks(number: int, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The warnings of one candidate among all of its article, in a fixed order.

    ``no-metric``: nothing names what is counted. ``no-place``: no administrative place was found. ``open-place``: a
    name fits several places. ``over-100``: a share above 100 % that is no growth. ``part-over-total``: a part is
    more than its total.
    """
    candidate = candidates[number]
    quantity = candidate.quantity
    found = []
    if not candidate.metric.name:
        found.append("no-metric")
    if not candidate.place.code:
        found.append("open-place" if candidate.place.candidates else "no-place")
    if quantity.unit == "%" and quantity.value > 100 and not candidate.metric.action:
        found.append("over-100")
    if candidate.part_of is not None:
        total = candidates[candidate.part_of].quantity
        if quantity.value > total.value and total.bound not in {"over", "range"}:
            found.append("part-over-total")
    return tuple(found)
