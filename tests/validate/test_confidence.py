"""Confidence: the rules' own examples, and a sum that stays between 0 and 1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.pipeline import shipped_pipeline
from taizhang.records import RectificationItem, Result
from taizhang.validate.checks import CHECKS
from taizhang.validate.confidence import Confidence, ConfidenceFile, EvidenceRule, Witness
from taizhang.validate.threshold import withhold

RULES = shipped_pipeline().rules
CONFIDENCE = Confidence.of(RULES)
EVIDENCE = RULES.load("confidence.toml", ConfidenceFile).evidence
EXAMPLES = [
    rule for rule in EVIDENCE if rule.field != "base"
]  # the base is in every sum and needs no example


def witness(record: RectificationItem) -> Witness:
    return Witness(record.rules["metric"], record.place.how, record.kind, record.checks)


def heard(text: str) -> dict[str, set[str]]:
    """For each quote of a text, the evidence that its record has."""
    records = shipped_pipeline().extract(text).records
    return {r.quote: {e.rule for e in CONFIDENCE.evidence(witness(r))} for r in records}


@pytest.mark.parametrize("rule", EXAMPLES, ids=[rule.id for rule in EXAMPLES])
def test_evidence(rule: EvidenceRule) -> None:
    for example in rule.examples:
        quote = example[example.index("⟨") + 1 : example.index("⟩")]
        assert rule.id in heard(example.replace("⟨", "").replace("⟩", ""))[quote], example
    for example in rule.counter_examples:
        quoted = example.partition("⟨")[2].partition("⟩")[0]
        found = heard(example.replace("⟨", "").replace("⟩", ""))
        assert rule.id not in (found[quoted] if quoted else set().union(*found.values())), example


def test_each_value_is_weighed_once() -> None:
    for field in ("metric", "place", "kind", "check"):
        values = [value for rule in EVIDENCE if rule.field == field for value in rule.values]
        assert sorted(values) == sorted(set(values))


def test_only_warnings_that_exist_are_weighed() -> None:
    assert [v for rule in EVIDENCE if rule.field == "check" for v in rule.values if v not in CHECKS] == []


METRICS = sorted({"", *(v for rule in EVIDENCE if rule.field == "metric" for v in rule.values)})
witnesses = st.builds(
    Witness,
    st.sampled_from(METRICS),
    st.sampled_from(["sentence", "heading", "carried", "deixis", "agency", "title", "document", ""]),
    st.sampled_from(["count", "money", "ratio", "length", "duration"]),
    st.lists(st.sampled_from(sorted(CHECKS)), unique=True).map(tuple),
)


@given(witnesses)
def test_the_sum_is_a_share_to_two_places(who: Witness) -> None:
    total = CONFIDENCE.total(who)
    assert 0 <= total <= 1 and total == round(total, 2)


@given(witnesses, st.sampled_from(sorted(CHECKS)))
def test_a_further_warning_never_raises_it(who: Witness, check: str) -> None:
    assert CONFIDENCE.total(who._replace(checks=(*who.checks, check))) <= CONFIDENCE.total(who)


def total_and_part(total: float, part: float) -> Result:
    """A result with a total and its part, of these confidences."""
    result = shipped_pipeline().extract("第二批：太原市修复桥梁9座，其中石桥5座。")
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
    assert after.text == before.text == "第二批：太原市修复桥梁9座，其中石桥5座。"
    low = [r for r in after.rejects if r.reason == "low-confidence"]
    assert [r.quote for r in low] == moved
    assert len(after.records) + len(after.rejects) == len(before.records) + len(before.rejects)
    assert all(f"under the floor of {floor}" in r.detail and r.sentence for r in low)
    starts = [r.span.start for r in after.rejects if r.span]
    assert starts == sorted(starts)


def test_no_part_leads_to_a_record_that_was_withheld() -> None:
    after = withhold(total_and_part(0.2, 0.9), 0.5)
    ids = {r.id for r in after.records}
    assert [r.quote for r in after.records] == ["5座"]
    assert all(r.part_of is None or r.part_of in ids for r in after.records)
