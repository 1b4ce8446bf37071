"""Patterns that exclude: marks found by one scan of the text, and contexts matched around each numeral."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from taizhang.extract.candidates import Exclusion
from taizhang.extract.numbers.forms import Run, expand
from taizhang.extract.numbers.measure import Measure
from taizhang.extract.numbers.numeral import Writing, writing
from taizhang.extract.numbers.shapes import ExclusionRules, Pattern, WordRules
from taizhang.rules import RuleSet

_NUMBER = re.compile(r"\{([ndh])\}(\{u\}\??)?")
_WINDOW = 24
_WORDS = ("names.toml", "idioms.toml")


@dataclass(frozen=True, slots=True)
class Context:
    """One rule, cut at its number: what must stand before it and after it (or after its unit)."""

    rule: Pattern
    number: str
    unit: str
    before: re.Pattern[str] | None
    after: re.Pattern[str]
    own: re.Pattern[str] | None
    bare: bool

    def match(self, text: str, run: Run, plain: str, found: Measure | None) -> Exclusion | None:
        """The exclusion that this rule makes of ``run``, which is of the writing that it is for."""
        other = self.own is not None and (run.value_max is not None or not self.own.fullmatch(plain))
        if other or (self.bare and found is not None and (found.match is not None or found.bounds)):
            return None
        end, kind = run.end, None
        if self.unit and found is not None and found.match is not None:
            end, kind = found.match.end, found.match.entry.kind
        elif self.unit == "{u}":
            return None
        if self.rule.kinds and kind not in self.rule.kinds:
            return None
        after = self.after.match(text, end)
        if after is None:
            return None
        start = run.start
        if self.before is not None:
            before = self.before.search(text, max(0, run.start - _WINDOW), run.start)
            if before is None:
                return None
            start = before.start()
        return Exclusion(start, max(after.end(), end), self.rule.reason, self.rule.id)


class Patterns(NamedTuple):
    """All patterns of a rule set, compiled."""

    marks: tuple[tuple[Pattern, re.Pattern[str]], ...]
    contexts: dict[str, tuple[Context, ...]]
    words: tuple[tuple[Pattern, re.Pattern[str]], ...]
    signs: Writing

    def for_numeral(self, plain: str) -> tuple[Context, ...]:
        """The contexts for a numeral written so: in digits, in Chinese below a hundred, or otherwise."""
        if plain[-1].isdigit():
            return self.contexts["d"]
        small = not plain[0].isdigit() and not any(_large(c, self.signs) for c in plain)
        return self.contexts["h" if small else "n"]


def patterns(rules: RuleSet) -> Patterns:
    """The patterns of a rule set, compiled once."""
    if "numbers.patterns" not in rules.compiled:
        signs, file = writing(rules), rules.load("exclusions.toml", ExclusionRules)
        listed = [p for name in _WORDS for p in rules.load(name, WordRules).patterns]
        contexts = [_context(rule, signs) for rule in file.exclusion]
        rules.compiled["numbers.patterns"] = Patterns(
            tuple((rule, re.compile(expand(rule.pattern, signs))) for rule in file.mark),
            {kind: tuple(c for c in contexts if c.number in {"n", kind}) for kind in "ndh"},
            tuple((rule, _worded(rule, signs)) for rule in listed),
            signs,
        )
    found: Patterns = rules.compiled["numbers.patterns"]
    return found


def _worded(rule: Pattern, signs: Writing) -> re.Pattern[str]:
    lead = f"(?<![{rule.not_after}])" if rule.not_after else ""
    text = rule.pattern.replace("{h}", f"[{''.join(signs.digits)}{''.join(signs.powers)}]")
    return re.compile(lead + f"(?:{expand(text, signs)})", re.MULTILINE)


def _context(rule: Pattern, signs: Writing) -> Context:
    parts = _NUMBER.search(rule.pattern)
    if parts is None:
        raise ValueError(f"{rule.id}: expected one of {{n}}, {{d}}, {{h}} in the pattern")
    before = expand(rule.pattern[: parts.start()], signs)
    after = re.compile(f"(?:{expand(rule.pattern[parts.end() :], signs)})", re.MULTILINE)
    lead = re.compile(f"(?:{before})\\Z", re.MULTILINE) if before else None
    own = re.compile(rule.number) if rule.number else None
    return Context(rule, parts[1], parts[2] or "", lead, after, own, rule.bare)


def _large(sign: str, signs: Writing) -> bool:
    return sign in signs.halves or sign in signs.myriads or signs.powers.get(sign, 0) > 10
