"""``python -m tune FOLDER…``: fit the weights of metric, phase and confidence on the gold of all folders given.

Prints what cross-validation by article says of each, then writes ``rules/weights``. The same folders give the same
bytes. ``--dry`` prints and writes nothing; ``--leave ID,…`` keeps articles out.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from taizhang.judge import probabilities
from taizhang.rules import RuleSet, shipped
from tune.fields import Lessons, lessons
from tune.gold import articles, prose, says_all, sentences
from tune.model import Case, CompanyCase, fit_choice, fit_company, folds
from tune.phase import OF_COMPANY, PHASES, cases, crossed, fit_alone
from tune.place import CASES, text_of, unseen, written
from tune.table import write
from tune.trust import LABELS as TRUST
from tune.trust import Unseen, trust

OWN = Path(__file__).parents[1] / "tests" / "extract" / "cases" / "judged"
METRIC_PENALTY, SPELT_PENALTY, METRIC_SEEN = 2.0, 1.0, 10
SPELT = ("begins=", "ends=")  # features of the metric that are of the characters of a name
KEPT = {"metric": 0.05, "phase": 0.0, "phase_chain": 0.0, "confidence": 0.02}
LABELS = {"metric": ("score",), "phase": PHASES, "phase_chain": PHASES, "confidence": TRUST}
HEADS = {
    "metric": "What a name that is offered for a metric gains or loses by each feature. Written by make tune.",
    "phase": "What each feature speaks for, phase by phase. Written by make tune.",
    "phase_chain": "What the phases of others around a quantity say of its own, by relation. Written by make tune.",
    "confidence": "What each feature says of value, unit, metric and code being right. Written by make tune.",
}


def main() -> None:
    """Run."""
    words = sys.argv[1:]
    left = set(words[words.index("--leave") + 1].split(",")) if "--leave" in words else set()
    folders = [Path(w) for w in words if Path(w).is_dir()]
    tables = fit(folders, left, quick="--quick" in words)
    if "--dry" not in words:
        put(tables, shipped("rules") / "weights")


def fit(
    folders: Sequence[Path], left: Collection[str] = (), quick: bool = False
) -> dict[str, dict[str, tuple[float, ...]]]:
    """The weights of each field by its name, fitted on the gold of folders and on our own sentences.

    Args:
        folders: see ``articles``.
        left: ids of articles that are kept out.
        quick: leave out the cross-validation of the phase, and the weights of its company that rest on it.
    """
    rules = RuleSet()
    read = [prose(a) for folder in folders for a in articles(folder, rules) if a.id not in left]
    found = lessons([*read, *sentences(OWN, rules)])
    print(f"{len(read)} articles, {len(found.metric)} quantities")
    sure = dict(zip(found.named, _cross_metric(found), strict=True))
    told = [a for a in read if says_all(a)]
    starts = {a.id: [c.quantity.start for c in a.trace.extraction.candidates] for a in told}
    places = unseen([*(text_of(a, rules) for a in read), *written(CASES, rules)], starts)
    company = {} if quick else {"phase_chain": fit_company(_cross_phase(found, rules), PHASES, OF_COMPANY)}
    return company | {
        "metric": {f: (w,) for f, w in fit_choice(found.metric, _dear, METRIC_SEEN).items()},
        "phase": fit_alone(cases(found.phase)),
        "confidence": trust(told, Unseen(sure, places), rules),
    }


def put(tables: Mapping[str, Mapping[str, tuple[float, ...]]], folder: Path) -> None:
    """Write the table of each field into a folder."""
    for name, table in tables.items():
        path = folder / f"{name}.tsv"
        print(f"{path.name}: {write(path, LABELS[name], table, HEADS[name], KEPT[name])} features")


def _cross_metric(found: Lessons) -> list[tuple[float, bool]]:
    """How sure the metric was, and whether it was right, with weights fitted on other articles."""
    cases = found.metric
    told: dict[int, tuple[float, bool]] = {}
    for part in folds(cases):
        weights = fit_choice([c for c in cases if c.article not in part], _dear, METRIC_SEEN)
        for number, case in enumerate(cases):
            if case.article in part:
                told[number] = _best(case, weights)
    _shown("metric", cases, [told[n][1] for n in range(len(cases))])
    return [told[n] for n in range(len(cases))]


def _dear(feature: str) -> float:
    """How dear a weight of the metric is."""
    return SPELT_PENALTY if feature.startswith(SPELT) else METRIC_PENALTY


def _best(case: Case, weights: dict[str, float]) -> tuple[float, bool]:
    scores = [sum(weights.get(f, 0.0) for f in option) for option in case.options]
    odds = probabilities(scores)
    best = max(range(len(scores)), key=lambda i: scores[i])
    return odds[best], case.right[best] > 0


def _cross_phase(found: Lessons, rules: RuleSet) -> list[CompanyCase]:
    """The company of each quantity, judged by weights fitted on other articles."""
    known = crossed(found.phase, rules)
    _shown("phase alone", known.cases, known.alone)
    _shown("phase", known.cases, known.together)
    return known.cases


def _shown(name: str, cases: Sequence[Case] | Sequence[CompanyCase], hits: Sequence[bool]) -> None:
    by: dict[str, list[bool]] = defaultdict(list)
    for case, hit in zip(cases, hits, strict=True):
        by[case.article.split("/")[0]].append(hit)
    shares = "  ".join(f"{group} {sum(h) / len(h):.3f}" for group, h in by.items())
    print(f"{name}, cross-validated by article: {sum(hits) / len(hits):.3f}  ({shares})")


if __name__ == "__main__":
    main()
