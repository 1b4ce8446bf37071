"""Clean: circles, letters and digits that stand for 〇 in a Chinese numeral."""

from __future__ import annotations

import re

from taizhang.align import Edit
from taizhang.clean.rules import CleaningRules


def zero(text: str, known: CleaningRules) -> list[Edit]:
    """Put 〇 where the numerals around a look-alike leave nothing else that it could be."""
    rule = known.rules.zero
    run = re.compile(f"[{rule.numerals}{rule.zeros}{rule.sure}{rule.likely}]{{2,12}}")
    edits: list[Edit] = []
    for m in run.finditer(text):
        written = m.group()
        real = sum(c in rule.numerals for c in written)
        if not real or text[m.start() - 1 : m.start()].isdigit() or text[m.end() : m.end() + 1].isdigit():
            continue
        for at, c in enumerate(written):
            if c in rule.sure or (c in rule.likely and real >= 2 and at):
                edits.append(Edit(m.start() + at, m.start() + at + 1, rule.zeros[0], rule.id))
    return edits
