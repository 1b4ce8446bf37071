"""The phase of each quantity, judged by the weights once its time is known: alone, then in the company of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taizhang.extract.phases import chain
from taizhang.extract.phases.features import SceneFeatures
from taizhang.extract.phases.shapes import FILE, ContextFile
from taizhang.extract.phases.surroundings import WEIGHTS, SharedFeatures, Surroundings
from taizhang.judge import Choice, Option, Weights, probabilities
from taizhang.judge.choice import SCALE
from taizhang.records import Quantity
from taizhang.rules import RuleSet
from taizhang.segment.layout import Layout

CHAIN = "phase_chain"


def judge_phases(
    seen: Sequence[Sequence[str]], quantities: Sequence[Quantity], layout: Layout, rules: RuleSet
) -> Iterator[Choice]:
    """The phases of all quantities of a text, each judged alone first and then in the company of the others.

    Args:
        seen: the features of each quantity by itself; those of what stands around it are added.
        quantities: in text order, as many.
        layout: of their text.
        rules: the rule set in force.
    """
    weights, table = Weights.of(rules, WEIGHTS), Weights.of(rules, CHAIN)
    surroundings = Surroundings(layout, rules)
    around = [surroundings.at(quantity.start) for quantity in quantities]
    first = []
    for own, parts in zip(seen, around, strict=True):
        tallies = [weights.tally(own), *[part.tally for part in parts]]
        first.append([total / SCALE for total in map(sum, zip(*tallies, strict=True))])
    joint = rules.load(FILE, ContextFile).joint
    companies = chain.companies(first, quantities, layout, joint)
    for own, parts, company in zip(seen, around, companies, strict=True):
        yield _choice(tuple(own), parts, weights.labels, chain.scores(company, table.rows))


def _choice(
    own: tuple[str, ...], around: Sequence[SharedFeatures], labels: Sequence[str], scores: Sequence[float]
) -> Choice:
    options = [
        Option(label, "phase.judged", own, score, tuple([shared.parts[i] for shared in around]))
        for i, (label, score) in enumerate(zip(labels, scores, strict=True))
    ]
    options.sort(key=lambda o: (-o.score, o.value))
    return Choice(tuple(options), max(probabilities(scores)))


def with_setting(seen: SceneFeatures, time: str, published: str | None, about: str) -> list[str]:
    """The features of a quantity with those of its time and of the heading that it stands under.

    Args:
        seen: the features that its clause and its text give.
        time: its time, ISO 8601; empty where nothing tells it.
        published: the day of its article; None where that is not known.
        about: what the nearest heading announces; empty where none does.
    """
    told = when(time, published)
    crossed = [f"{told}&{feature}" for feature in seen.timed]
    return [*seen.every, told, f"about={about or 'nothing'}", *crossed]


def when(time: str, published: str | None) -> str:
    """How a quantity's time stands to its article's date, as a feature.

    >>> when("2025/..", "2024-05-01"), when("2024-03", "2024-05-01"), when("", None)
    ('time=to-come', 'time=year', 'time=none')
    """
    begins = time.partition("/")[0]
    if not begins:
        return "time=none"
    if published is None:
        return "time=undated"
    if begins > published[: len(begins)]:
        return "time=to-come"
    return "time=year" if begins[:4] == published[:4] else "time=past"
