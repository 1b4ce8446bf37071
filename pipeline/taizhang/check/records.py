"""The check room's look at the records of one article: ids, totals and spans that fit together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from taizhang.check.lines import NumberedLine
from taizhang.check.report import Check, CheckReport, Wording
from taizhang.records import RectificationItem
from taizhang.validate.stage import record_id

Lines = Sequence[NumberedLine[RectificationItem]]


def check_article(lines: Lines, report: CheckReport) -> None:
    """Check what can be told from the records of one article alone."""
    _ids(lines, report["ids"])
    _parts(lines, report["parts"])
    _spans(lines, report["spans"])


def _ids(lines: Lines, check: Check) -> None:
    seen: dict[str, str] = {}
    for line in lines:
        record = line.item
        check.equal(line.where, "id", record_id(record.document, record.span, record.quote), record.id)
        before = seen.setdefault(record.id, line.where)
        check.hold(before == line.where, line.where, "id", Wording(f"another one than {before}"), record.id)


def _parts(lines: Lines, check: Check) -> None:
    ids = {line.item.id for line in lines}
    for line in lines:
        total = line.item.part_of
        if total is not None:
            told = Wording("the id of another record of the article")
            check.hold(total in ids and total != line.item.id, line.where, "part_of", told, total)


def _spans(lines: Lines, check: Check) -> None:
    for line in lines:
        record, span = line.item, line.item.span
        inside = 0 <= span.start < span.end and 0 <= span.raw_start <= span.raw_end
        check.hold(inside, line.where, "span", Wording("offsets in order"), span.model_dump())
        check.equal(line.where, f"span of {record.quote!r}", len(record.quote), span.end - span.start)
        told = Wording(f"{record.quote!r} in it")
        check.hold(record.quote in record.sentence, line.where, "sentence", told, record.sentence)
    for before, line in pairwise(lines):
        told = Wording(f"a span after {before.where}, which ends at {before.item.span.end}")
        after = before.item.span.end <= line.item.span.start
        check.hold(after, line.where, "span.start", told, line.item.span.start)
