"""Arrow batches in and out: the records of the pipeline, row for row, and nothing of an article lost."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stub_pipeline import StubPipeline

from taizhang import Pipeline, UnreadableInput
from taizhang.align import Aligned, Edit
from taizhang.arrow import extract_batches, from_outcomes, schema
from taizhang.article import Article
from taizhang.records import Document
from taizhang.run.job import packed, unpacked
from taizhang.write.records_parquet import PARQUET

TEXTS = {"a": "太原市解决问题614个，第二批再办37件。", "b": "全市投入1.2亿元。", "c": "没有数字。"}


def _batch(**columns: object) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


@pytest.fixture(scope="module")
def batches() -> list[pa.RecordBatch]:
    one = _batch(id=["a", "b"], text=[TEXTS["a"], TEXTS["b"]], published=["2020-05-06", None])
    return [one, _batch(id=["c"], text=[TEXTS["c"]], published=["2020"])]


def test_the_records_are_those_of_the_pipeline_as_parquet_has_them(
    batches: list[pa.RecordBatch], tmp_path: Path
) -> None:
    writer = PARQUET.open(tmp_path / "records.parquet")
    for name, published in (("a", "2020-05-06"), ("b", None), ("c", "2020")):
        writer.write(Pipeline().extract(TEXTS[name], published=published, id=name))
    writer.commit()
    expected = pq.read_table(tmp_path / "records.parquet")
    got = pa.Table.from_batches(extract_batches(batches))
    assert got.schema.equals(schema()) and got.schema.equals(expected.schema)
    # A row's source is all of its fields, a line each: places in it, its digest, and ids made of that, are others.
    same = [name for name in got.column_names if "raw_" not in name and name not in {"id", "document_sha256"}]
    assert got.num_rows >= 3
    assert got.select(same).equals(expected.select(same))


def test_one_batch_out_for_each_batch_in(batches: list[pa.RecordBatch]) -> None:
    assert [batch.num_rows > 0 for batch in extract_batches(batches)] == [True, False]
    outcomes = list(extract_batches(batches, give="outcomes"))
    assert [batch.column("id").to_pylist() for batch in outcomes] == [["a", "b"], ["c"]]


@pytest.mark.parametrize("give", ["records", "rejects"])
def test_outcomes_hold_both_kinds(give: str, batches: list[pa.RecordBatch]) -> None:
    outcomes = extract_batches(batches, give="outcomes")
    split = list(from_outcomes(outcomes, give))
    assert split == list(extract_batches(batches, give=give))
    assert sum(batch.num_rows for batch in split) > 0


def test_a_table_is_as_good_as_a_batch(batches: list[pa.RecordBatch]) -> None:
    table = pa.Table.from_batches(batches)
    assert pa.Table.from_batches(extract_batches([table])) == pa.Table.from_batches(extract_batches(batches))


def test_a_row_that_is_no_article_is_a_reject_with_its_reason() -> None:
    batch = _batch(编号=["a", None, "c", "d"], 正文=["共3户。", "共4户。", " ", None])
    (rejects,) = extract_batches([batch], give="rejects")
    found = {row["document_id"]: row["reason"] for row in rejects.to_pylist() if row["scope"] == "article"}
    assert found == {"batch-000002": "no-id", "c": "empty", "d": "no-text"}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"id": ["a"], "body_zh": ["共3户。"]}, "no-text: expected a text column, got 'id', 'body_zh'"),
        ({"text": ["共3户。"]}, "no-id: expected an id column, got 'text'"),
    ],
)
def test_columns_that_are_missing_are_named(columns: dict[str, list[str]], expected: str) -> None:
    with pytest.raises(UnreadableInput, match=expected):
        next(extract_batches([_batch(**columns)]))
    if "id" in columns:
        (records,) = extract_batches([_batch(**columns)], fields={"text": "body_zh"})
        assert records.column("quote").to_pylist() == ["3户"]


def test_rules_and_threshold_come_with_the_pipeline(batches: list[pa.RecordBatch]) -> None:
    none = extract_batches(batches, partial(Pipeline, (), 1.0))
    assert sum(batch.num_rows for batch in none) == 0


def test_an_article_that_takes_too_long_is_a_reject_and_the_others_go_on() -> None:
    articles = [Article.of(text, Document(id=text)) for text in ("one", "hangs", "two")]
    batch = _batch(taizhang_article=[packed(article) for article in articles])
    (rejects,) = extract_batches([batch], StubPipeline, give="rejects", timeout=1.5)
    rows = [(row["document_id"], row["reason"], row["detail"]) for row in rejects.to_pylist()]
    late = "expected an outcome within 1.5 s, got none"
    assert rows == [("one", "ordinal", ""), ("hangs", "timeout", late), ("two", "ordinal", "")]


def test_apart_an_article_that_kills_costs_itself_alone() -> None:
    articles = [Article.of(text, Document(id=text)) for text in ("one", "dies", "two")]
    batch = _batch(taizhang_article=[packed(article) for article in articles])
    (rejects,) = extract_batches([batch], StubPipeline, give="rejects", apart=True)
    assert [row["reason"] for row in rejects.to_pylist()] == ["ordinal", "worker-died", "ordinal"]


@given(st.text(max_size=20), st.text(max_size=5), st.text(max_size=5))
def test_an_article_packed_is_the_same_article(text: str, title: str, new: str) -> None:
    r"""Also half of a surrogate pair, which no Arrow text can hold."""
    aligned = Aligned.whole(text + "\ud83d").edit([Edit(0, 1, new, "fix")])
    article = Article(Document(id=text, title=title or None), aligned, text + "\ud83d", len(new))
    assert unpacked(packed(article)) == article
