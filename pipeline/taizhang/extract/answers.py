"""What answers what: a result and the problem or target before it, and the rate that the text gives of the two.

``part_of`` says that a number lies within another; ``answers`` says that what is counted by one was done about what is
counted by the other. 查摆问题40个，解决30个 is no part, and 道县40个问题，其中民生类30个 no answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from taizhang.extract.candidates import Candidate
from taizhang.extract.metrics.parts import Parts
from taizhang.records import Phase
from taizhang.rules import Rule, RuleFile, RuleSet, once
from taizhang.segment.layout import Layout

_NEAR = 8  # problems and targets that an answer looks back over
_CARRIED = frozenset({"metric.object-carried", "metric.carried", "metric.predicate-before"})


class AnswerRule(Rule):
    """Words of results that answer.

    Attributes:
        found: phases of what they may answer.
        forms: one of them stands in the result's name.
        same_object: whether both must name the same thing.
    """

    found: tuple[Phase, ...]
    forms: tuple[str, ...]
    same_object: bool = False


class RateRule(Rule):
    """Words of rates that are the share of an answer in what it answers."""

    forms: tuple[str, ...]


class AnswerFile(RuleFile):
    """``rules/answers.toml``."""

    answer: tuple[AnswerRule, ...]
    rate: tuple[RateRule, ...]


class Answers:
    """The rules of one rule set for one article after the other."""

    def __init__(self, rules: RuleSet) -> None:
        loaded = rules.load("answers.toml", AnswerFile)
        self._rules = loaded.answer
        self._rates = tuple(form for rule in loaded.rate for form in rule.forms)
        self._parts = Parts.of(rules)

    @staticmethod
    @once
    def of(rules: RuleSet) -> Answers:
        """The rules of a rule set, read once."""
        return Answers(rules)

    def added(self, candidates: Sequence[Candidate], layout: Layout) -> Iterator[Candidate]:
        """The candidates, each that answers another with its index and the rule's id."""
        open_: deque[tuple[int, int]] = deque(maxlen=_NEAR)  # problems and targets, and their sentences
        for number, candidate in enumerate(candidates):
            sentence = layout.sentence_at(candidate.quantity.start)
            found = self._share(candidate, candidates) or self._before(candidate, sentence, candidates, open_)
            if found:
                answered, rule = found
                yield replace(candidate, answers=answered, rules={**candidate.rules, "answers": rule})
            else:
                yield candidate
            if candidate.phase in {"problem", "target"}:
                open_.append((number, sentence))

    def rates(self, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
        """The rates that the text gives of an answer: the rate's index and the answer's."""
        for number, candidate in enumerate(candidates):
            before = number - 1
            if before < 0 or candidate.quantity.unit != "%" or candidates[before].answers is None:
                continue
            if (
                candidate.metric.name.endswith(self._rates)
                and candidate.place.code == candidates[before].place.code
            ):
                yield number, before

    def _share(self, candidate: Candidate, candidates: Sequence[Candidate]) -> tuple[int, str] | None:
        """A total with the share of it that is done: 60项工程已完成40项."""
        rule = candidate.rules.get("part_of", "")
        if candidate.part_of is None or rule not in self._parts.share_rules or candidate.phase != "result":
            return None
        total = candidates[candidate.part_of]
        fits = total.phase in {"problem", "target"} and _same_object(candidate, total, strict=False)
        return (candidate.part_of, rule) if fits else None

    def _before(
        self,
        candidate: Candidate,
        sentence: int,
        candidates: Sequence[Candidate],
        open_: deque[tuple[int, int]],
    ) -> tuple[int, str] | None:
        """The nearest problem or target before a result of the same place and unit."""
        if candidate.phase != "result":
            return None
        for number, where in reversed(open_):
            if sentence - where > 1:
                return None
            for rule in self._rules:
                near = sentence == where or rule.same_object or _goes_on(candidate)
                if near and self._answers(candidate, candidates[number], rule):
                    return number, rule.id
        return None

    def _answers(self, result: Candidate, found: Candidate, rule: AnswerRule) -> bool:
        quantity, other = result.quantity, found.quantity
        alike = (
            found.phase in rule.found
            and found.part_of == result.part_of
            and quantity.kind == other.kind
            and self._parts.unit(quantity) == self._parts.unit(other)
            and result.place.code == found.place.code
            and quantity.value <= (other.value_max or other.value)
        )
        if not alike or not any(form in result.metric.name for form in rule.forms):
            return False
        return _same_object(result, found, strict=rule.same_object)


def _goes_on(result: Candidate) -> bool:
    """Whether a result names no object of its own, and so goes on with the sentence before: 交办问题60件。办结55件."""
    return not result.metric.object or result.rules["metric"] in _CARRIED


def _same_object(result: Candidate, found: Candidate, *, strict: bool) -> bool:
    """Whether both are said of the same thing; what names none is said of what was named before it."""
    one, other = result.metric.object, found.metric.object
    if not one or not other:
        return not strict and _goes_on(result)
    return one.endswith(other) or other.endswith(one)
