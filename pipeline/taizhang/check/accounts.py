"""The check room's accounts: the manifest's counts against what is in the files, by article and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from taizhang.check.lines import NumberedLine
from taizhang.check.report import CheckReport, Wording
from taizhang.messages import _
from taizhang.records import RectificationItem, Rejection
from taizhang.run.folder import RECORDS, REJECTS, Input, RunManifest
from taizhang.write.fields import values
from taizhang.write.manifest import MANIFEST


@dataclass(slots=True)
class _Entry:
    """What is left to be found of one input."""

    input: Input
    records: int
    rejects: int
    reason: str | None
    records_seen: bool = False
    rejects_seen: bool = False


class Accounts:
    """Holds the lines of a run, one article after the other, against its manifest."""

    def __init__(self, manifest: RunManifest, report: CheckReport) -> None:
        self._manifest, self._report = manifest, report
        self._entries: dict[str, _Entry] = {}
        self._records = 0
        self._reasons: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        self._missing: set[str] = set()
        for number, entry in enumerate(manifest.inputs, 1):
            self._open(f"{MANIFEST}: inputs[{number}]", entry)

    def add(
        self, lines: Sequence[NumberedLine[RectificationItem]] | Sequence[NumberedLine[Rejection]]
    ) -> None:
        """Count the lines of one article."""
        first = lines[0]
        entry = self._entries.get(first.item.document.id)
        self._report["ids"].hold(
            entry is not None,
            first.where,
            "document.id",
            Wording(f"the id of an input in {MANIFEST}"),
            first.item.document.id,
        )
        records = isinstance(first.item, RectificationItem)
        if records:
            self._records += len(lines)
        whole = [line for line in lines if isinstance(line.item, Rejection) and line.item.scope == "article"]
        for line in lines if not records else ():
            counter = self._unread if line in whole else self._reasons
            counter[line.item.reason] += 1  # type: ignore[union-attr]
        if entry is None:
            return
        self._once(entry, first, records)
        if records:
            entry.records -= len(lines)
        else:
            entry.rejects -= len(lines) - len(whole)
        for line in whole:
            self._gave_nothing(entry, line)

    def without(self, name: str) -> None:
        """Say that the run wrote no such file, so that its lines cannot be counted."""
        self._missing.add(name)
        if name in self._manifest.outputs or name == REJECTS:
            self._report["counts"].fault(f"{name}: file: expected the run's lines, got no such file")
        for check in ("lines", "ids", "parts", "spans", "values", "texts") if name == RECORDS else ():
            self._report[check].about += _(" (the run wrote no {name})").format(name=name)

    @property
    def has_all_lines(self) -> bool:
        """Whether the run wrote both files of lines, so that what is in neither is in none."""
        return not self._missing

    def close(self) -> None:
        """Compare what has been counted with what the manifest says."""
        self._articles()
        self._numerals()
        self._counts()

    def _open(self, where: str, entry: Input) -> None:
        self._report["ids"].hold(
            entry.id not in self._entries, where, "id", Wording("an id that no input before has"), entry.id
        )
        reason = entry.unread or entry.failed
        done = entry.records is not None and entry.rejects is not None and entry.numerals is not None
        self._report["articles"].hold(
            done == (reason is None),
            where,
            "outcome",
            Wording("either records, rejects and numerals, or unread, or failed"),
            entry.model_dump(exclude_none=True),
        )
        self._entries[entry.id] = _Entry(entry, entry.records or 0, entry.rejects or 0, reason)
        if entry.numerals:
            seen, settled = entry.numerals.seen, entry.numerals.in_records + entry.numerals.in_rejects
            told = Wording(f"{seen}, in records and rejections together")
            self._report["numerals"].hold(seen == settled, where, f"numerals of {entry.id}", told, settled)

    def _once(self, entry: _Entry, line: NumberedLine[Any], records: bool) -> None:
        before = entry.records_seen if records else entry.rejects_seen
        self._report["ids"].hold(
            not before, line.where, "document.id", Wording("the lines of an article together"), entry.input.id
        )
        if records:
            entry.records_seen = True
        else:
            entry.rejects_seen = True

    def _gave_nothing(self, entry: _Entry, line: NumberedLine[Any]) -> None:
        self._report["articles"].equal(
            line.where, f"reason of {entry.input.id}", entry.reason, line.item.reason
        )
        entry.reason = None

    def _articles(self) -> None:
        check, inputs = self._report["articles"], self._manifest.inputs
        read = sum(entry.unread is None and entry.failed is None for entry in inputs)
        said = self._manifest.counts.get("articles")
        check.equal(MANIFEST, "counts.articles", {"read": read, "unread": len(inputs) - read}, said)
        if REJECTS not in self._missing:
            for entry in self._entries.values():
                told = Wording(f"a line of {entry.input.id} that says {entry.reason!r}")
                check.hold(entry.reason is None, REJECTS, "scope article", told, Wording("none"))

    def _numerals(self) -> None:
        total: Counter[str] = Counter()
        for entry in self._manifest.inputs:
            total.update(entry.numerals.model_dump() if entry.numerals else {})
        said = {name: count for name, count in self._manifest.counts.get("numerals", {}).items() if count}
        self._report["numerals"].equal(MANIFEST, "counts.numerals", dict(+total), said)

    def _kept(self, reasons: dict[str, int]) -> dict[str, int]:
        """The counts of the rejected numbers that have a line each."""
        kept = self._manifest.rejects
        if kept == "all":
            return reasons
        known = values()["reason"]
        return {
            reason: count
            for reason, count in reasons.items()
            if kept == "important" and (reason not in known or known[reason].weight == "important")
        }

    def _counts(self) -> None:
        check, counts = self._report["counts"], self._manifest.counts
        validate = counts.get("stages", {}).get("validate", {})
        if RECORDS not in self._missing:
            check.equal(RECORDS, "records", validate.get("records", 0), self._records)
        if REJECTS not in self._missing:
            check.equal(
                REJECTS, "reasons", self._kept(counts.get("rejected_numbers", {})), dict(self._reasons)
            )
            check.equal(REJECTS, "reasons of articles", counts.get("unread_articles"), dict(self._unread))
        whole = self._manifest.rejects == "all"
        if whole and REJECTS not in self._missing:
            check.equal(REJECTS, "rejected numbers", validate.get("rejects", 0), self._reasons.total())
        for name, left in ((RECORDS, "records"), (REJECTS, "rejects")) if whole else ((RECORDS, "records"),):
            for entry in self._entries.values() if name not in self._missing else ():
                expected, over = getattr(entry.input, left) or 0, getattr(entry, left)
                check.equal(name, f"{left} of {entry.input.id}", expected, expected - over)
