"""Confidence: what raises and what lowers it, as a table of cases; always a probability; the floor that a user sets."""

from __future__ import annotations

import operator
import tomllib
from collections.abc import Callable
from dataclasses import replace
from math import exp
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.article import Article
from taizhang.extract.candidates import Candidate
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Bound, How, Kind, Place
from taizhang.result import Result
from taizhang.validate.checks import CHECKS
from taizhang.validate.confidence import confidence, terms
from taizhang.validate.evidence import STEPS, certainty, evidence
from taizhang.validate.threshold import withhold

PIPELINE = shipped_pipeline()
RULES = PIPELINE.rules
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "confidence.toml").read_text("utf-8")
)["case"]
STANDS: dict[str, Callable[[float, float], bool]] = {
    "less": operator.lt,
    "not more": operator.le,
    "same": operator.eq,
}
PLACES = {
    "none": Place(),
    "open": Place(surface="朝阳区", how="sentence", candidates=("110105", "220104")),
}
PLACE_RULES = {"none": "", "open": "open"}


def bridge() -> Candidate:
    """太原市修复桥梁7座, with choices that are nearly sure and an integer that nothing speaks against."""
    extraction = PIPELINE.run(Article.of("太原市修复桥梁7座。")).extraction
    (one,) = extraction.candidates
    return with_metric_sure(replace(one, place_sure=0.99), 0.99)


def with_metric_sure(candidate: Candidate, sure: float) -> Candidate:
    choice = candidate.choices["metric"]._replace(sure=sure)
    return replace(candidate, choices={**candidate.choices, "metric": choice})


def changed(candidate: Candidate, case: dict[str, Any]) -> Candidate:
    quantity, rules = candidate.quantity, dict(candidate.rules)
    quantity = quantity.model_copy(
        update={"unit": case.get("unit", quantity.unit), "value": quantity.value * case.get("times", 1)}
    )
    rules["metric"] = case.get("metric_rule", rules["metric"])
    place = candidate.place
    if "place" in case:
        place, rules["place"] = PLACES[case["place"]], PLACE_RULES[case["place"]]
    metric = candidate.metric.model_copy(update={"name": case.get("metric", candidate.metric.name)})
    made = replace(
        candidate,
        quantity=quantity,
        rules=rules,
        place=place,
        metric=metric,
        row=case.get("row", candidate.row),
        place_sure=case.get("place_sure", candidate.place_sure),
    )
    return with_metric_sure(made, case["metric_sure"]) if "metric_sure" in case else made


@pytest.mark.parametrize("case", CASES, ids=[case["proves"] for case in CASES])
def test_what_raises_and_lowers_it(case: dict[str, Any]) -> None:
    before = confidence(bridge(), case.get("than", ()), RULES)
    after = confidence(changed(bridge(), case), case.get("checks", ()), RULES)
    assert STANDS[case["stands"]](after, before), f"{before} became {after}"


@pytest.mark.parametrize("check", CHECKS)
def test_no_warning_raises_it(check: str) -> None:
    assert confidence(bridge(), (check,), RULES) <= confidence(bridge(), (), RULES)


def test_what_nothing_speaks_against_is_surer_than_what_a_warning_does() -> None:
    sure = confidence(bridge(), (), RULES)
    assert sure > 0.8
    assert all(confidence(bridge(), (check,), RULES) < sure for check in ("magnitude", "no-metric"))


def test_what_everything_speaks_against_is_less_than_half() -> None:
    case = {"metric": "", "metric_rule": "metric.none", "place": "none", "metric_sure": 0.2}
    assert confidence(changed(bridge(), case), ("no-metric", "no-place", "near-rival"), RULES) < 0.5


