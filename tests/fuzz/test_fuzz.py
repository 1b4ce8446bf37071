"""What must hold of any article, whole or broken, and the texts and bytes that once broke it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from properties import article, faults_of, run
from whole_articles import articles, broken

from taizhang.pipeline import shipped_pipeline
from taizhang.run.outcome import Outcome, outcome

CORPUS = Path(__file__).parent / "corpus"


@settings(max_examples=150)
@given(articles)
def test_whole_articles(text: str) -> None:
    run(text, shipped_pipeline())


@settings(max_examples=250)
@given(broken())
def test_broken_articles(text: str) -> None:
    run(text, shipped_pipeline())


@settings(max_examples=60)
@given(broken())
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    pipeline = shipped_pipeline()
    one, two = (outcome(article(text), pipeline) for _ in range(2))
    assert one.failed is None
    assert json.dumps(one.result.model_dump(mode="json")) == json.dumps(two.result.model_dump(mode="json"))
    assert Outcome.from_line(one.to_line()) == one


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_characters(text: str) -> None:
    run(text, shipped_pipeline())


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.json")), ids=lambda path: path.stem)
def test_a_text_that_once_broke_it(path: Path) -> None:
    run(json.loads(path.read_bytes())["text"], shipped_pipeline())


def test_the_properties_see_a_number_that_is_lost() -> None:
    trace = run("太原市解决问题614个。", shipped_pipeline())
    trace.given["validate"] = trace.result.model_copy(update={"records": ()})
    assert [fault.partition(":")[0] for fault in faults_of(trace)] == ["numerals"]


def test_the_properties_see_a_wrong_span_and_a_wrong_value() -> None:
    trace = run("太原市解决问题614个。", shipped_pipeline())
    (record,) = trace.result.records
    moved = record.span.model_copy(update={"start": record.span.start - 1, "end": record.span.end - 1})
    for change, fault in (({"span": moved}, "span"), ({"value": record.value + 1}, "value")):
        trace.given["validate"] = trace.result.model_copy(
            update={"records": (record.model_copy(update=change),)}
        )
        assert fault in {told.partition(":")[0] for told in faults_of(trace)}
