"""The check room's reader of values: each quote read anew by the program's own reader of numerals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.check.lines import NumberedLine
from taizhang.check.report import Check, Wording
from taizhang.extract.numbers.forms import next_run
from taizhang.extract.numbers.quantify import measure
from taizhang.messages import _
from taizhang.records import RectificationItem
from taizhang.rules import RuleSet
from taizhang.run.folder import RunFolder

Reading = tuple[Decimal, Decimal | None]


class QuoteValues:
    """Reads the quotes of records again, where the rules are those of the run.

    Attributes:
        same_rules: whether they are.
    """

    def __init__(self, folder: RunFolder, rules: RuleSet, check: Check) -> None:
        self._rules, self._check = rules, check
        self.same_rules = rules.hash == folder.manifest.ruleset
        if not self.same_rules:
            check.skipped = _("the run was made with other rules than these; name them with --rules")

    def check(self, lines: Sequence[NumberedLine[RectificationItem]]) -> None:
        """Check value and value_max of each record of one article."""
        if not self.same_rules:
            return
        for line in lines:
            record = line.item
            wanted = record.value, record.value_max
            found = list(self._readings(record.quote, 0, len(record.quote)))
            good = wanted in found or wanted in self._in_sentence(record)
            told = " or ".join(map(_told, found)) or "a numeral"
            self._check.hold(
                good, line.where, f"value of {record.quote!r}", Wording(told), Wording(_told(wanted))
            )

    def _in_sentence(self, record: RectificationItem) -> Iterator[Reading]:
        """The readings of a quote that only its neighbours make whole, wherever it stands in its sentence."""
        at = record.sentence.find(record.quote)
        while at >= 0:
            yield from self._readings(record.sentence, at, at + len(record.quote))
            at = record.sentence.find(record.quote, at + 1)

    def _readings(self, text: str, start: int, end: int) -> Iterator[Reading]:
        at = start
        while (run := next_run(text, at, self._rules)) is not None and run.start < end:
            found = measure(text, run, self._rules)
            if found is not None:
                yield found.value, found.value_max
            at = run.end


def _told(reading: Reading) -> str:
    return " to ".join(f"{value:f}" for value in reading if value is not None)
