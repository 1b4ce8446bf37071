"""The indicators' room: the indicator of a metric, or none. Nothing is forced: what two claim alike has none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from taizhang.errors import RuleError
from taizhang.indicators.patterns import GAP, LIST, IndicatorPattern, bare, either
from taizhang.indicators.shapes import TABLE, WORDS, Indicator, IndicatorFile, PatternEdges, known
from taizhang.records import Kind, Metric, Phase
from taizhang.rules import RuleSet, once

_REMEMBERED = 8192  # metrics
_LEADS = 3  # words of that kind before a pattern, at most


class _Claim(NamedTuple):
    indicator: Indicator
    pattern: IndicatorPattern


class Indicators:
    """The indicators of one rule set, ready to be found.

    >>> from taizhang.pipeline import shipped_pipeline
    >>> found = Indicators.of(shipped_pipeline().rules)
    >>> found.find(Metric(name="现场解决问题", action="解决", object="问题"), "count", "个", "result")
    'problems.solved'
    >>> found.find(Metric(name="采购钢笔"), "count", "支", "result") is None
    True
    """

    def __init__(self, rules: RuleSet) -> None:
        words = rules.load(WORDS, IndicatorFile)
        self.known = known(rules)
        self._automaton = ahocorasick.Automaton()
        anchored: dict[str, list[_Claim]] = {}
        lists = {entry.id: entry.forms for entry in words.words}
        for indicator in self.known.values():
            for claim in _claims(indicator, lists, words.edges):
                for anchor in claim.pattern.anchors:
                    anchored.setdefault(anchor, []).append(claim)
        for anchor, claims in anchored.items():
            self._automaton.add_word(anchor, tuple(claims))
        self._automaton.make_automaton()
        self._dropped = sorted(words.edges.silent, key=len, reverse=True)
        self._refused = words.edges.stop
        self._differences = frozenset(words.edges.differences)
        self._of_name = lru_cache(maxsize=_REMEMBERED)(self._search)

    @staticmethod
    @once
    def of(rules: RuleSet) -> Indicators:
        """The indicators of a rule set, made ready once.

        Raises:
            RuleError: the table, or the lists of words, do not say what they should.
        """
        return Indicators(rules)

    def find(self, metric: Metric, kind: Kind, unit: str, phase: Phase) -> str | None:
        """The id of the one indicator that a quantity of such a metric is of; None where none fits."""
        return self._of_name((metric.name, metric.action, metric.object), kind, unit, phase)

    def _search(self, metric: tuple[str, str, str], kind: str, unit: str, phase: str) -> str | None:
        """By the whole name; where that fits nothing, by verb and object, if only who did it stands before them."""
        name, action, object_ = metric
        plain = self._plain(name)
        best = self._best(plain, kind, unit, phase)
        if best is None and unit and name != unit and name.startswith(unit):  # 人受伤, of 12人
            return self._search(
                (name.removeprefix(unit), action, object_.removeprefix(unit)), kind, unit, phase
            )
        if best is None and unit and name.endswith(unit):  # 立案人, of 5人
            return self._search(
                (name.removesuffix(unit), action, object_.removesuffix(unit)), kind, unit, phase
            )
        if best is None and action and object_:
            said = self._plain(action + object_)
            for ending in (said, self._plain(object_ + action)):  # 问题解决 is 解决问题
                before = plain.removesuffix(ending)
                if plain != before and not any(word in before for word in self._refused):
                    return self._best(said, kind, unit, phase)
        return best

    def _best(self, text: str, kind: str, unit: str, phase: str) -> str | None:
        """Who takes the text with the fewest characters unsaid; None where nobody does, or two alike."""
        fits: dict[str, int] = {}
        for claim in self._candidates(text):
            indicator = claim.indicator
            if kind not in indicator.kinds or (indicator.units and unit not in indicator.units):
                continue
            if unit in self._differences and unit not in indicator.units:
                continue
            if indicator.phases and phase not in indicator.phases:
                continue
            gaps = claim.pattern.gaps(text)
            if gaps is not None:
                fits[indicator.id] = min(gaps, fits.get(indicator.id, gaps))
        least = [name for name, gaps in fits.items() if gaps == min(fits.values())]
        return least[0] if len(least) == 1 else None

    def _candidates(self, text: str) -> Iterator[_Claim]:
        seen: set[int] = set()
        for _, claims in self._automaton.iter(text):
            for claim in claims:
                if id(claim) not in seen:
                    seen.add(id(claim))
                    yield claim

    def _plain(self, text: str) -> str:
        made = bare(text)
        for word in self._dropped:
            made = made.replace(word, "")
        return made


def _claims(indicator: Indicator, lists: dict[str, tuple[str, ...]], edges: PatternEdges) -> Iterator[_Claim]:
    gap = f"(?:(?!{either(edges.stop)}).){{0,{GAP}}}|.{{0,{LIST}}}{either(edges.listed)}"
    lead = f"({either(edges.lead)}{{0,{_LEADS}}})"
    tail = f"({either(edges.tail)}?)"
    if indicator.growth_of:
        tail = f"({either(edges.measured)}{{0,2}}){either([*edges.rise, *edges.fall])}"
    try:
        for pattern in indicator.patterns:
            yield _Claim(indicator, IndicatorPattern(pattern, lists, gap, (lead, tail)))
    except RuleError as error:
        raise RuleError(f"{TABLE}: rule {indicator.id} key patterns: {error}") from error
