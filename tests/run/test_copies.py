"""Copies: the same text under another name, exactly or nearly, is told; what it adds, and other texts, are not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.article import Article
from taizhang.pipeline import shipped_pipeline
from taizhang.records import Document
from taizhang.run import write_ledger
from taizhang.run.copies import LEAST, Copies
from taizhang.run.job import Job
from taizhang.run.ledger import _after_originals
from taizhang.write.records_jsonl import JSONL

TEXT = (
    "太原市在七月排查隐患12处，八月又排查隐患40处，到月底整改隐患50处，没有一处拖延，也没有一处反弹。"
    "各县区召开会议18次，组建工作组30个，走访群众4000人次，群众反映的问题基本得到解决。"
)
OTHER = TEXT.replace("隐患", "线索").replace("会议", "例会").replace("群众", "住户").replace("太原", "昆明")


def run(folder: Path, texts: Sequence[str], **how: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The records of a run over the texts, and its manifest."""
    given_ = [Article.of(text, Document(id=f"{n}", published="2021-09-01")) for n, text in enumerate(texts)]
    write_ledger(given_, shipped_pipeline(), folder, (JSONL,), **how)
    records = [json.loads(line) for line in (folder / "records.jsonl").read_text("utf-8").splitlines()]
    return records, json.loads((folder / "manifest.json").read_text("utf-8"))


def repeated(records: list[dict[str, Any]], document: str) -> dict[str, str | None]:
    """For each quote of a document the quote of the earlier record that it repeats."""
    quotes = {record["id"]: record["quote"] for record in records}
    return {r["quote"]: quotes.get(r["duplicate_of"]) for r in records if r["document"]["id"] == document}


def test_an_exact_copy_repeats_every_record(tmp_path: Path) -> None:
    records, manifest = run(tmp_path, [TEXT, TEXT])
    assert set(repeated(records, "0").values()) == {None}
    assert all(quote == earlier for quote, earlier in repeated(records, "1").items())
    assert manifest["counts"]["copies"] == {"articles": 1, "records": 6}


def test_a_near_copy_repeats_what_it_has_in_common_and_not_what_it_adds(tmp_path: Path) -> None:
    records, _ = run(tmp_path, [TEXT, f"（记者某某）{TEXT}另外，新建路灯70盏。"])
    told = repeated(records, "1")
    assert told.pop("70盏") is None
    assert len(told) == 6
    assert all(quote == earlier for quote, earlier in told.items())


def test_another_number_in_the_same_words_is_no_repetition(tmp_path: Path) -> None:
    records, _ = run(tmp_path, [TEXT, TEXT.replace("12处", "13处")])
    assert repeated(records, "1")["13处"] is None


@pytest.mark.parametrize(
    "texts", [[TEXT, OTHER], [TEXT[: LEAST // 2], TEXT[: LEAST // 2]]], ids=["other", "short"]
)
def test_no_copy(tmp_path: Path, texts: list[str]) -> None:
    records, _ = run(tmp_path, texts)
    assert {record["duplicate_of"] for record in records} == {None}


def test_a_third_copy_points_at_the_first(tmp_path: Path) -> None:
    records, _ = run(tmp_path, [TEXT, TEXT + "（完）", TEXT + "（完）"])
    first = {record["id"] for record in records if record["document"]["id"] == "0"}
    assert {record["duplicate_of"] for record in records if record["document"]["id"] == "2"} == first


def test_copies_are_kept_where_asked_for(tmp_path: Path) -> None:
    records, manifest = run(tmp_path, [TEXT, TEXT], keep_copies=True)
    assert {record["duplicate_of"] for record in records} == {None}
    assert manifest["counts"]["copies"] == {"articles": 0, "records": 0}


def test_a_copy_that_is_done_first_waits_for_its_original() -> None:
    with Copies() as copies:
        jobs = [Job(Article.of(TEXT), number, copy_of=copies.original(number, TEXT)) for number in (1, 2, 3)]
        result = shipped_pipeline().extract(TEXT)
        passed = []
        for job in _after_originals(iter(reversed(jobs)), copies):
            copies.told(job.number, result, job.copy_of)
            passed.append(job.number)
    assert passed == [1, 3, 2]


@given(st.lists(st.sampled_from([TEXT, OTHER, TEXT + "（完）", OTHER[:60]]), max_size=6))
@settings(max_examples=20, deadline=None)
def test_what_an_article_is_a_copy_of_came_before_it_and_is_no_copy(texts: list[str]) -> None:
    with Copies() as copies:
        originals = {number: copies.original(number, text) for number, text in enumerate(texts)}
    for number, original in originals.items():
        assert original is None or (original < number and originals[original] is None)
