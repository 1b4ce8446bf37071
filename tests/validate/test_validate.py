"""Validation: warnings by a table, stable ids, confidence, and a record or a rejection for every numeral."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.article import Article
from taizhang.pipeline import Pipeline, shipped_pipeline
from taizhang.read import read_file
from taizhang.records import Document, RectificationItem, Rejection
from taizhang.result import Result
from taizhang.stages import Trace
from taizhang.validate.checks import CHECKS

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parents[1] / "seeds").glob("*.txt"))
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "cases" / "checks.toml").read_text("utf-8"))["case"]
NUMERALS = re.compile(r"[0-9０-９]+(?:[.,][0-9]+)*|[〇零一二两三四五六七八九十百千万亿]+")
PIECES = [
    "太原市",
    "解决",
    "问题",
    "614个",
    "三项",
    "其中",
    "12.5万元",
    "，",
    "。",
    "\n",
    "第二批",
    "第",
    "5",
]
PIECES += [
    "2023年",
    "一",
    "百",
    "（",
    "）",
    "“",
    "”",
    "近",
    "多",
    "以上",
    "%",
    "每",
    "人",
    "至",
    "-",
    ":",
    "/",
    " ",
]
PIECES += ["增长", "１２", "壹", "半", "几", "两", "万", "亿", "点", "成", "分之"]
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@cache
def seed(path: Path) -> Trace:
    (article,) = read_file(path, shipped_pipeline().rules)
    assert isinstance(article, Article)
    return shipped_pipeline().run(article)


def extract(text: str) -> Result:
    return shipped_pipeline().extract(text)


def stem(path: Path) -> str:
    return path.stem


def accounted(clean: str, result: Result) -> list[str]:
    """The numerals of the clean text that do not lie inside exactly one record or rejection."""
    told: list[RectificationItem | Rejection] = [*result.records, *(r for r in result.rejects if r.span)]
    spans = [(r.span.start, r.span.end) for r in told if r.span]
    lost = []
    for numeral in NUMERALS.finditer(clean):
        start, end = numeral.span()
        holding = [s for s in spans if s[0] <= start and end <= s[1]]
        if len(holding) != 1:
            lost.append(f"{clean[max(0, start - 5) : end + 5]} at {start}: {holding}")
    return lost


def cases() -> list[Any]:
    """The table; a known failure as a strict xfail."""
    known = {c["proves"]: c["known_failure"] for c in CASES if "known_failure" in c}
    marks = {name: [pytest.mark.xfail(strict=True, reason=reason)] for name, reason in known.items()}
    return [pytest.param(c, id=c["proves"], marks=marks.get(c["proves"], [])) for c in CASES]


@pytest.mark.parametrize("case", cases())
def test_warnings(case: dict[str, Any]) -> None:
    records = extract(case["text"]).records
    about = set(case["about"])
    carried = [[r.quote, *sorted(about.intersection(r.checks))] for r in records]
    assert carried == [[quote, *sorted(warnings)] for quote, *warnings in case["warnings"]]
    for record in records:
        assert case["text"][record.span.start : record.span.end] == record.quote


@pytest.mark.parametrize("path", SEEDS, ids=stem)
def test_every_numeral_of_a_seed_is_in_one_record_or_rejection(path: Path) -> None:
    trace = seed(path)
    assert accounted(trace.cleaned.text, trace.result) == []


@given(texts)
def test_every_numeral_of_any_text_is_in_one_record_or_rejection(text: str) -> None:
    trace = shipped_pipeline().run(Article.of(text))
    assert accounted(trace.cleaned.text, trace.result) == []


@pytest.mark.parametrize("path", SEEDS, ids=stem)
def test_offsets_lead_to_the_quote_and_into_the_source(path: Path) -> None:
    trace = seed(path)
    clean, raw = trace.cleaned.text, trace.article.raw
    for record in trace.result.records:
        span = record.span
        assert clean[span.start : span.end] == record.quote
        assert record.quote in record.sentence and record.sentence in clean
        assert 0 <= span.raw_start < span.raw_end <= len(raw)
        assert re.findall(r"\d", record.quote) == re.findall(r"\d", raw[span.raw_start : span.raw_end])
    for reject in trace.result.rejects:
        assert reject.reason and reject.rule and reject.quote
        assert reject.span and raw[reject.span.raw_start : reject.span.raw_end]


@pytest.mark.parametrize("path", SEEDS, ids=stem)
def test_ids_are_unique_and_parts_lead_to_records(path: Path) -> None:
    records = seed(path).result.records
    ids = [record.id for record in records]
    assert len(set(ids)) == len(ids) > 0
    for record in records:
        assert record.part_of is None or record.part_of in set(ids) - {record.id}


def test_two_runs_are_equal_and_a_second_pipeline_gives_the_same() -> None:
    trace = seed(SEEDS[0])
    again = shipped_pipeline().run(trace.article).result
    other = Pipeline().run(trace.article).result
    assert trace.result == again == other
    assert trace.result.model_dump_json() == again.model_dump_json() == other.model_dump_json()


def test_an_id_stays_when_text_is_added_behind_and_changes_with_the_document() -> None:
    text = "太原市修复桥梁7座。"
    pipeline = shipped_pipeline()
    (first,) = pipeline.extract(text, id="a").records
    (longer, _) = pipeline.extract(text + "种树90棵。", id="a").records
    (other,) = pipeline.extract(text, id="b").records
    (dated,) = pipeline.extract(text, id="a", published="2024-06-01").records
    assert first.id == longer.id == dated.id != other.id


def test_equal_quotes_have_ids_of_their_own() -> None:
    first, second = extract("太原市修复桥梁7座。大同市修复桥梁7座。").records
    assert first.id != second.id


@given(texts)
def test_confidence_is_a_share_and_rules_name_every_field(text: str) -> None:
    for record in extract(text).records:
        assert 0 <= record.confidence <= 1
        filled = {"value", "unit", "bound", "kind", "metric", "phase"}
        filled |= {"place"} if record.place.code else set()
        filled |= {name for name in ("time", "part_of", "agency") if getattr(record, name)}
        assert [name for name in sorted(filled) if not record.rules.get(name)] == []


def test_warnings_lower_the_confidence() -> None:
    good, bare = extract("太原市修复桥梁7座。").records[0], extract("7座。").records[0]
    assert bare.checks and not good.checks
    assert bare.confidence < good.confidence


def test_records_and_rejections_are_in_the_order_of_the_text() -> None:
    result = extract("第一批：2023年太原市修复桥梁7座，第二批种树90棵。\n一线工人3名。")
    starts = [r.span.start for r in result.records]
    rejected = [r.span.start for r in result.rejects if r.span]
    assert starts == sorted(starts) and rejected == sorted(rejected) and len(rejected) >= 3


def test_the_warnings_have_a_fixed_order_and_a_meaning() -> None:
    (record,) = extract("2000亿个。").records
    assert {"no-metric", "no-place", "magnitude"} <= set(record.checks)
    assert record.checks == tuple(name for name in CHECKS if name in record.checks)
    assert [name for case in CASES for name in case["about"] if name not in CHECKS] == []


def test_every_rejection_carries_its_sentence() -> None:
    result = extract("太原市修复桥梁7座。第二批种树90棵。")
    (reject,) = result.rejects
    assert (reject.reason, reject.sentence) == ("ordinal", "第二批种树90棵。")
    assert reject.quote.startswith("第二")


def test_a_text_without_numbers_gives_nothing() -> None:
    assert extract("群众拍手叫好。") == Result(document=Document(id="text"), text="群众拍手叫好。")
