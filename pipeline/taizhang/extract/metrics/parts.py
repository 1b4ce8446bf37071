"""Parts and totals: 其中, 包括, and a total with its share done. A part leads to the number of its total."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from taizhang.extract.metrics.rows import Row
from taizhang.records import Quantity
from taizhang.rules import Rule, RuleFile, RuleSet


class PartRule(Rule):
    """Words after which parts of the number before are told, or the share of it that is done."""

    forms: tuple[str, ...]
    share: bool = False
    ends: bool = False


class PartFile(RuleFile):
    """``rules/parts.toml``."""

    part: tuple[PartRule, ...]


class Parts:
    """The compiled part rules of one rule set."""

    def __init__(self, rules: PartFile) -> None:
        self.openers = {f: rule for rule in rules.part for f in rule.forms if not (rule.share or rule.ends)}
        self.enders = {form: rule for rule in rules.part for form in rule.forms if rule.ends}
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
        self, row: Row, quantities: Mapping[int, Quantity], earlier: Mapping[str, int]
    ) -> dict[int, tuple[int, str]]:
        """Part -> (total, rule id). ``earlier`` gives, by unit, the first number of the sentence before."""
        search = _Search(quantities, dict(earlier))
        for number, clause in enumerate(row.clauses):
            for atom in clause:
                if opener := self.openers.get(atom.text):
                    search.open(opener)
                elif share := self.shares.get(atom.text):
                    search.share = share.id
                elif atom.kind == "quantity":
                    search.take(atom.number, number)
            ender = self.enders.get(clause[-1].text)
            if ender and any(a.kind == "quantity" for a in clause):
                search.open(ender)
        return search.found


class _Search:
    """One pass over a sentence: the totals seen so far, by unit, and what has been opened."""

    def __init__(self, quantities: Mapping[int, Quantity], earlier: dict[str, int]) -> None:
        self.quantities, self.earlier = quantities, earlier
        self.found: dict[int, tuple[int, str]] = {}
        self.seen: dict[str, int] = {}
        self.where: dict[int, int] = {}
        self.totals: dict[str, int] = {}
        self.opened = self.share = ""

    def open(self, rule: PartRule) -> None:
        """From here on, what has a total's unit is a part of it."""
        self.opened, self.totals = rule.id, dict(self.seen) or self.earlier

    def take(self, number: int, clause: int) -> None:
        """The next quantity, in the clause with this number."""
        quantity = self.quantities[number]
        before = self.seen.get(quantity.unit)
        self.where[number] = clause
        if self.opened and quantity.unit in self.totals:
            self.found[number] = (self.totals[quantity.unit], self.opened)
        elif self.share and before is not None:
            near = clause - self.where[before] <= 1  # in one clause, or the next
            if near and quantity.value <= self.quantities[before].value:
                self.found[number] = (before, self.share)
        if not self.opened or before is None:
            self.seen[quantity.unit] = number
        self.share = ""
