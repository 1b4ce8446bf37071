"""The spaCy component: found by its entry point, the same records as ``taizhang.extract``, saved and read back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin

import taizhang

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
TEXT = " 太原市去年修复桥梁7座，\n\n其中石拱桥３座。"


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("zh")
    made.add_pipe("taizhang")
    return made


def test_the_entry_point_is_enough() -> None:
    lines = [
        "import spacy",
        "nlp = spacy.blank('zh')",
        "nlp.add_pipe('taizhang')",
        "doc = nlp('太原市修桥7座。')",
    ]
    code = "\n".join([*lines, "print(doc.spans['taizhang'][0].text)"])
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "7座" in done.stdout


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_the_records_are_those_of_extract(nlp: Language, path: Path) -> None:
    text = path.read_text("utf-8")
    doc = nlp(text)
    result = taizhang.extract(text)
    assert result.records
    assert doc._.taizhang == result
    assert [
        (span.start_char, span.end_char, span.label_, span.id_, span.kb_id_) for span in doc.spans["taizhang"]
    ] == [(r.span.raw_start, r.span.raw_end, r.phase, r.id, r.place.code) for r in result.records]


def test_spans_stand_in_the_text_as_it_came(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["taizhang"]] == ["7座", "３座"]


def test_a_date_settles_relative_times(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.published = "2024-06-01"
    dated, undated = nlp(doc)._.taizhang, nlp(TEXT)._.taizhang
    assert (dated.records[0].time, undated.records[0].time) == ("2023", None)
    assert dated == taizhang.extract(TEXT, published="2024-06-01")


def test_tokens_that_are_longer_than_the_number_are_taken_whole() -> None:
    english = spacy.blank("en")  # cuts at spaces only
    english.add_pipe("taizhang")
    doc = english("太原市 修复桥梁7座 。")
    (span,) = doc.spans["taizhang"]
    assert span.text == "修复桥梁7座"


def test_a_doc_is_saved_with_its_records(nlp: Language) -> None:
    saved = DocBin(docs=list(nlp.pipe([TEXT, "无数字。"])), store_user_data=True).to_bytes()
    first, second = DocBin().from_bytes(saved).get_docs(nlp.vocab)
    assert [span.text for span in first.spans["taizhang"]] == ["7座", "３座"]
    assert first._.taizhang == taizhang.extract(TEXT)
    assert second._.taizhang.records == ()


def test_a_pipeline_is_saved_and_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    doc = spacy.load(tmp_path / "model")(TEXT)
    assert doc._.taizhang == taizhang.extract(TEXT)


def test_the_confidence_can_be_asked_for() -> None:
    strict = spacy.blank("zh")
    strict.add_pipe("taizhang", config={"min_confidence": 1.0})
    result = strict(TEXT)._.taizhang
    assert result.records == ()
    assert {reject.reason for reject in result.rejects} == {"low-confidence"}
