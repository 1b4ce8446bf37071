"""Parts and totals: 其中, 包括, and a total with its share done. A part leads to the number of its total."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.rows import Row
from taizhang.rules import Rule, RuleFile, RuleSet


class PartRule(Rule):
    """Words after which parts of the number before are told, or the share of it that is done."""

    forms: tuple[str, ...]
    share: bool = False


class PartFile(RuleFile):
    """``rules/parts.toml``."""

    part: tuple[PartRule, ...]


class Parts:
    """The compiled part rules of one rule set."""

    def __init__(self, rules: PartFile) -> None:
        self.openers = {form: rule for rule in rules.part for form in rule.forms if not rule.share}
        self.share_rules = frozenset(rule.id for rule in rules.part if rule.share)
        self.shares = {form: rule for rule in rules.part for form in rule.forms if rule.share}

    @classmethod
    def of(cls, rules: RuleSet) -> Self:
        """The part rules of a rule set, compiled once."""
        if "metrics.parts" not in rules.compiled:
            rules.compiled["metrics.parts"] = cls(rules.load("parts.toml", PartFile))
        made: Self = rules.compiled["metrics.parts"]
        return made

    def find(
        self, row: Row, units: Mapping[int, str], earlier: Mapping[str, int]
    ) -> dict[int, tuple[int, str]]:
        """Part -> (total, rule id). ``earlier`` gives, by unit, the last number of the sentence before."""
        seen: dict[str, int] = {}
        totals: dict[str, int] = {}
        found: dict[int, tuple[int, str]] = {}
        opened = ""
        shared = ""
        for clause in row.clauses:
            for atom in clause:
                opener, share = self.openers.get(atom.text), self.shares.get(atom.text)
                if opener:
                    opened, totals = opener.id, dict(seen) or dict(earlier)
                elif share:
                    shared = share.id
                if atom.kind != "quantity":
                    continue
                unit = units[atom.number]
                if opened and unit in totals:
                    found[atom.number] = (totals[unit], opened)
                elif shared and unit in seen and _one_subject(row, seen[unit], atom):
                    found[atom.number] = (seen[unit], shared)
                seen.setdefault(unit, atom.number)
                if not opened:
                    seen[unit] = atom.number
                shared = ""
        return found


def _one_subject(row: Row, total: int, part: Atom) -> bool:
    """Whether total and part stand in one clause or in neighbouring ones, with no number between."""
    where = {a.number: n for n, clause in enumerate(row.clauses) for a in clause if a.kind == "quantity"}
    return 0 <= where[part.number] - where[total] <= 1
