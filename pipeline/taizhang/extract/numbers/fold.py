"""Numbers: the text as the grammar of numbers and dates reads it: one writing for each sign, character for character.

Full-width forms, traditional characters and the cheque writing (玖仟陆佰) are read as what they are worth. Nothing
moves, so that offsets stay and a quote is cut from the text as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version

from taizhang.cache import table
from taizhang.clean.script import simplifier
from taizhang.extract.numbers.shapes import NumeralRules, Symbols
from taizhang.latest import Latest
from taizhang.rules import RuleSet, once

_WIDE = {code: code - 0xFEE0 for code in (0xFF04, 0xFF05, 0xFF0E, *range(0xFF10, 0xFF1A))}
_WIDE |= {code: code - 0xFEE0 for first in (0xFF21, 0xFF41) for code in range(first, first + 26)}
_CJK = range(0x4E00, 0xA000)


@cache
def _simplified() -> dict[int, str]:
    """Each traditional character with its simplified one."""
    every = "".join(map(chr, _CJK))

    def build() -> str:
        one_by_one: str = simplifier().convert("\n".join(every))
        return one_by_one.replace("\n", "")

    simple = table("simplified-one-by-one", version("opencc"), build)
    return {ord(c): s for c, s in zip(every, simple, strict=True) if c != s}


@dataclass(frozen=True)
class Folding:
    """What is folded everywhere, and the runs of numerals in which the cheque writing is."""

    signs: dict[int, str]
    every: frozenset[str]
    formal: dict[int, str]
    formal_signs: frozenset[str]
    run: re.Pattern[str]
    telling: re.Pattern[str]
    folded: Latest[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", Latest(self._fold))

    def _fold(self, text: str) -> str:
        present = set(text)
        if not self.every.isdisjoint(present):
            text = text.translate(self.signs)
            present = set(text)
        if self.formal_signs.isdisjoint(present):
            return text
        folded = self.run.sub(lambda m: m[0].translate(self.formal) if self._tells(m) else m[0], text)
        return text if folded == text else folded  # what is found in a text is kept for the text itself

    def _tells(self, run: re.Match[str]) -> bool:
        """Whether a run is an amount, by itself or by what stands round it: 大|陆|圆满 is none."""
        around = run.string[max(0, run.start() - 1) : run.end() + 1]
        return self.telling.search(around) is not None


@once
def folding(rules: RuleSet) -> Folding:
    """The folding of a rule set, built once."""
    entries = rules.load("numerals.toml", NumeralRules).symbol
    signs = {code: chr(to) for code, to in _WIDE.items()} | _simplified()
    alike = {sign: worth for entry in entries for sign, worth in entry.alike.items()}
    signs = {code: alike.get(to, to) for code, to in signs.items()} | {ord(s): to for s, to in alike.items()}
    formal = [entry for entry in entries if entry.role == "formal"]
    plain = [entry for role in ("myriad", "power", "digit") for entry in entries if entry.role == role]
    usual = {worth: sign for entry in plain for sign, worth in entry.values.items()}
    to = {ord(sign): usual[worth] for entry in formal for sign, worth in entry.values.items()}
    return Folding(
        signs=signs,
        every=frozenset(map(chr, signs)),
        formal=to,
        formal_signs=frozenset(map(chr, to)),
        run=re.compile(_run(entries)),
        telling=re.compile("|".join(entry.telling for entry in formal if entry.telling)),
    )


def _run(entries: tuple[Symbols, ...]) -> str:
    """A run of the characters that a written amount may hold."""
    held = {
        sign for entry in entries if entry.role not in {"minus", "plus", "spelt"} for sign in entry.values
    }
    return f"[{''.join(sorted(held))}0-9{''.join(entry.among for entry in entries)}]+"


def fold(text: str, rules: RuleSet) -> str:
    """``text`` in the writing that the rules know, as long as it was.

    >>> fold("３.5萬人", RuleSet()), fold("玖仟陆佰圆，大陆来客", RuleSet())
    ('3.5万人', '九千六百圆，大陆来客')
    """
    return folding(rules).folded.of(text)
