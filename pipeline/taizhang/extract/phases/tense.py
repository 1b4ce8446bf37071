"""Whether a text, a paragraph or a sentence tells of plans or of deeds, and how much of what is wrong, as features."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from taizhang.extract.phases.shapes import FILE, ContextFile, Mark
from taizhang.lexicon.automaton import FormAutomaton
from taizhang.lexicon.load import Lexicon
from taizhang.rules import RuleSet, once

STEPS = 3  # half of the steps in which the share of plans is told
MANY, SOME = 6, 3  # marks that make a share sure, and fairly sure
WRONG = 150  # marks of what is wrong in so many characters are one step
SHORT, HIGHEST = 30, 5  # characters of the shortest stretch that is read, and the highest step


class TenseMarks:
    """The words that mark plans, deeds and what is wrong, as one automaton."""

    def __init__(self, rules: ContextFile, lexicon: Lexicon) -> None:
        ranked = sorted(rules.mark, key=lambda rule: rule.rank)
        words: dict[str, Mark] = {}
        for rule in ranked:
            for form in rule.forms:
                words.setdefault(form, rule.mark)
        of_class = {name: rule.mark for rule in reversed(ranked) for name in rule.classes}
        for form in lexicon:
            for entry in lexicon.entries(form):
                if len(form) > 1 and entry.word_class in of_class:
                    words.setdefault(form, of_class[entry.word_class])
        self._forms = FormAutomaton(words)

    @staticmethod
    @once
    def of(rules: RuleSet) -> TenseMarks:
        """The marks of a rule set, compiled once."""
        return TenseMarks(rules.load(FILE, ContextFile), Lexicon.of(rules))

    def find(self, text: str) -> Iterator[tuple[int, Mark]]:
        """Where each mark begins, the longest one where several do."""
        for start, _, mark in self._forms.longest(text):
            yield start, mark


class Tense:
    """What the marks of one article say of any stretch of it."""

    def __init__(self, text: str, rules: RuleSet) -> None:
        self._at: Mapping[Mark, list[int]] = {"plan": [], "done": [], "wrong": []}
        for start, mark in TenseMarks.of(rules).find(text):
            self._at[mark].append(start)

    def told(self, name: str, start: int, end: int) -> Iterator[str]:
        """The features of a stretch: of plans and deeds which share is plans, and how much is wrong."""
        plan, done, wrong = (_within(at, start, end) for at in self._at.values())
        yield f"tense-{name}={share(plan, done)}"
        yield f"wrong-{name}={min(HIGHEST, WRONG * wrong // max(end - start, SHORT))}"


def _within(at: Sequence[int], start: int, end: int) -> int:
    return bisect_left(at, end) - bisect_left(at, start)


def share(plan: int, done: int) -> str:
    """The share of plans among plans and deeds in sixths, and how many marks tell it.

    >>> share(0, 0), share(1, 0), share(2, 8), share(9, 0)
    ('none', '4~few', '1~many', '5~many')
    """
    total = plan + done
    if not total:
        return "none"
    sure = "many" if total >= MANY else "some" if total >= SOME else "few"
    return f"{(2 * plan + 1) * STEPS // (total + 1)}~{sure}"