candidates = st.builds(
    lambda kind, bound, how, rule, metric_rule, place_sure, metric_sure, several: with_metric_sure(
        replace(
            bridge_once(),
            quantity=bridge_once().quantity.model_copy(update={"kind": kind, "bound": bound}),
            place=Place(how=how, candidates=several),
            rules={**bridge_once().rules, "place": rule, "metric": metric_rule},
            place_sure=place_sure,
        ),
        metric_sure,
    ),
    st.sampled_from(get_args(Kind)),
    st.sampled_from(get_args(Bound)),
    st.sampled_from(get_args(How)),
    st.sampled_from(["names", "article", "deixis.city", "carried.paragraph", "", "never seen"]),
    st.sampled_from(["metric.verb-object-before", "metric.none", "name.left", "never seen"]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from([(), ("110105", "220104")]),
)
warnings = st.lists(st.sampled_from(sorted(CHECKS)), unique=True)
BRIDGE = bridge()


def bridge_once() -> Candidate:
    return BRIDGE


@given(candidates, warnings)
def test_it_is_a_probability_of_two_places(candidate: Candidate, checks: list[str]) -> None:
    sure = confidence(candidate, checks, RULES)
    assert 0 <= sure <= 1
    assert sure == round(sure, 2)


@given(candidates, warnings)
def test_it_is_what_its_terms_add_up_to(candidate: Candidate, checks: list[str]) -> None:
    told = terms(candidate, checks, RULES)
    assert confidence(candidate, checks, RULES) == pytest.approx(
        1 / (1 + exp(-sum(weight for _, weight in told))), abs=0.0051
    )
    weights = [abs(weight) for _, weight in told]
    assert weights == sorted(weights, reverse=True)


@given(candidates, warnings, st.randoms(use_true_random=False))
def test_the_order_of_warnings_says_nothing(candidate: Candidate, checks: list[str], chance: Any) -> None:
    shuffled = chance.sample(checks, len(checks))
    assert confidence(candidate, shuffled, RULES) == confidence(candidate, checks, RULES)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_surer_choice_stands_on_no_lower_step(one: float, other: float) -> None:
    low, high = sorted((one, other))
    steps = [float(certainty("place", sure).partition("=")[2]) for sure in (low, high)]
    assert steps == sorted(steps)
    assert set(steps) <= set(STEPS)


def test_evidence_tells_what_is_known() -> None:
    told = set(evidence(replace(bridge(), row="桥梁"), ("two-values",)))
    assert {"always", "kind=count", "bound=exact", "unit=said", "in-table", "check=two-values"} <= told
    assert {"place=sentence", "open=False", "place-sure=0.98", "metric-sure=0.98"} <= told
    unsure = set(evidence(changed(bridge(), {"place": "open", "unit": ""}), ()))
    assert {"open=True", "unit=none", "level=none"} <= unsure
    assert "in-table" not in unsure


def total_and_part(total: float, part: float) -> Result:
    """A result with a total and its part, of these confidences."""
    result = PIPELINE.extract("第二批：太原市修复桥梁9座，其中石桥5座。")
    first, second = result.records
    assert second.part_of == first.id
    records = tuple(
        r.model_copy(update={"confidence": c}) for r, c in zip((first, second), (total, part), strict=True)
    )
    return result.model_copy(update={"records": records})


@pytest.mark.parametrize(
    ("floor", "kept", "moved"),
    [
        (0.0, ["9座", "5座"], []),
        (0.5, ["9座", "5座"], []),
        (0.51, ["9座"], ["5座"]),
        (1.0, [], ["9座", "5座"]),
    ],
)
def test_records_under_the_floor_become_rejections(floor: float, kept: list[str], moved: list[str]) -> None:
    before = total_and_part(0.9, 0.5)
    after = withhold(before, floor)
    assert [r.quote for r in after.records] == kept
    low = [r for r in after.rejects if r.reason == "low-confidence"]
    assert [r.quote for r in low] == moved
    assert len(after.records) + len(after.rejects) == len(before.records) + len(before.rejects)
    assert all(f"under the floor of {floor}" in r.detail and r.sentence for r in low)
    starts = [r.span.start for r in after.rejects if r.span]
    assert starts == sorted(starts)


def test_no_part_leads_to_a_record_that_was_withheld() -> None:
    (part,) = withhold(total_and_part(0.5, 0.9), 0.8).records
    assert part.quote == "5座"
    assert part.part_of is None
