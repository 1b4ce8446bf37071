"""The stages: their order, what each hands on, and the trace that keeps it."""

from __future__ import annotations

from taizhang.article import Article, Cleaned
from taizhang.extract.candidates import Extraction
from taizhang.pipeline import shipped_pipeline
from taizhang.result import Result
from taizhang.segment.stage import Segmented
from taizhang.stages import STAGES, run_stages

ARTICLE = Article.of("昆明市第二批修复桥梁７ 座,惠及群众1.2万人。")


def test_the_stages_in_order() -> None:
    assert [stage.__name__ for stage in STAGES] == ["clean", "segment", "extract", "validate"]


def test_the_trace_keeps_what_each_stage_gave() -> None:
    trace = run_stages(ARTICLE, shipped_pipeline().rules)
    assert list(trace.given) == list(trace.timings) == [stage.__name__ for stage in STAGES]
    assert [type(made) for made in trace.given.values()] == [Cleaned, Segmented, Extraction, Result]
    assert trace.cleaned.text == trace.doc.text == trace.extraction.layout.text
    assert all(seconds >= 0 for seconds in trace.timings.values())


def test_nothing_is_lost_between_the_stages() -> None:
    trace = run_stages(ARTICLE, shipped_pipeline().rules)
    assert [c.quantity.quote for c in trace.extraction.candidates] == [r.quote for r in trace.result.records]
    assert len(trace.extraction.exclusions) == len(trace.result.rejects) == 1


def test_a_quote_leads_back_to_the_source_as_it_came() -> None:
    trace = run_stages(ARTICLE, shipped_pipeline().rules)
    first = trace.result.records[0]
    assert trace.cleaned.text[first.span.start : first.span.end] == first.quote == "7座"
    assert ARTICLE.raw[first.span.raw_start : first.span.raw_end] == "７ 座"


def test_each_stage_can_be_run_alone() -> None:
    rules = shipped_pipeline().rules
    value: object = ARTICLE
    for stage in STAGES:
        value = stage(value, rules)
    assert value == run_stages(ARTICLE, rules).result
