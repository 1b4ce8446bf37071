"""Explanations: for each number what became of it, which rule filled each field, or why it is no record."""

from __future__ import annotations

import re
from math import exp

import pytest

from taizhang.article import Article
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Span
from taizhang.show import explain, numbers, overview
from taizhang.validate.confidence import terms


def _facts(lines: list[str]) -> list[tuple[str, str]]:
    return [(line[2:14].strip(), line[14:]) for line in lines[1:]]


def test_numbers_come_in_the_order_of_the_text(trace: object) -> None:
    found = numbers(trace)
    assert [(n.n, trace.cleaned.text[n.span.start : n.span.end]) for n in found] == [
        (1, "第二批"),
        (2, "1.5万处"),
        (3, "3处"),
    ]
    assert found[0].exclusion is not None
    assert found[1].candidate is not None


def test_the_overview_has_a_line_for_each(trace: object) -> None:
    lines = overview(trace, first=11)
    assert [line.split()[0] for line in lines] == ["11", "12", "13"]
    assert "no record: ordinal" in lines[0]
    assert "record 15000处" in lines[1]
    assert "⟨1.5万处⟩" in lines[1]


def test_a_record_says_how_each_field_was_filled(trace: object) -> None:
    lines = explain(trace, numbers(trace)[1])
    facts = dict(_facts(lines))
    assert lines[0] == "“1.5万处”  record 15000处"
    assert facts["value"] == "15000  [numeral.arabic-wan]"
    assert facts["metric"] == "排查隐患 (action “排查”, object “隐患”)  [name.left]"
    assert facts["place"] == "某省某市 530100 (deixis, named by “全市”)  [deixis.city]"
    assert facts["phase"] == "problem  [phase.judged]"
    assert facts["time"] == "none"
    assert re.fullmatch(r"0\.88 \(\S+ [+-]\d\.\d\d(, \S+ [+-]\d\.\d\d){4}\)", facts["confidence"])
    assert facts["rivals"] == "phase: problem 1.50 (0.88) > result -0.50"
    assert facts["where"] == "clean text 17–22, source text 18–23, under “青禾镇整改<快讯>”"
    assert facts["cleaned"] == "'Ｉ' to '1'  [space, uncertain]"


def test_the_evidence_adds_up_to_the_confidence() -> None:
    """On what the pipeline itself makes, so that the two cannot drift apart; the log odds that say most are shown."""
    text = "昆明市排查隐患12处，整改10处。太原市走访农户18013户，投入500万元，惠及居民70余万人。"
    trace = shipped_pipeline().run(Article.of(text))
    assert len(trace.result.records) == 5
    for number in numbers(trace):
        record = number.outcome
        said = terms(number.candidate, record.checks, trace.rules)
        odds = 1 / (1 + exp(-sum(weight for _, weight in said)))
        assert record.confidence == pytest.approx(odds, abs=0.00501)  # it is rounded to two places
        shown = dict(_facts(explain(trace, number)))["confidence"]
        most = ", ".join(f"{name} {weight:+.2f}" for name, weight in said[:5])
        assert shown == f"{record.confidence:.2f} ({most})"
        assert abs(said[4][1]) >= max(abs(weight) for _, weight in said[5:])


def test_a_part_names_its_total_and_its_checks(trace: object) -> None:
    facts = dict(_facts(explain(trace, numbers(trace)[2])))
    assert facts["part_of"] == f"“1.5万处” {trace.result.records[0].id}"
    assert facts["checks"] == "part-exceeds-total"


def test_several_candidate_places_are_told(trace: object) -> None:
    place = trace.result.records[0].place.model_copy(update={"candidates": ("530100", "530200")})
    record = trace.result.records[0].model_copy(update={"place": place})
    trace.result = trace.result.model_copy(update={"records": (record,)})
    assert ("", "chosen among 530100, 530200") in _facts(explain(trace, numbers(trace)[1]))


def test_a_rejection_says_why(trace: object) -> None:
    lines = explain(trace, numbers(trace)[0])
    assert lines[0] == "“第二批”  no record: ordinal"
    assert dict(_facts(lines))["reason"] == "ordinal  [ordinal.di]"


def test_a_number_of_the_source_only_comes_last_and_shows_the_source(trace: object) -> None:
    span = Span(start=0, end=0, raw_start=1, raw_end=4)
    reject = trace.result.rejects[0].model_copy(update={"span": span, "quote": "青禾镇", "sentence": ""})
    trace.result = trace.result.model_copy(update={"rejects": (reject,)})
    found = numbers(trace)
    assert [n.in_text for n in found] == [True, True, False]
    assert "⟨青禾镇⟩整改" in overview(trace)[2]
    assert dict(_facts(explain(trace, found[2])))["where"] == "source text 1–4 only, not in the clean text"


def test_a_candidate_that_validation_turned_down_is_shown(trace: object) -> None:
    span = trace.result.records[0].span
    reject = trace.result.rejects[0].model_copy(
        update={"span": span, "reason": "implausible", "rule": "check.x"}
    )
    trace.result = trace.result.model_copy(update={"records": (), "rejects": (reject,)})
    facts = dict(_facts(explain(trace, numbers(trace)[0])))
    assert facts["reason"] == "implausible  [check.x]"
    assert '"value": 15000' in facts["candidate"]
