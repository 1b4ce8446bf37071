"""What a clause says of the verbs beside a number: denied, asked for, to come, under way, done, left over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.phases.classes import Classes
from taizhang.extract.phases.shapes import FILE, ContextFile
from taizhang.lexicon.load import Lexicon
from taizhang.rules import RuleSet, once

REACH = 14  # words of a clause on either side of a number in which its verb is looked for
SCOPE = 6  # words before a verb that may give it a state
BEGINNING = 8  # words of the next clause that are read
FAR = 60  # words on one side of a number that are read at all, so that time stays linear
BACK = 3  # clauses before, of the same sentence, of which the last state is kept
PLAIN = "plain"


class States:
    """The states that words give, of one rule set; each word's is kept."""

    def __init__(self, rules: ContextFile, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        ranked = sorted(rules.state, key=lambda rule: rule.rank)
        self._of_class = {name: rule for rule in reversed(ranked) for name in rule.classes}
        self._behind = tuple(rule for rule in ranked if rule.behind)
        self._known: dict[str, str] = {}

    @staticmethod
    @once
    def of(rules: RuleSet) -> States:
        """The states of a rule set, compiled once."""
        return States(rules.load(FILE, ContextFile), Lexicon.of(rules))

    def state(self, word: str) -> str:
        """The state that a word gives; empty where it gives none."""
        found = self._known.get(word)
        if found is None:
            told = (self._of_class.get(entry.word_class) for entry in self._lexicon.entries(word))
            first = min((rule for rule in told if rule), key=lambda rule: rule.rank, default=None)
            found = self._known[word] = first.state if first else ""
        return found

    def of_verb(self, clause: Sequence[Atom], at: int, classes: Classes) -> str:
        """The state of the verb at ``at``: what stands before it in reach says it, or straight behind it."""
        for i in range(at - 1, max(-1, at - 1 - SCOPE), -1):
            atom = clause[i]
            if atom.kind == "quantity" or (atom.kind == "particle" and not self.state(atom.text)):
                break
            if found := self.state(atom.text):
                return found
            if i < at - 1 and classes.verbal(atom):
                break
        if at + 1 < len(clause):
            for rule in self._behind:
                if clause[at + 1].text.startswith(rule.behind):
                    return rule.state
        return PLAIN

    def first(self, atoms: Iterable[Atom]) -> str:
        """The first state that a row of words gives; ``plain`` where none gives one."""
        for atom in atoms:
            if found := self.state(atom.text):
                return found
        return PLAIN


def around(clauses: Sequence[Sequence[Atom]], at: int, start: int, states: States) -> dict[str, str]:
    """The states around the number that begins at ``start`` in the clause ``at``: left, right, before, next.

    Each is the nearest to the number, ``plain`` where there is none.
    """
    clause = clauses[at]
    place = bisect_left(clause, start, key=lambda atom: atom.start)
    after = clauses[at + 1][:BEGINNING] if at + 1 < len(clauses) else ()
    before = (atom for other in reversed(clauses[max(0, at - BACK) : at]) for atom in reversed(other[-FAR:]))
    return {
        "left": states.first(reversed(clause[max(0, place - FAR) : place])),
        "right": states.first(_to_next(clause, place)),
        "before": states.first(before),
        "next": states.first(after),
    }


def verbs(clause: Sequence[Atom], start: int, states: States, classes: Classes) -> Iterator[str]:
    """The nearest verb on either side of a number, up to the next number: its classes and phases with its state."""
    place = bisect_left(clause, start, key=lambda atom: atom.start)
    left = range(place - 1, max(-1, place - 1 - REACH), -1)
    right = range(place + 1, min(len(clause), place + 1 + REACH))
    for side, row in (("left", left), ("right", right)):
        at = _nearest(clause, row, classes)
        if at < 0:
            yield f"{side}-verb=none"
            continue
        senses = classes.verbal(clause[at])
        if senses is None:
            continue
        state = states.of_verb(clause, at, classes)
        behind = clause[at + 1] if at + 1 < len(clause) else None
        of = behind is not None and behind.kind == "particle" and not states.state(behind.text)
        role = f"{side}-verb-of" if of else f"{side}-verb"  # 已整改的问题: the verb only tells which
        yield from (f"{role}~~{state}:{phase}" for phase in senses.phases or (PLAIN,))
        yield from (f"{role}~{state}:{name}" for name in senses.classes)


def _nearest(clause: Sequence[Atom], row: Iterable[int], classes: Classes) -> int:
    for i in row:
        if clause[i].kind == "quantity":
            return -1
        if classes.verbal(clause[i]):
            return i
    return -1


def _to_next(clause: Sequence[Atom], place: int) -> Iterator[Atom]:
    for atom in clause[place + 1 : place + 1 + FAR]:
        if atom.kind == "quantity":
            return
        yield atom
