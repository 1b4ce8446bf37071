"""The metric's name, judged: of all names that the generators offer, the one with the most weight."""

from __future__ import annotations

from taizhang.extract.metrics.atoms import Atom
from taizhang.extract.metrics.lengths import LONGEST
from taizhang.extract.metrics.makings import MakingWeights
from taizhang.extract.metrics.names import MetricName
from taizhang.extract.metrics.offer import MetricCandidate, NameContext
from taizhang.extract.metrics.option_features import QuantityFeatures
from taizhang.extract.metrics.options import offers
from taizhang.judge import Choice, ranked
from taizhang.records import Metric, Quantity
from taizhang.rules import RuleSet


def judge_name(place: NameContext, quantity: Quantity, rules: RuleSet) -> tuple[Metric, Choice]:
    """The metric that fits best, and all that were offered with what is seen of each."""
    known = QuantityFeatures(place, quantity, MakingWeights.of(rules))
    found = offers(place)
    choice = ranked([known.option(text, ways) for text, ways in found.items()])
    text = choice.winner.value
    action = _action(text, found[text], place.name)
    named = _object(text, action, place.name)
    return Metric.known(name=text[:LONGEST], action=action, object=named, indicator=None), choice


def _action(text: str, ways: list[MetricCandidate], name: MetricName) -> str:
    """The verb in the name: the grammar's if it is there, else the first that stands in it."""
    if name.action and name.action in text:
        return name.action
    atoms: list[Atom] = [a for way in ways for a in way.atoms if a.kind == "verb"]
    return min(atoms, key=lambda a: a.start).text if atoms else ""


def _object(text: str, action: str, name: MetricName) -> str:
    """What stands behind the action in the name; the whole name where there is none."""
    if text == name.text:
        return name.object
    before, found, after = text.partition(action) if action else ("", "", text)
    return (after or before) if found else text
