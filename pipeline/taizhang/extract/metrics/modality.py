"""Modality: which word of a sentence says that a thing is planned, done or not done, and how far its say reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.rows import SentenceClauses
from taizhang.extract.metrics.shapes import Modality

NOTHING = "(?!)"  # matches nowhere
NEAR = 20  # atoms within which a word looks for its verb


class Modalities:
    """The modality rules of one rule set, compiled."""

    def __init__(self, rules: Sequence[Modality]) -> None:
        self.auxiliaries = {form: rule for rule in rules if rule.auxiliary for form in rule.forms}
        self.words = {form: rule for rule in rules if not rule.auxiliary for form in rule.forms}
        self.scan = re.compile("|".join(sorted(map(re.escape, self.words), key=len, reverse=True)) or NOTHING)

    def said(self, row: SentenceClauses, last: Modality | None) -> dict[int, Modality | None]:
        """For each quantity of a sentence the last word before it that says whether it is done or to come.

        ``last`` is what an earlier sentence that this one goes on with said.
        """
        found: dict[int, Modality | None] = {}
        for clause in row.clauses:
            if last and last.phase == "problem":  # a negation holds for its clause
                last = None
            words = [
                (m.start(), self.words[m[0]]) for m in self.scan.finditer("".join(a.text for a in clause))
            ]
            at = 0
            for i, atom in enumerate(clause):
                if atom.kind == "quantity":
                    found[atom.number] = self._negated(clause, i + 1) or last
                at += len(atom.text)
                while words and words[0][0] < at:
                    last = words.pop(0)[1]
                auxiliary = self.auxiliaries.get(atom.text)
                if auxiliary and _led(clause, i, auxiliary) and not _disposes(clause, i, auxiliary):
                    last = auxiliary
        return found

    def _negated(self, clause: Sequence[Atom], at: int) -> Modality | None:
        """A negation between the number and the next one, before a verb: 13个村没有通水."""
        for i in range(at, min(at + NEAR, len(clause))):
            rule = self.auxiliaries.get(clause[i].text)
            if clause[i].kind == "quantity":
                break
            if rule and rule.phase == "problem" and _before_verb(clause, i):
                return rule
        return None


def _led(clause: Sequence[Atom], i: int, rule: Modality) -> bool:
    """Whether the auxiliary leads to a verb, straight or over a word that stands as an adverb."""
    over = i + 1 < len(clause) and (rule.loose or clause[i + 1].text in rule.adverbs)
    return _before_verb(clause, i) or (over and _before_verb(clause, i + 1))


def _before_verb(clause: Sequence[Atom], i: int) -> bool:
    """Whether what follows is a verb, an adverb, or a preposition that leads to one."""
    for atom in clause[i + 1 : i + 1 + NEAR]:
        if atom.kind in {"verb", "preposition"} or atom.tag in {"v", "d"}:
            return True
        if atom.kind not in {"filler", "negation", "date"}:
            return False
    return False


def _disposes(clause: Sequence[Atom], i: int, rule: Modality) -> bool:
    """Whether the word brings an object forward (将问题纳入清单) and says nothing of the future."""
    return (
        any(atom.text.startswith(rule.disposal) for atom in clause[i + 2 : i + 2 + 2 * NEAR])
        if rule.disposal
        else False
    )
