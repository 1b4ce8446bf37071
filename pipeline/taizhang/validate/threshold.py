"""Validate: the floor of confidence that a user sets: records under it become rejections that say the figure."""

from __future__ import annotations

from taizhang.records import RectificationItem, Rejection
from taizhang.result import Result


def withhold(result: Result, floor: float) -> Result:
    """The result with every record whose confidence is under ``floor`` (0 to 1) moved to the rejections."""
    low = tuple(record for record in result.records if record.confidence < floor)
    if not low:
        return result
    gone = {record.id for record in low}
    kept = tuple(_without(r, gone) for r in result.records if r.confidence >= floor)
    rejects = sorted((*result.rejects, *(_rejection(r, floor) for r in low)), key=_position)
    return result.model_copy(update={"records": kept, "rejects": tuple(rejects)})


def _without(record: RectificationItem, gone: set[str]) -> RectificationItem:
    """A part whose total was withheld, and an answer to what was, point at nothing."""
    lost = {name: None for name in ("part_of", "answers") if getattr(record, name) in gone}
    return record.model_copy(update=lost) if lost else record


def _rejection(record: RectificationItem, floor: float) -> Rejection:
    return Rejection(
        document=record.document,
        reason="low-confidence",
        detail=f"confidence {record.confidence} is under the floor of {floor}: {record.metric.name}",
        quote=record.quote,
        sentence=record.sentence,
        span=record.span,
        rule="confidence.floor",
    )


def _position(rejection: Rejection) -> tuple[int, int]:
    return (rejection.span.start, rejection.span.raw_start) if rejection.span else (0, 0)
