"""Records as spaCy documents: read back as they were and the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin
from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.result import Result
from taizhang.run.folder import RunFolder

MakeRun = Callable[..., RunFolder]
NLP = spacy.blank("zh")


def _docs(run: Path, out: Path) -> list[Doc]:
    done = CliRunner().invoke(app, ["export", str(run), "--to", "docbin", "--out", str(out)])
    assert done.exit_code == 0, done.output
    return list(DocBin().from_disk(out / "docs.spacy").get_docs(NLP.vocab))


@pytest.fixture(scope="module")
def seeds(seed_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("docbin")
    assert len(_docs(seed_ledger, out)) == 5
    return out / "docs.spacy"


def test_the_records_are_spans_of_the_clean_text(seed_ledger: Path, seeds: Path) -> None:
    run = RunFolder.open(seed_ledger)
    docs = list(DocBin().from_disk(seeds).get_docs(NLP.vocab))
    assert [doc.text for doc in docs] == [clean.text for clean in run.texts()]
    records = list(run.records())
    spans = [
        (s.start_char, s.end_char, s.text, s.label_, s.id_, s.kb_id_)
        for d in docs
        for s in d.spans["taizhang"]
    ]
    assert spans == [(r.span.start, r.span.end, r.quote, r.phase, r.id, r.place.code) for r in records]
    assert [r for doc in docs for r in doc._.taizhang.records] == records


def test_the_same_bytes_each_time(seed_ledger: Path, seeds: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "taizhang.cli", "export", str(seed_ledger), "--to", "docbin"]
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([*command, "--out", str(tmp_path)], check=True, capture_output=True, env=environment)
    assert (tmp_path / "docs.spacy").read_bytes() == seeds.read_bytes()


@given(st.text(st.sampled_from("3处整改𠮷😀 \t\n\r\u3000\u2028a"), max_size=20))
def test_any_text_is_kept_and_any_character_can_bound_a_span(text: str) -> None:
    doc = NLP.make_doc(text)
    assert doc.text == text
    for start, character in enumerate(text):
        if not character.isspace():
            assert doc.char_span(start, start + 1) is not None


def test_a_record_that_stands_elsewhere_is_told(make_run: MakeRun, result: Result, tmp_path: Path) -> None:
    run = make_run(result.model_copy(update={"text": "另一篇"}))
    done = CliRunner().invoke(
        app, ["export", str(run.path), "--to", "docbin", "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 2 and "record id-17: expected '1.5万处' at 17, got ''" in done.output
    assert not (tmp_path / "out" / "docs.spacy").exists()
