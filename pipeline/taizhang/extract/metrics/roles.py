"""Roles: what a number's place in its clause says of its phase, whatever the verb.

In 将16个组增设为21个 the 16 were before; the verb speaks of the 21.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.names import Frame
from taizhang.extract.metrics.phrases import spell
from taizhang.extract.metrics.rows import SentenceClauses
from taizhang.extract.metrics.shapes import RoleRule
from taizhang.records import Quantity


class RoleContext(NamedTuple):
    """What stands round a number in its clause, as roles see it."""

    lead: str  # the nearest preposition before it, or the word that is also one; "" behind a verb
    words: frozenset[str]  # after it
    text: str  # the same, spelled
    first: str  # the first of them, whether it names something or not
    followed: bool  # another number comes after

    def fits(self, rule: RoleRule, quantity: Quantity) -> bool:
        """Whether all conditions of the rule hold here for that quantity."""
        return (
            (not rule.kinds or quantity.kind in rule.kinds)
            and (not rule.units or quantity.unit in rule.units)
            and (not rule.leads or self.lead in rule.leads)
            and (not rule.opens or self.text.startswith(rule.opens) or self.first in rule.opens)
            and (not rule.holds or not self.words.isdisjoint(rule.holds))
            and (not rule.ends or (self.followed and self.text.endswith(rule.ends)))
        )


class Roles:
    """The role rules of one rule set."""

    def __init__(self, rules: Sequence[RoleRule]) -> None:
        self.rules = tuple(rules)
        self.ids = frozenset(rule.id for rule in rules)
        self.leads = frozenset(lead for rule in rules for lead in rule.leads)

    def standings(self, row: SentenceClauses) -> dict[int, RoleContext]:
        """What stands round each quantity of a sentence, by the quantity's number."""
        return {number: self._standing(frame) for framed in row.frames for number, frame in framed.items()}

    def rule_for(
        self, standing: RoleContext, quantity: Quantity, made: str, decided: bool
    ) -> RoleRule | None:
        """The first rule that fits; ``made`` made the name, ``decided`` says whether a verb tells the phase."""
        for rule in self.rules:
            named = not rule.names or made in rule.names
            if named and standing.fits(rule, quantity) and not (decided and rule.undecided):
                return rule
        return None

    def _standing(self, frame: Frame) -> RoleContext:
        words = frozenset(a.verb.base if a.verb else a.text for a in frame.right)
        first = frame.right[0].text if frame.right else ""
        return RoleContext(self._lead(frame.left), words, _plain(frame.right), first, bool(frame.rest))

    def _lead(self, left: Sequence[Atom]) -> str:
        for atom in reversed(left):
            if atom.text in self.leads:
                return atom.text
            if atom.kind == "preposition" or (atom.kind == "verb" and not _noun_like(atom)):
                return ""
        return ""


def _noun_like(atom: Atom) -> bool:
    return atom.verb is not None and (atom.verb.has("noun") or atom.verb.has("compound"))


def _plain(right: Sequence[Atom]) -> str:
    """The words after the number, with the preposition at the end that names leave out (增设为)."""
    tail = right[-1].text if right and right[-1].kind == "preposition" else ""
    return spell(right) + tail
