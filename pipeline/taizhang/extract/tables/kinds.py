"""Tables: what a cell's text is at first sight: a figure, a year, a date, a telephone number, nothing, or words."""

from __future__ import annotations

import re
from functools import lru_cache

from taizhang.extract.tables.shapes import REMEMBERED, CellKind, CellRule, TableRules
from taizhang.rules import RuleSet, once

SIGN = "[-−－–+＋±↑↓▲▼↗↘]?"
# A blank parts thousands; but three times three signs that begin alike are several figures, and so are more:
# 366 365 365.
ALIKE = "|".join(f"{digit}[0-9]{{2}}(?: {digit}[0-9]{{2}}){{2}}" for digit in range(1, 10))
GAPPED = (
    rf"[0-9]{{1,2}}(?: [0-9]{{3}}){{1,4}}|[0-9]{{3}} [0-9]{{3}}|(?!{ALIKE})[0-9]{{3}}(?: [0-9]{{3}}){{2}}"
)
DIGITS = rf"(?:[0-9]{{1,3}}(?:[,，][0-9]{{3}})+|{GAPPED}|[0-9]+)(?:[.．][0-9]+)?"
PLAIN = re.compile(
    rf"\s*+(?P<sign>{SIGN})\s*+(?P<digits>{DIGITS})\s*+(?P<percent>[%％‰])?\s*+(?P<arrow>[↑↓▲▼↗↘])?\s*+"
)
BRACKETED = re.compile(rf"\s*+[（(]\s*+(?P<digits>{DIGITS})\s*+[)）]\s*+")  # a loss, as accounts write it
SENTENCE = re.compile(r"[。；;！？]|，")


class CellKinds:
    """What the cells of tables hold, by the rules of one set; equal texts once.

    >>> kinds = CellKinds.of(RuleSet())
    >>> [kinds.kind(t) for t in ("1,234.5", "2023年", "2023年5月", "—", "盘龙区", "约120户", "0871-12345678")]
    ['number', 'year', 'date', 'none', 'text', 'number', 'phone']
    """

    def __init__(self, rules: TableRules) -> None:
        ranked = sorted(rules.cell, key=lambda rule: rule.rank)
        self._rules = tuple((rule.kind, compiled(rule)) for rule in ranked)
        self.kind = lru_cache(maxsize=REMEMBERED)(self._kind)

    @staticmethod
    @once
    def of(rules: RuleSet) -> CellKinds:
        """The kinds of a rule set, compiled once."""
        return CellKinds(rules.load("tables.toml", TableRules))

    def _kind(self, text: str) -> CellKind:
        """What a cell's text is by the first rule that it fits; words, where it fits none."""
        for kind, pattern in self._rules:
            if pattern.match(text):
                return kind
        return "text"


def compiled(rule: CellRule) -> re.Pattern[str]:
    """A rule's pattern with its pieces put in; it must go to the end of a text."""
    words = "|".join(map(re.escape, rule.forms))
    written = rule.pattern
    for name, piece in (("{sign}", SIGN), ("{digits}", DIGITS), ("{forms}", words)):
        written = written.replace(name, piece)
    return re.compile(rf"(?:{written})\Z")


def is_prose(text: str) -> bool:
    """Whether a cell says something in a sentence, and not only names it."""
    return len(text) > 30 or (len(text) > 12 and bool(SENTENCE.search(text))) or "\n" in text.strip()
