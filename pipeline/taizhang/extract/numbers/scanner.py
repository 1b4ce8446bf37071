"""Numbers: the scan that finds where numerals stand in a text, and of which form each is."""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from taizhang.extract.expression import Expression
from taizhang.extract.numbers.numeral import LONGEST, Writing, writing
from taizhang.extract.numbers.shapes import Form, NumeralRules, UnitRules
from taizhang.extract.openings import NumberedMatch, OpeningScan, openings
from taizhang.latest import Latest
from taizhang.rules import RuleSet, once

_INSIDE = "',.’， "  # may stand among the figures of a numeral, besides its point


class FoundNumeral(NamedTuple):
    """Where the scan found a numeral, and the index of its form; that of no form for a plain one."""

    start: int
    end: int
    form: int


@dataclass(frozen=True, slots=True)
class Scanner:
    """The compiled scan of all forms and of plain numerals, and each form's own pattern."""

    scan: OpeningScan
    forms: tuple[tuple[Form, Expression], ...]
    signs: Writing
    found: Latest[list[FoundNumeral]] = field(init=False)

    def __post_init__(self) -> None:
        every = Latest(lambda text: [_told(found) for found in self.scan.over(text)])
        object.__setattr__(self, "found", every)

    def next(self, text: str, at: int) -> FoundNumeral | None:
        """The first numeral that begins at ``at`` or later."""
        found = self.found.of(text)
        index = bisect_left(found, (at,))
        if index and found[index - 1].end > at:  # from inside a numeral its rest may be read as another
            return next(map(_told, self.scan.over(text, at)), None)
        return found[index] if index < len(found) else None

    def at(self, text: str, start: int) -> FoundNumeral | None:
        """The numeral that begins at ``start``."""
        match = self.scan.at(text, start) if start < len(text) else None
        return match and _told(match)


def _told(found: NumberedMatch) -> FoundNumeral:
    return FoundNumeral(*found.match.span(), found.number)


@once
def scanner(rules: RuleSet) -> Scanner:
    """The scan for a rule set, built once."""
    signs = writing(rules)
    forms = rules.load("numerals.toml", NumeralRules).form
    heads = _heads(rules.load("units.toml", UnitRules), signs)
    compiled = tuple((form, Expression(expand(form.pattern, signs, heads))) for form in forms)
    numbered = [(i, pattern) for i, (form, pattern) in enumerate(compiled) if form.reading != "tenths"]
    plain_one = f"{expand('{N}', signs, heads)}|[{signs.scales}{''.join(signs.halves)}]"
    numbered.append((len(compiled), Expression(plain_one)))
    inside = f"{string.digits}{signs.han}{signs.points}{_INSIDE}"
    return Scanner(OpeningScan(openings(numbered, inside), inside), compiled, signs)


def _heads(file: UnitRules, signs: Writing) -> str:
    """The units that begin with a scale character (千瓦), but where a currency begins behind it (千克|朗)."""
    money = [name for entry in file.currency for name in (*entry.names.values(), *entry.short)]
    begun: dict[str, list[str]] = defaultdict(list)
    for name in money:
        for end in range(1, len(name)):
            begun[name[:end]].append(name[end:])
    forms = [form for entry in file.unit for form in entry.forms]
    heads = [form for form in (*forms, *money) if form[0] in signs.scales]
    return "|".join(
        re.escape(head) + "".join(f"(?!{re.escape(rest)})" for rest in begun.get(head[1:], ()))
        for head in heads
    )


def expand(pattern: str, signs: Writing, heads: str = "") -> str:
    """A pattern with its placeholders {D} {H} {N} {P} {next} {han} written out.

    ``heads`` are the units that begin with a scale character (千瓦): there it is no part of the numeral.
    """
    scale = f"(?!{heads})[{signs.scales}]" if heads else f"[{signs.scales}]"
    zero = f"[{''.join(sign for sign, worth in signs.digits.items() if not worth)}]"
    piece = f"{zero}?(?:{signs.figures}|[{''.join(signs.digits)}])(?:{scale})+"
    # 3万4000, 1千零20: what is left has as many figures as the multiplier has noughts, or says that some are nought
    left = "".join(f"|(?<={sign})\\d{{{worth.adjusted()}}}" for sign, worth in signs.falling)
    end = f"(?:{zero}\\d{{1,4}}{left})(?![\\d.,%％{signs.dated}]|(?:{scale}))"
    # 1万5: one figure of the next lower power, at the end of its clause or before the base of a price
    tail = f"(?=$|[。；！？，;!?\\n]|(?:{signs.ends})(?!{scale}))"
    end += f"|(?<=[{''.join(sign for sign, _ in signs.falling)}])[1-9]{tail}"
    # behind a decimal's multiplier (1.5亿) begins another number
    arabic = f"(?:{signs.whole_figures}(?:(?:{scale})+(?:{piece})*(?:{end})?)?|{signs.figures}(?:{scale})*)"
    single = f"(?:{scale}|[{''.join(signs.digits)}{''.join(signs.tens)}])"
    han = f"{single}{{1,{LONGEST}}}(?:[{signs.points}][{''.join(signs.digits)}]{{1,{LONGEST}}}(?:{scale})*)?"
    for name, text in (
        ("{N}", f"(?:{arabic}|{han})"),
        ("{D}", f"(?:{arabic})"),
        ("{H}", f"(?:{han})"),
        ("{P}", f"(?:{scale})"),
        ("{next}", single),
        ("{han}", signs.han),
    ):
        pattern = pattern.replace(name, text)
    return pattern
