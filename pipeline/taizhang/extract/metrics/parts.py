"""Parts and totals: 其中, 包括, and a total with its share done. A part leads to the number of its total."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from taizhang.extract.metrics.rows import SentenceClauses
from taizhang.extract.metrics.shapes import PartFile, PartRule
from taizhang.records import Quantity
from taizhang.rules import RuleSet, once

LATEST = 4  # how many wholes of a unit a share may look back over


class PartFinder:
    """The compiled part rules of one rule set."""

    def __init__(self, rules: PartFile) -> None:
        self.openers = {f: rule for rule in rules.part for f in rule.forms if not (rule.share or rule.ends)}
        self.enders = {form: rule for rule in rules.part for form in rule.forms if rule.ends}
        self.units = {unit: rule.id for rule in rules.unit for unit in rule.units}
        self.kinds = {rule.kind: rule.id for rule in rules.unit if rule.kind}
        self.share_rules = frozenset(rule.id for rule in rules.part if rule.share)
        self.shares = {form: rule for rule in rules.part for form in rule.forms if rule.share}

    @staticmethod
    @once
    def of(rules: RuleSet) -> PartFinder:
        """The part rules of a rule set, compiled once."""
        return PartFinder(rules.load("parts.toml", PartFile))

    def unit(self, quantity: Quantity) -> str:
        """The unit, or the group of units that are alike in parts and totals."""
        return self.kinds.get(quantity.kind) or self.units.get(quantity.unit, quantity.unit)

    def find(
        self, row: SentenceClauses, quantities: Mapping[int, Quantity], earlier: Mapping[str, int]
    ) -> dict[int, tuple[int, str]]:
        """Part -> (total, rule id). ``earlier`` gives, by unit, the last whole of the sentence before."""
        search = _PartSearch(quantities, dict(earlier), self)
        for number, clause in enumerate(row.clauses):
            grows = counted = False
            search.share = None  # in 已完成整改，实施17个工程 what is 已 is not what is counted
            for atom in clause:
                grows = atom.verb.has("change") if atom.verb else grows
                if opener := self.openers.get(atom.text):
                    search.open(opener)
                elif share := self.shares.get(atom.text):
                    search.share = share
                elif atom.kind == "quantity":
                    counted = True
                    search.take(atom.number, number, grows)
                elif counted and atom.kind == "filler" and atom.text in self.enders:  # 60项工程中已完成40项
                    search.open(self.enders[atom.text])
            ender = self.enders.get(clause[-1].text)
            if ender and any(a.kind == "quantity" for a in clause):
                search.open(ender)
        return search.found


class _PartSearch:
    """One pass over a sentence: the wholes seen so far, by unit, and what has been opened."""

    def __init__(
        self, quantities: Mapping[int, Quantity], earlier: dict[str, int], parts: PartFinder
    ) -> None:
        self.quantities, self.earlier, self.rules = quantities, earlier, parts
        self.found: dict[int, tuple[int, str]] = {}
        self.seen: dict[str, deque[int]] = {}
        self.where: dict[int, int] = {}
        self.totals: dict[str, int] = {}
        self.opened = ""
        self.share: PartRule | None = None

    def open(self, rule: PartRule) -> None:
        """From here on, what has a total's unit is a part of it."""
        totals = {unit: wholes[-1] for unit, wholes in self.seen.items()} or (
            {} if rule.inside else self.earlier
        )
        if totals:
            self.opened, self.totals = rule.id, totals

    def take(self, number: int, clause: int, grows: bool) -> None:
        """The next quantity, in the clause with this number. Rates of growth do not add up, so none is a part."""
        if grows and self.quantities[number].kind == "ratio":
            return
        unit = self.rules.unit(self.quantities[number])
        self.where[number] = clause
        if self.opened and unit in self.totals:
            self.found[number] = (self.totals[unit], self.opened)
        elif self.share:
            total = self._total(number, unit, clause - self.share.reach)
            if total is not None:
                self.found[number] = (total, self.share.id)
        if not self.opened or unit not in self.seen:
            self.seen.setdefault(unit, deque(maxlen=LATEST)).append(number)
        self.share = None

    def _total(self, number: int, unit: str, since: int) -> int | None:
        """The last whole of the same unit, from clause ``since`` on, that is no smaller than the part."""
        for before in reversed(self.seen.get(unit, ())):
            total = self.found.get(before, (before, ""))[
                0
            ]  # what is left of a total is no part of what is done
            if (
                self.where.get(total, -1) >= since
                and self.quantities[number].value <= self.quantities[total].value
            ):
                return total
        return None
