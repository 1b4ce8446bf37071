"""Extract: what answers what: a result and the problem or target before it, and the rate that the text gives of both.

``part_of`` says that a number lies within another; ``answers`` says that what is counted by one was done about what is
counted by the other. 查摆问题40个，解决30个 is no part, and 道县40个问题，其中民生类30个 no answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from taizhang.extract.candidates import Candidate
from taizhang.extract.metrics.name_rules import CARRIED, SUBJECT
from taizhang.extract.metrics.parts import PartFinder
from taizhang.extract.same_thing import SameThing
from taizhang.extract.shapes import AnswerFile, AnswerRule
from taizhang.rules import RuleSet, once
from taizhang.segment.layout import Layout

_NEAR = 8  # records of what may be answered that an answer looks back over
_OWED = frozenset({"problem", "target"})
_AMOUNTS = frozenset({"count", "money", "length", "area", "volume", "weight"})  # of which some can be done


class _Owed(NamedTuple):
    """Something found, planned or taken on that may be answered: its index and sentence."""

    number: int
    sentence: int


class Answers:
    """The rules of one rule set for one article after the other."""

    def __init__(self, rules: RuleSet) -> None:
        loaded = rules.load("answers.toml", AnswerFile)
        self._rules = loaded.answer
        self._rates = tuple(form for rule in loaded.rate for form in rule.forms)
        self._pending = tuple(form for rule in loaded.pending for form in rule.forms)
        self._parts = PartFinder.of(rules)
        doing = [form for rule in loaded.answer for form in rule.forms]
        self._same = SameThing([*doing, *(form for rule in loaded.silent for form in rule.forms)])

    @staticmethod
    @once
    def of(rules: RuleSet) -> Answers:
        """The rules of a rule set, read once."""
        return Answers(rules)

    def added(self, candidates: Sequence[Candidate], layout: Layout) -> Iterator[Candidate]:
        """The candidates, each that answers another with its index and the rule's id."""
        owed: deque[_Owed] = deque(maxlen=_NEAR)
        for number, candidate in enumerate(candidates):
            sentence = layout.sentence_at(candidate.quantity.start)
            found = None
            if candidate.phase == "result" and not candidate.metric.name.endswith(self._pending):
                found = self._share(candidate, candidates) or self._before(
                    candidate, sentence, candidates, owed
                )
            if found:
                answered, rule = found
                yield replace(candidate, answers=answered, rules={**candidate.rules, "answers": rule})
            else:
                yield candidate
            if any(_is_owed(candidate, rule) for rule in self._rules):
                owed.append(_Owed(number, sentence))

    def names_none(self, candidate: Candidate) -> bool:
        """Whether a result names nothing of its own: 当场整改, 已办结."""
        return self._same.names_none(candidate)

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
        if candidate.part_of is None or rule not in self._parts.share_rules:
            return None
        total = candidates[candidate.part_of]
        if total.phase not in _OWED and not self._taken_up(candidate, total):
            return None
        same = self._goes_on(candidate) or self._same.fits(candidate, total, loosely=True)
        return (candidate.part_of, rule) if same else None

    def _taken_up(self, result: Candidate, total: Candidate) -> bool:
        """Whether a total that is no problem and no target was there to be done: 水毁修复项目60处，已修复50处."""
        if any(_is_owed(total, rule) and _says(result, rule.forms) for rule in self._rules):
            return True
        forms = (form for rule in self._rules for form in rule.forms)
        return total.phase == "measure" and any(
            form in result.metric.name and form in total.metric.name for form in forms
        )

    def _before(
        self, candidate: Candidate, sentence: int, candidates: Sequence[Candidate], owed: deque[_Owed]
    ) -> tuple[int, str] | None:
        """What a result answers: of what fits, what shares most with its name, and then the nearest."""
        best: tuple[int, str] | None = None
        most = -1
        for number, where in reversed(owed):
            if sentence - where > 1:
                break
            other = candidates[number]
            shared = self._same.shared(candidate.metric.name, other.metric.name)
            if shared <= most:
                continue
            for rule in self._rules:
                if self._answers(candidate, other, rule):
                    best, most = (number, rule.id), shared
                    break
        return best

    def _answers(self, result: Candidate, found: Candidate, rule: AnswerRule) -> bool:
        quantity, other = result.quantity, found.quantity
        alike = (
            _is_owed(found, rule)
            and found.row == result.row
            # in a table, a column's total is another's than the next one's
            and (result.row or found.part_of == result.part_of)
            and quantity.kind == other.kind
            and quantity.kind in _AMOUNTS
            and self._parts.unit(quantity) == self._parts.unit(other)
            and result.place.code == found.place.code
            and quantity.value <= (other.value_max or other.value)
        )
        if not alike or not _says(result, rule.forms) or _ends_before(result.time, found.time):
            return False
        if result.rules["metric"] == SUBJECT and not self._same.counted_alike(result, found):
            return False
        if self._goes_on(result) or self._same.fits(result, found):
            return True
        return found.phase == "problem" and self._same.same_head(result, found)

    def _goes_on(self, result: Candidate) -> bool:
        """Whether a result names nothing of its own, and so goes on with what was said: 交办问题60件。办结55件."""
        return self._same.names_none(result) or result.rules["metric"] in CARRIED


def _is_owed(found: Candidate, rule: AnswerRule) -> bool:
    return found.phase in rule.found and (not rule.found_forms or _says(found, rule.found_forms))


def _says(candidate: Candidate, forms: Sequence[str]) -> bool:
    return any(form in candidate.metric.name for form in forms)


def _ends_before(time: str, other: str) -> bool:
    """Whether one year lies before another; what has no time has no such order.

    >>> _ends_before("2023", "2024-05"), _ends_before("2024-01/2024-03", "2024"), _ends_before("", "2024")
    (True, False, False)
    """
    ends, begins = time.rpartition("/")[2][:4], other[:4]
    return ends.isdigit() and begins.isdigit() and ends < begins
