"""The check room's look at the stage dumps of ``--debug``: with the text at hand, spans can be seen to be right."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from taizhang.align import Aligned, Piece
from taizhang.check.lines import NumberedLine
from taizhang.check.report import Check, Wording
from taizhang.clean.stage import joined
from taizhang.extract.numbers.seen import Offsets, apart, numerals
from taizhang.messages import _
from taizhang.records import RectificationItem, Rejection, Span
from taizhang.rules import RuleSet

CLEAN = "1-clean.json"


class Dumps:
    """The texts in ``debug/`` of a run, by document, and the spans of what was made of them."""

    def __init__(self, run: Path, check: Check) -> None:
        self._run, self._check = run, check
        self._paths: dict[str, Path] = {}
        self._spans: dict[str, list[Offsets]] = defaultdict(list)
        for path in sorted(run.glob(f"debug/*/{CLEAN}")):
            text = self._read(path)
            if text is not None:
                self._paths[text[0]] = path
        if not self._paths:
            check.skipped = _("the run has no debug/")

    def check(
        self, lines: Sequence[NumberedLine[RectificationItem]] | Sequence[NumberedLine[Rejection]]
    ) -> None:
        """Check quotes, spans and sentences of the lines of one article, where its text is there."""
        document = lines[0].item.document.id
        if document not in self._paths:
            return
        text = self._read(self._paths[document])
        if text is None:
            return
        for line in lines:
            if line.item.span is not None:
                self._line(line, line.item.span, text[1], text[2])
                self._spans[document].append((line.item.span.start, line.item.span.end))

    def close(self, rules: RuleSet, same_rules: bool) -> None:
        """Check that no numeral of a text is left out, where the rules are those of the run."""
        for document, path in self._paths.items() if same_rules else ():
            text = self._read(path)
            if text is None:
                continue
            spans = joined(span for span in self._spans[document] if span[0] < span[1])
            seen = numerals(text[1].text, rules)
            self._check.compared += len(seen)
            for start, end in apart(seen, spans):
                quote = text[1].text[start:end]
                self._check.fault(
                    f"{path.relative_to(self._run)}: text[{start}:{end}]: expected {quote!r} in a record or a "
                    "rejection, got it in neither"
                )

    def _read(self, path: Path) -> tuple[str, Aligned, str] | None:
        """Document id, aligned clean text and source text of a dump."""
        try:
            dump = json.loads(path.read_bytes())
            text = Aligned(dump["text"], tuple(Piece(*piece) for piece in dump["alignment"]))
            return dump["document"]["id"], text, dump["raw"]
        except (ValueError, KeyError, TypeError) as error:
            self._check.fault(
                f"{path.relative_to(self._run)}: file: expected a dump of clean, got {type(error).__name__}: {error}"
            )
            return None

    def _line(
        self,
        line: NumberedLine[RectificationItem] | NumberedLine[Rejection],
        span: Span,
        text: Aligned,
        raw: str,
    ) -> None:
        check, item = self._check, line.item
        if span.start == span.end:  # left out of the clean text
            check.equal(line.where, "quote", raw[span.raw_start : span.raw_end], item.quote)
            return
        check.equal(line.where, "quote", text.text[span.start : span.end], item.quote)
        source = text.source_span(span.start, span.end)
        check.equal(line.where, "span.raw_start, raw_end", source, (span.raw_start, span.raw_end))
        begins = text.text.find(item.sentence, max(0, span.end - len(item.sentence)))
        good = 0 <= begins <= span.start
        if item.sentence:
            check.hold(
                good, line.where, "sentence", Wording("one that holds the quote's span"), item.sentence
            )
