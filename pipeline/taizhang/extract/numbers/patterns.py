"""Numbers: patterns that exclude: marks found by one scan of the text, and contexts matched around each numeral."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from taizhang.errors import RuleError
from taizhang.extract.candidates import Exclusion
from taizhang.extract.expression import Expression
from taizhang.extract.firsts import edges, in_class
from taizhang.extract.numbers.forms import NumeralSpan
from taizhang.extract.numbers.measure import Measure
from taizhang.extract.numbers.numeral import Writing, writing
from taizhang.extract.numbers.scanner import expand
from taizhang.extract.numbers.shapes import WORD_FILES, ExclusionPattern, ExclusionRules, WordRules
from taizhang.rules import RuleSet, once

_NUMBER = re.compile(r"\{([ndh])\}(\{u\}\??)?")
_WINDOW = 24


@dataclass(frozen=True, slots=True)
class NumeralContext:
    """One rule, cut at its number: what must stand before it and after it (or after its unit)."""

    rule: ExclusionPattern
    number: str
    unit: str
    before: Expression | None
    after: Expression
    own: Expression | None
    bare: bool
    begins: re.Pattern[str] | None = (
        None  # what ``after`` can begin with; None where that may be any character
    )
    ends: re.Pattern[str] | None = None  # and those that ``before`` can end with

    def match(self, text: str, run: NumeralSpan, plain: str, found: Measure | None) -> Exclusion | None:
        """The exclusion that this rule makes of ``run``, which is of the writing that it is for."""
        ranged = run.value_max is not None or (
            found is not None and found.match and found.value_max is not None
        )
        other = self.own is not None and (ranged or not self.own.compiled.fullmatch(plain))
        if other or (
            self.bare and found is not None and (found.unit or found.match is not None or found.bounds)
        ):
            return None
        end, kind = run.end, "ratio" if run.unit is not None else None
        if self.unit and found is not None and found.match is not None:
            end, kind = found.match.end, found.match.entry.kind
        elif self.unit == "{u}":
            return None
        if self.rule.kinds and kind not in self.rule.kinds:
            return None
        after = self.after.compiled.match(text, end)
        if after is None:
            return None
        start = run.start
        if self.before is not None:
            before = self.before.compiled.search(text, max(0, run.start - _WINDOW), run.start)
            if before is None:
                return None
            start = before.start()
        return Exclusion(start, max(after.end(), end), self.rule.reason, self.rule.id)


@dataclass(frozen=True, slots=True)
class NumeralContexts:
    """The contexts for one way of writing, in order of precedence, by the characters beside which they may match.

    The characters before a numeral, behind it and behind its unit leave most numerals with a few contexts.
    """

    every: tuple[NumeralContext, ...]
    by_last: dict[str, frozenset[int]] = field(default_factory=dict)
    by_next: dict[str, tuple[int, ...]] = field(default_factory=dict)
    by_beyond: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def possible(self, text: str, run: NumeralSpan, found: Measure | None) -> list[NumeralContext]:
        """The contexts that may match ``run``, in order."""
        end = run.end if found is None or found.match is None else found.match.end
        behind = self._before(text[run.end : run.end + 1], self.by_next, united=False)
        beyond = self._before(text[end : end + 1], self.by_beyond, united=True)
        preceded = self._behind(text[run.start - 1 : run.start])
        return [self.every[i] for i in sorted((*behind, *beyond)) if i in preceded]

    def _before(self, following: str, known: dict[str, tuple[int, ...]], united: bool) -> tuple[int, ...]:
        """Which contexts, of those that ask for a unit or of the others, may match before a character."""
        found = known.get(following)
        if found is None:
            found = known[following] = tuple(
                i
                for i, c in enumerate(self.every)
                if bool(c.unit) == united and (c.begins is None or c.begins.match(following))
            )
        return found

    def _behind(self, last: str) -> frozenset[int]:
        """Which contexts may match behind a character."""
        found = self.by_last.get(last)
        if found is None:
            found = self.by_last[last] = frozenset(
                i for i, c in enumerate(self.every) if c.ends is None or c.ends.match(last)
            )
        return found


@dataclass(frozen=True, slots=True)
class PatternScan:
    """Several patterns as one search of a text."""

    rules: tuple[ExclusionPattern, ...]
    pattern: re.Pattern[str]

    def over(self, text: str) -> Iterator[tuple[int, int, ExclusionPattern]]:
        """Where in ``text`` which rule matches, in order and without overlap."""
        for match in self.pattern.finditer(text):
            yield match.start(), match.end(), self.rules[int((match.lastgroup or "")[1:])]


class Patterns(NamedTuple):
    """All patterns of a rule set, compiled."""

    marks: PatternScan
    turns: PatternScan
    acting: PatternScan
    weak: tuple[tuple[ExclusionPattern, re.Pattern[str]], ...]
    contexts: dict[str, NumeralContexts]
    signs: Writing

    def for_numeral(self, plain: str) -> NumeralContexts:
        """The contexts for a numeral written so: in digits, in Chinese below a hundred, or otherwise."""
        if plain[-1].isdigit():
            return self.contexts["d"]
        point = any(c in self.signs.points for c in plain)  # a decimal leads no list
        small = not point and not plain[0].isdigit() and not any(_large(c, self.signs) for c in plain)
        return self.contexts["h" if small else "n"]


@once
def patterns(rules: RuleSet) -> Patterns:
    """The patterns of a rule set, compiled once."""
    signs, file = writing(rules), rules.load("exclusions.toml", ExclusionRules)
    listed = [p for name in WORD_FILES for p in rules.load(name, WordRules).patterns]
    contexts = _contexts(file.exclusion, signs)
    return Patterns(
        _scan([(rule, expand(rule.pattern, signs)) for rule in file.mark]),
        _scan([(rule, _worded(rule, signs)) for rule in listed if not rule.weak and not rule.sign]),
        _scan([(rule, _worded(rule, signs)) for rule in listed if rule.sign]),
        tuple((rule, re.compile(_worded(rule, signs), re.MULTILINE)) for rule in listed if rule.weak),
        {kind: NumeralContexts(tuple([c for c in contexts if c.number in {"n", kind}])) for kind in "ndh"},
        signs,
    )


def _scan(rules: Sequence[tuple[ExclusionPattern, str]]) -> PatternScan:
    parts = [f"(?P<r{i}>(?=[{rule.begins}]){pattern})" for i, (rule, pattern) in enumerate(rules)]
    begins = "".join(rule.begins for rule, _ in rules)
    one = re.compile(f"(?=[{begins}])(?:{'|'.join(parts)})", re.MULTILINE)
    return PatternScan(tuple(rule for rule, _ in rules), one)


def _worded(rule: ExclusionPattern, signs: Writing) -> str:
    lead = f"(?<![{rule.not_after}])" if rule.not_after else ""
    text = rule.pattern.replace("{h}", f"[{''.join(signs.digits)}{''.join(signs.powers)}]")
    return lead + f"(?:{expand(text, signs)})"


def _contexts(rules: Sequence[ExclusionPattern], signs: Writing) -> list[NumeralContext]:
    """The rules, cut at their numbers."""
    cut = [_cut(rule, signs) for rule in rules]
    nothing = Expression("")
    after = edges([one.after for one in cut])
    before = edges([one.before or nothing for one in cut])
    return [
        replace(one, begins=in_class(behind.first), ends=in_class(ahead.last) if one.before else None)
        for one, behind, ahead in zip(cut, after, before, strict=True)
    ]


def _cut(rule: ExclusionPattern, signs: Writing) -> NumeralContext:
    parts = _NUMBER.search(rule.pattern)
    if parts is None:
        raise RuleError(f"exclusions: rule {rule.id} key pattern: expected {{n}}, {{d}} or {{h}}, got none")
    before = expand(rule.pattern[: parts.start()], signs)
    after = expand(rule.pattern[parts.end() :], signs)
    return NumeralContext(
        rule=rule,
        number=parts[1],
        unit=parts[2] or "",
        before=Expression(f"(?:{before})\\Z", re.MULTILINE) if before else None,
        after=Expression(f"(?:{after})", re.MULTILINE),
        own=Expression(rule.number) if rule.number else None,
        bare=rule.bare,
    )


def _large(sign: str, signs: Writing) -> bool:
    return sign in signs.halves or sign in signs.myriads or signs.powers.get(sign, 0) > 10
